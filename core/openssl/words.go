package openssl

import (
	"slices"
	"strings"
	"unicode"

	"hsmplay/core/command"
	"hsmplay/core/mech"
)

// says are other words for commands, and for options that are put in another way.
var says = []command.Saying{
	{Said: "digest", Line: "dgst"}, {Said: "hash", Line: "dgst"}, {Said: "checksum", Line: "dgst"}, {Said: "sign", Line: "dgst"},
	{Said: "sha1sum", Line: "sha1"}, {Said: "sha256sum", Line: "sha256"}, {Said: "sha384sum", Line: "sha384"}, {Said: "sha512sum", Line: "sha512"}, {Said: "md5sum", Line: "md5"},
	{Said: "random", Line: "rand"}, {Said: "encrypt", Line: "enc"}, {Said: "genrsakey", Line: "genrsa"},
	{Said: "genpkey -bits *", Line: "genpkey … -pkeyopt rsa_keygen_bits:*"}, {Said: "genpkey -size *", Line: "genpkey … -pkeyopt rsa_keygen_bits:*"},
	{Said: "genpkey -curve *", Line: "genpkey … -pkeyopt ec_paramgen_curve:*"}, {Said: "genpkey -name *", Line: "genpkey … -pkeyopt ec_paramgen_curve:*"},
}

// called are other words for options and values: those of other subcommands, and long forms.
var called = []command.Calling{
	{Option: "-in", Words: "input infile inputfile input-file file i f"},
	{Option: "-out", Words: "output outfile outputfile output-file o"},
	{Option: "-inform", Words: "informat input-format"},
	{Option: "-outform", Words: "format form outformat output-format"},
	{Option: "-pubout", Words: "public pub publickey public-key pubkey"},
	{Option: "-noout", Words: "no-out noprint"},
	{Option: "-text", Words: "print show txt"},
	{Option: "-nodes", Words: "no-des nopass no-pass"},
	{Option: "-days", Words: "day validity valid expires"},
	{Option: "-inkey", Words: "key privkey private-key"},
	{Option: "-sigfile", Words: "signature sig signature-file"},
	{Option: "-digest", Words: "md hash digest-algorithm"},
	{Option: "-peerkey", Words: "peer peer-key"},
	{Option: "-signature", Words: "sig sigfile signature-file"},
	{Option: "-CAfile", Words: "ca cacert ca-file"},
	{Option: "-algorithm", Words: "alg algo type"},
	{Option: "-name", Words: "curve curve-name"},
	{Option: "-genkey", Words: "gen generate generate-key gen-key"},
	{Option: "-topk8", Words: "to-pk8 pkcs8 to-pkcs8"},
	{Option: "numbits", Words: "bits size b keysize key-size"},
	{Option: "num", Words: "bytes length len size n num"},
	{Command: "dgst", Option: "file", Words: "in infile input file"},
	{Command: "dgst", Option: "-sign", Words: "key inkey signkey privkey"},
	{Command: "req", Option: "-key", Words: "inkey signkey privkey"},
	{Command: "x509", Option: "-signkey", Words: "inkey privkey"},
	{Command: "x509", Option: "-req", Words: "csr request"},
	{Command: "dgst", Option: anyFlag, Words: "hash md digest alg algorithm"},
	{Command: "req", Option: anyFlag, Words: "hash md digest"},
	{Command: "x509", Option: anyFlag, Words: "hash md digest"},
	{Command: "enc", Option: anyFlag, Words: "cipher alg algorithm"},
	{Command: "enc", Option: anyFlag, Value: "aes-128-cbc", Words: "aes128"},
	{Command: "enc", Option: anyFlag, Value: "aes-192-cbc", Words: "aes192"},
	{Command: "enc", Option: anyFlag, Value: "aes-256-cbc", Words: "aes256 aes"},
	{Command: "enc", Option: "-d", Words: "decrypt dec"},
	{Command: "enc", Option: "-e", Words: "encrypt enc"},
}

// families are what stands before the number of a curve that the playground may have: not brainpool.
var families = []string{"", "p", "k", "ec", "ecp", "ecdsap", "secp", "nist", "nistp", "prime"}

// curveMeant is the curve that a name nearly is, by the number of its bits: p384, nistp384 and
// secp384 are secp384r1, and 256k1 is secp256k1; "" for none.
func curveMeant(name string) string {
	bare := strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(name))
	notDigit := func(r rune) bool { return !unicode.IsDigit(r) }
	bits := strings.TrimLeftFunc(bare, notDigit)
	family := strings.TrimSuffix(bare, bits)
	if end := strings.IndexFunc(bits, notDigit); end >= 0 {
		bits = bits[:end]
	}
	nick := "P-" + bits
	if family == "k" || strings.HasSuffix(bare, "k1") {
		nick = "secp" + bits + "k1"
	}
	for _, curve := range mech.Curves {
		if curve.Computed() && slices.Contains(families, family) && (curve.Nick == nick || curve.Name == nick) {
			return curve.Name
		}
	}
	if near := command.Nearest(name, curveNames()); len(near.Names) == 1 {
		return near.Names[0]
	}
	return ""
}
