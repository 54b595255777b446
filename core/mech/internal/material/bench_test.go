package material

import "testing"

// benchRecipes are the pairs and secrets that the tools make most.
var benchRecipes = []struct {
	name   string
	recipe Recipe
	sign   int // mechanism; -1: no signing key
}{
	{"AES-256", SecretKey{31, 32}, -1},
	{"P-256", EC{onCurve(2)}, 17},
	{"P-384", EC{onCurve(14)}, 18},
	{"secp256k1", EC{onCurve(16)}, 17},
	{"DSA-2048", DSA{2048}, -1},
	{"RSA-2048", RSA{2048, 65537}, 1},
	{"RSA-2048-e65541", RSA{2048, 65541}, -1},
}

func BenchmarkMake(b *testing.B) {
	for _, row := range benchRecipes {
		b.Run(row.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := row.recipe.Make(b.Context(), Source{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSign(b *testing.B) {
	message := make([]byte, 1024)
	for _, row := range benchRecipes {
		if row.sign < 0 {
			continue
		}
		_, private := makePair(b, row.recipe)
		b.Run(row.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Sign(private, signBy(row.sign), message); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
