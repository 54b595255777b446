package sim

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"path"
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/kmu"
	"hsmplay/core/mech"
	"hsmplay/core/shell"
)

// approver returns one of the two crypto users of the arc: those whose toy passwords are valid, the
// documentation's first; nil where there are fewer.
func approver(n int) func(*guide) *hsm.User {
	return func(g *guide) *hsm.User {
		if users := g.seeded(); len(users) >= 2 {
			return users[n]
		}
		return nil
	}
}

// kit is a line about what one of the two needs to approve, "" where there is nobody.
func kit(n int, line func(*hsm.User) string) func(*guide) string {
	return func(g *guide) string {
		u := approver(n)(g)
		if u == nil {
			return ""
		}
		return line(u)
	}
}

// The lines that make and register a key for approvals (spec/cmu.md 3.20).

func keyLine(u *hsm.User) string { return fmt.Sprintf("openssl genrsa -out %s.key 2048", u.Name) }

func publicLine(u *hsm.User) string {
	return fmt.Sprintf("openssl rsa -in %[1]s.key -outform PEM -pubout -out %[1]s.pub", u.Name)
}

func textLine(u *hsm.User) string { return fmt.Sprintf("echo 'register %[1]s' > %[1]s.reg", u.Name) }

func proofLine(u *hsm.User) string {
	return fmt.Sprintf("openssl dgst -sha256 -sign %[1]s.key -out %[1]s.reg.sig %[1]s.reg", u.Name)
}

func registerLine(u *hsm.User) string {
	return fmt.Sprintf("registerQuorumPubKey %[2]s %[1]s %[1]s.reg %[1]s.reg.sig %[1]s.pub", u.Name, u.Type)
}

// kitHas reports whether a file of the kit is there, or not needed any more.
func kitHas(n int, end string) func(*guide) bool {
	return func(g *guide) bool {
		u := approver(n)(g)
		return u != nil && (exists(u.Name+end)(g) || ready(n)(g))
	}
}

// ready reports whether one of the two can approve.
func ready(n int) func(*guide) bool {
	return func(g *guide) bool { return g.keyFile(approver(n)(g)) != "" }
}

// keyFile is the file with the private key that a user has registered the public half of, as it is
// named in a new tab; "" for none.
func (g *guide) keyFile(u *hsm.User) string {
	if u == nil || u.Quorum == nil {
		return ""
	}
	public, err := mech.ParsePublic(u.Quorum)
	if err != nil {
		return ""
	}
	of := func(data []byte) bool { return holds(data, public.Modulus) }
	if names := g.files(shell.Home, of); len(names) > 0 {
		return names[0]
	}
	if names := g.files(g.dir, of); len(names) > 0 {
		return g.named(names[0])
	}
	return ""
}

// holds reports whether a file is a private key with a modulus, by its bytes: opening it would take
// milliseconds, and shows no more.
func holds(data, modulus []byte) bool {
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		if strings.HasSuffix(block.Type, "PRIVATE KEY") && bytes.Contains(block.Bytes, modulus) {
			return true
		}
	}
	return false
}

// contract is the newest key of the first of the two that asks for both approvals.
func (g *guide) contract() *hsm.Key {
	return g.newest(approver(0)(g), func(k *hsm.Key) bool {
		return k.MValue == 2 && k.Material.Class == attr.PrivateKey && k.Material.Type == attr.EC
	})
}

func (g *guide) hasContract() bool { return g.contract() != nil }

func (g *guide) contractLine() string {
	u := approver(1)(g)
	if u == nil {
		return ""
	}
	return fmt.Sprintf("genECCKeyPair -i 2 -l contract -u %d -m_value 2", u.ID)
}

// contractSign is a line that signs with the key that asks for approvals.
func (g *guide) contractSign(out string) string {
	u, k := approver(0)(g), g.contract()
	if k == nil || !exists(u.Name+".reg")(g) {
		return ""
	}
	mechanism, _ := signing(k)
	return fmt.Sprintf("sign -f %s.reg -k %d -m %d -out %s", u.Name, k.Handle, mechanism, out)
}

func (g *guide) tooEarlyLine() string { return g.contractSign("early.sig") }

func (g *guide) tokenLine() string {
	k := g.contract()
	if k == nil {
		return ""
	}
	return fmt.Sprintf("getToken -s 3 -u %s -k %d -f contract.token", approver(0)(g).Name, k.Handle)
}

// pending is a token that waits for approvals, with its file.
type pending struct {
	*hsm.Token
	file     string // as it is named where lines are typed
	content  []byte
	required int
	user     *hsm.User // whose it is
}

