package sim

import (
	"fmt"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
)

// The lines of the arcs key, break, sign and wrap; quorum's are in arc_quorum.go.

func (g *guide) attributesLine() string {
	k := g.pair()
	if k == nil {
		return ""
	}
	return fmt.Sprintf("getAttribute -o %d -a 512 -out attr_%d", k.Handle, k.Handle)
}

func (g *guide) readLine() string {
	file := g.option("getAttribute", "-out")
	if _, ok := g.read(file); !ok {
		return ""
	}
	return "cat " + file
}

// refusedLine asks for a curve that policy forbids, or in non-FIPS mode for one that is not built.
func (g *guide) refusedLine() string {
	if g.here().Policy.FIPS {
		return "genECCKeyPair -i 1 -l ecc1"
	}
	return "genECCKeyPair -i 3 -l ecc3"
}

// stopLine stops the last HSM, if others go on.
func (g *guide) stopLine() string {
	up := 0
	for _, n := range g.w.cluster.Nodes {
		if n.Up && !n.Isolated {
			up++
		}
	}
	if up < 2 || g.broken() {
		return ""
	}
	return g.w.stopLine()
}

func (g *guide) startLine() string {
	if !g.broken() {
		return ""
	}
	return g.w.startLine()
}

func (g *guide) lookLine() string {
	k := g.newest(g.me(), func(*hsm.Key) bool { return true })
	if k == nil {
		return ""
	}
	return fmt.Sprintf("findSingleKey -k %d", k.Handle)
}

// signing are the number of the tool's mechanism and openssl's digest for a key.
func signing(k *hsm.Key) (mechanism int, digest string) {
	switch c := k.Material.Curve(); {
	case k.Material.Type == attr.RSA:
		return 1, "-sha256"
	case c != nil && c.Nick == "P-384":
		return 18, "-sha384"
	}
	return 17, "-sha256"
}

func (g *guide) signLine() string {
	k := g.pair()
	if _, ok := g.read("report.txt"); !ok || k == nil {
		return ""
	}
	mechanism, _ := signing(k)
	return fmt.Sprintf("sign -f report.txt -k %d -m %d -out report.sig", k.Handle, mechanism)
}

// signed are what the last signature was made of: the file, the signature, the private key and its
// public half; false where one is gone.
func (g *guide) signed() (file, signature string, private, public *hsm.Key, ok bool) {
	file, signature = g.option("sign", "-f"), g.option("sign", "-out")
	_, here := g.read(file)
	_, there := g.read(signature)
	if private = g.key(g.option("sign", "-k")); private == nil || !here || !there {
		return "", "", nil, nil, false
	}
	public = g.public(private)
	return file, signature, private, public, public != nil
}

func (g *guide) verifyLine() string {
	file, signature, _, public, ok := g.signed()
	if !ok {
		return ""
	}
	return fmt.Sprintf("verify -f %s -s %s -k %d -m %s", file, signature, public.Handle, g.option("sign", "-m"))
}

func (g *guide) exportLine() string {
	_, _, _, public, ok := g.signed()
	if !ok {
		return ""
	}
	return fmt.Sprintf("exportPubKey -k %d -out pub_%d.pem", public.Handle, public.Handle)
}

func (g *guide) opensslLine() string {
	file, signature, private, _, ok := g.signed()
	public := g.option("exportPubKey", "-out")
	if _, there := g.read(public); !there || !ok {
		return ""
	}
	_, digest := signing(private)
	return fmt.Sprintf("openssl dgst %s -verify %s -signature %s %s", digest, public, signature, file)
}

// wrapper is one's newest AES key of 32 bytes that wraps and unwraps.
func (g *guide) wrapper() *hsm.Key {
	return g.newest(g.me(), func(k *hsm.Key) bool {
		return k.Material.Type == attr.AES && k.Material.ValueLen == 32 && k.MValue == 0 && k.Has(attr.FlagWrap|attr.FlagUnwrap)
	})
}

func (g *guide) hasWrapper() bool { return g.wrapper() != nil }

// secret is one's newest secret key beside the wrapper that may leave wrapped.
func (g *guide) secret() *hsm.Key {
	wrapper := g.wrapper()
	return g.newest(g.me(), func(k *hsm.Key) bool {
		return k.Material.Class == attr.Secret && k != wrapper && k.MValue == 0 && k.Has(attr.FlagExtractable)
	})
}

func (g *guide) hasSecret() bool { return g.hasWrapper() && g.secret() != nil }

func (g *guide) wrapLine() string {
	w, k := g.wrapper(), g.secret()
	if w == nil || k == nil {
		return ""
	}
	return fmt.Sprintf("wrapKey -k %d -w %d -m 4 -out wrapped_%d", k.Handle, w.Handle, k.Handle)
}

func (g *guide) unwrapLine() string {
	file, w := g.option("wrapKey", "-out"), g.option("wrapKey", "-w")
	if _, there := g.read(file); !there || g.key(w) == nil {
		return ""
	}
	return fmt.Sprintf("unWrapKey -f %s -w %s -m %s", file, w, g.option("wrapKey", "-m"))
}

// compareLine finds the keys with the check value of the one that was wrapped: it and its copy.
func (g *guide) compareLine() string {
	k := g.key(g.option("wrapKey", "-k"))
	if k == nil {
		return ""
	}
	return fmt.Sprintf("findKey -kcv %x", k.Material.KCV)
}
