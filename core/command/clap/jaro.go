package clap

import "slices"

// alike is the similarity above which a name may have been meant (spec/cloudhsm-cli.md 1.5).
const alike = 0.7

// compared is the length in runes up to which words are compared.
const compared = 256

// near returns the names that a word may have meant, the most similar last, as clap lists them.
func near(word string, names []string) []string {
	type row struct {
		name string
		how  float64
	}
	var rows []row
	for _, name := range names {
		if how := jaro([]rune(word), []rune(name)); how > alike {
			rows = append(rows, row{name, how})
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		switch {
		case a.how < b.how:
			return -1
		case a.how > b.how:
			return 1
		}
		return 0
	})
	var found []string
	for _, r := range rows {
		found = append(found, r.name)
	}
	return found
}

// best returns the name that a word has most likely meant, nil for none.
func best(word string, names []string) []string {
	found := near(word, names)
	if len(found) == 0 {
		return nil
	}
	return found[len(found)-1:]
}

// jaro is the Jaro similarity of two words: the share of characters that they have in common within
// half the longer word's length, less half of those that stand in another order.
func jaro(a, b []rune) float64 {
	if len(a) == 0 || len(b) == 0 || max(len(a), len(b)) > compared {
		return 0
	}
	window := max(0, max(len(a), len(b))/2-1)
	usedB := make([]bool, len(b))
	var common []rune
	for i, r := range a {
		for j := max(0, i-window); j < min(len(b), i+window+1); j++ {
			if !usedB[j] && b[j] == r {
				usedB[j] = true
				common = append(common, r)
				break
			}
		}
	}
	if len(common) == 0 {
		return 0
	}
	moved, at := 0, 0
	for j, r := range b {
		if usedB[j] {
			if common[at] != r {
				moved++
			}
			at++
		}
	}
	m := float64(len(common))
	return (m/float64(len(a)) + m/float64(len(b)) + (m-float64(moved/2))/m) / 3
}