// waiting are the tokens that wait for approvals and whose files are there, the newest first.
func (g *guide) waiting() (list []pending) {
	h := g.here()
	for _, t := range slices.Backward(h.Quorum.Tokens) {
		u := h.UserByID(t.User)
		if required := h.Required(t); u != nil && len(t.Approvers) < required {
			names := g.files(g.dir, func(data []byte) bool { return bytes.Contains(data, t.Record) })
			if len(names) > 0 {
				content, _ := g.read(names[0])
				list = append(list, pending{t, g.named(names[0]), content, required, u})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b pending) int { return int(b.Created - a.Created) })
	return list
}

// named is a file of the directory as it is named in a new tab, which begins at home.
func (g *guide) named(name string) string {
	if g.dir == shell.Home {
		return name
	}
	return path.Join(g.dir, name)
}

// plainName is a name that stands in an approval file and in a line as it is.
var plainName = shell.Pattern(`^[A-Za-z0-9_.@-]+$`)

// mayApprove are the users whose approvals a token takes, its own user first.
func (g *guide) mayApprove(p pending) (users []*hsm.User) {
	h := g.here()
	for _, u := range h.Users {
		k := h.At(p.Handle)
		if plainName().MatchString(u.Name) && (p.Handle == 0 && u.Type == hsm.CO || k != nil && u.Type == hsm.CU && k.UsableBy(u.ID)) {
			users = append(users, u)
		}
	}
	slices.SortStableFunc(users, func(a, b *hsm.User) int { return btoi(b.ID == p.User) - btoi(a.ID == p.User) })
	return users
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// signers are the users who can approve a token now, as many as are asked for, and those who may
// and lack a key.
func (g *guide) signers(p pending) (able, lacking []*hsm.User) {
	for _, u := range g.mayApprove(p) {
		if g.keyFile(u) == "" {
			lacking = append(lacking, u)
		} else if len(able) < p.required {
			able = append(able, u)
		}
	}
	return able, lacking
}

// signature is the file of a user's approval of a token.
func (p pending) signature(u *hsm.User) string { return fmt.Sprintf("%s.sig%d", p.file, u.ID) }

// signsLine is the line with which a user signs a token.
func (g *guide) signsLine(p pending, u *hsm.User) string { return p.signedWith(g.keyFile(u), u) }

// signedWith is the line with which a user signs a token with the key in a file.
func (p pending) signedWith(key string, u *hsm.User) string {
	return fmt.Sprintf("openssl dgst -sha256 -sign %s -out %s %s", key, p.signature(u), p.file)
}

// approvalFile is the file of approvals.
func (g *guide) approvalFile() string { return g.named("approval.txt") }

// approvalTypes are the numbers of user types in an approval file (spec/cmu.md 4.5).
var approvalTypes = map[hsm.UserType]int{hsm.CU: 1, hsm.CO: 2}

// fileLine is the line that writes the file of approvals.
func (g *guide) fileLine(p pending, users []*hsm.User) string {
	var b strings.Builder
	fmt.Fprintf(&b, `printf 'Multi Token File Path = %s;\nToken File Path = ;\nNumber of Approvals = %d;\n`, p.file, len(users))
	for _, u := range users {
		fmt.Fprintf(&b, `Approver Type = %d;\nApprover Name = %s;\nApproval File = %s;\n`, approvalTypes[u.Type], u.Name, p.signature(u))
	}
	return b.String() + "' > " + g.approvalFile()
}

// contractToken is the token that waits for the two's approvals, nil for none.
func (g *guide) contractToken() *pending {
	k := g.contract()
	for _, p := range g.waiting() {
		if k != nil && p.Handle == k.Handle {
			return &p
		}
	}
	return nil
}

func (g *guide) hasToken() bool { return g.contractToken() != nil || g.approved() }

// approval is the line with which one of the two signs the token, or, behind them, the one that
// writes the file.
func approval(n int) func(*guide) string {
	return func(g *guide) string {
		p := g.contractToken()
		if p == nil {
			return ""
		}
		able, _ := g.signers(*p)
		switch {
		case len(able) < p.required:
			return ""
		case n < p.required:
			return g.signsLine(*p, able[n])
		}
		return g.fileLine(*p, able)
	}
}

// approvalIs reports whether one of the two has signed the token that waits, or whether the file
// names both.
func approvalIs(n int) func(*guide) bool {
	return func(g *guide) bool {
		p := g.contractToken()
		if p == nil {
			return g.approved()
		}
		able, _ := g.signers(*p)
		if len(able) < p.required || n < p.required && !g.signs(*p, able[n]) {
			return false
		}
		if n < p.required {
			return true
		}
		return g.names(*p)
	}
}

// names reports whether the file of approvals is there and is about a token.
func (g *guide) names(p pending) bool {
	data, _ := g.read(g.approvalFile())
	file, err := hsm.ParseApprovalFile(data)
	return err == nil && file.MultiToken == p.file && len(file.Approvers) == p.required
}

// signs reports whether a user's signature of a token is there.
func (g *guide) signs(p pending, u *hsm.User) bool {
	signature, there := g.read(p.signature(u))
	key, err := mech.ParsePublic(u.Quorum)
	return there && err == nil && mech.Verify(key, hsm.SHA256WithRSA, p.content, signature) == nil
}

func (g *guide) approveLine() string {
	if !approvalIs(2)(g) || g.approved() {
		return ""
	}
	return "approveToken -f " + g.approvalFile()
}

// approved reports whether a token for the key has its approvals.
func (g *guide) approved() bool {
	k := g.contract()
	return k != nil && slices.ContainsFunc(g.here().Quorum.Tokens, func(t *hsm.Token) bool {
		return t.Handle == k.Handle && len(t.Approvers) >= g.here().Required(t)
	})
}

func (g *guide) useLine() string {
	if !g.approved() {
		return ""
	}
	return g.contractSign("contract.sig")
}

// loginLine logs a user in at a tool: with his toy password, or with one that is asked for.
func loginLine(tool string, u *hsm.User) string {
	password := cluster.SeedPassword(u)
	switch {
	case tool == kmu.Name && password != "":
		return fmt.Sprintf("loginHSM -u %s -s %s -p %s", u.Type, u.Name, password)
	case tool == kmu.Name:
		return fmt.Sprintf("loginHSM -u %s -s %s -hpswd", u.Type, u.Name)
	case password != "":
		return fmt.Sprintf("loginHSM %s %s %s", u.Type, u.Name, password)
	}
	return fmt.Sprintf("loginHSM %s %s -hpswd", u.Type, u.Name)
}
