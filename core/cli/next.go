package cli

import (
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// lastSigned is what was signed last, so that it can be verified.
type lastSigned struct {
	Handle    uint32 // of the private key
	Data      string // in base64
	Signature string
}

// The first minute in this tool, line by line (Next on the page).
const (
	firstPair = "key generate-asymmetric-pair ec --public-label signer-pub --private-label signer --curve secp384r1 " +
		"--public-attributes verify=true --private-attributes sign=true"
	firstData = "aGVsbG8="
	// FirstFile is the public key that it writes last, for openssl.
	FirstFile = "signer-pub.pem"
)

// Next proposes lines, the best first: log in, make a pair, sign, verify, write the public key
// to a file, and leave with it.
func (t *Tool) Next() (lines []string) {
	l := t.front()
	if l == nil {
		return nil
	}
	for _, line := range t.onward(l) {
		if line != quit.Name {
			line = t.within(l, line)
		}
		lines = append(lines, line)
	}
	return lines
}

// onward are the next lines in a cluster, without its id.
func (t *Tool) onward(l *link) (lines []string) {
	switch {
	case l.client.Login == nil:
		if line := loginLine(l, hsm.CU); line != "" {
			lines = append(lines, line)
		}
		return append(lines, "user list", "quit")
	case l.client.Login.Type != hsm.CU:
		return []string{"user list", "quorum token-sign list-quorum-values", "logout"}
	}
	if line := t.signingLine(l); line != "" {
		lines = append(lines, line)
	} else if t.verified {
		lines = append(lines, "quit")
	}
	return append(lines, "key list", "quit")
}

// loginLine logs in a user of a type whose toy password is still valid, "" where there is none.
func loginLine(l *link, kind hsm.UserType) string {
	u, password := l.client.Seeded(kind)
	if u == nil || password == "" {
		return ""
	}
	return "login --username " + strings.ToLower(u.Name) + " --role " + kind.Role() + " --password " + password
}

// signingLine is the next line on the way to a signature that was verified, "" behind it.
func (t *Tool) signingLine(l *link) string {
	signer := t.newest(l, attr.PrivateKey, attr.FlagSign, nil)
	switch {
	case signer == nil:
		return firstPair
	case t.verified:
		return t.exportLine(l)
	case t.signed == nil:
		return "crypto sign ecdsa --key-filter key-reference=" + reference(signer.Handle) + " --hash-function sha384 --data " + firstData
	}
	key := t.newest(l, attr.PrivateKey, attr.FlagSign, func(k *hsm.Key) bool { return k.Handle == t.signed.Handle })
	if key == nil {
		return ""
	}
	public := t.newest(l, attr.Public, attr.FlagVerify, func(k *hsm.Key) bool { return string(k.Material.KCV) == string(key.Material.KCV) })
	if public == nil {
		return ""
	}
	return "crypto verify ecdsa --key-filter key-reference=" + reference(public.Handle) + " --hash-function sha384 --data " + t.signed.Data +
		" --signature " + t.signed.Signature
}

// exportLine writes the public key that has verified to a file, "" where it is there; then it is time
// to leave.
func (t *Tool) exportLine(l *link) string {
	public := t.newest(l, attr.Public, attr.FlagVerify, nil)
	if public == nil {
		return ""
	}
	if _, err := t.host.ReadFile(FirstFile); err == nil {
		return ""
	}
	return "key generate-file --encoding pem --path " + FirstFile + " --filter key-reference=" + reference(public.Handle)
}

// newest is the newest EC key of a class that may do something and fits, of the user's own without
// approvals.
func (t *Tool) newest(l *link, class attr.Class, may attr.Flags, fits func(*hsm.Key) bool) (found *hsm.Key) {
	for _, k := range t.visible() {
		m := k.Material
		if m.Class == class && m.Type == attr.EC && k.Has(may) && k.MValue == 0 && k.Owner == l.client.Login.ID && (fits == nil || fits(k)) {
			found = k
		}
	}
	return found
}

// remember keeps what was signed on the line by the scheme that is proposed.
func (t *Tool) remember(args command.Args, s mech.Scheme, k *hsm.Key, signature []byte) {
	if s == mech.ECDSA && args.Text("--hash-function") == "sha384" && args.Has("--data") && !args.Has("--data-type") {
		t.signed = &lastSigned{k.Handle, args.Text("--data"), encoded(signature)}
	}
}
