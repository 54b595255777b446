package sim

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/cli"
	"hsmplay/core/hsm"
	"hsmplay/core/voice"
)

// The way to approvals with CloudHSM CLI (spec/cloudhsm-cli.md 5.1 to 5.3): a token where the line
// was typed, in a new tab the keys of those who have registered none and the signatures of all, and
// back where the line was typed the line again with the token's file.

// useFile is the file of the token that all sign.
const useFile = "use.json"

// presented are the line at fault with the file of a token, for each option of its command that
// takes one; none where its password cannot be asked for.
func (c *failure) presented(file string) (lines []string) {
	spec := cli.Commands.Lookup(strings.Fields(strings.Join(c.path, " "))...)
	line, ok := c.hushed(c.line)
	if spec == nil || !ok {
		return nil
	}
	for _, p := range slices.Backward(spec.Params) { // of two that of the payload is the last
		if strings.HasSuffix(p.Flag, "approval") {
			words := strings.Split(line, " ")
			if i := slices.Index(words, p.Flag); i >= 0 {
				words = slices.Delete(words, i, min(i+2, len(words)))
			}
			lines = append(lines, strings.Join(append(words, p.Flag, file), " "))
		}
	}
	return lines
}

// signed are the line at fault with each token's file of the directory.
func (c *failure) signed(g *guide) (list []candidate) {
	names := g.files(g.dir, func(data []byte) bool { return bytes.Contains(data, []byte(`"approval_data"`)) })
	for _, name := range names {
		for _, line := range c.presented(name) {
			list = append(list, instead(voice.Say(voice.RepairQuorum), line))
		}
	}
	return list
}

// tokenSigned are the whole ways to a signed token, by what the line may need approvals for.
func (c *failure) tokenSigned(g *guide, me *hsm.User) (list []candidate) {
	for _, r := range c.tokens(g, me) {
		way := g.signsToken(me, r)
		for _, line := range c.presented(useFile) {
			if way != nil {
				steps := append(slices.Clone(way), Step{Line: line})
				list = append(list, candidate{steps: steps, says: voice.Say(voice.RepairQuorum), far: true})
			}
		}
	}
	return list
}

// tokens are what tokens the line at fault may need: of the officers' services, or for the keys that
// it names.
func (c *failure) tokens(g *guide, me *hsm.User) (list []request) {
	for _, row := range hsm.TokenServices {
		if m := g.here().MValue(row.Service); me.Type == hsm.CO && !row.OfKey && m > 1 {
			list = append(list, request{row.Service, 0, m})
		}
		for _, k := range g.here().Keys {
			if row.OfKey && k != nil && k.Approvals(row.Service) > 0 && c.namesKey(k) {
				list = append(list, request{row.Service, k.Handle, k.Approvals(row.Service)})
			}
		}
	}
	return list
}

// signsToken are the steps to a token that as many have signed as are needed, nil where too few users
// may.
func (g *guide) signsToken(me *hsm.User, r request) []Step {
	p := pending{&hsm.Token{User: me.ID, Service: r.service, Handle: r.handle}, g.named(useFile), nil, r.m, me}
	able, lacking := g.signers(p)
	short := max(0, r.m-len(able))
	if short > len(lacking) {
		return nil
	}
	lacking = lacking[:short]
	way := inPlace(tokenRequest(r))
	aside := func(lines ...string) {
		for _, line := range lines {
			way = append(way, Step{line, true})
		}
	}
	for _, u := range lacking {
		aside(strings.Join([]string{keyLine(u), publicLine(u), registrationLine(u), signedRegistrationLine(u)}, " && "))
	}
	if tool := toolNamed(cli.Name); short > 0 {
		aside(tool.line)
		for _, u := range lacking {
			aside(hiddenLogin(cli.Name, u), fmt.Sprintf("user change-quorum token-sign register --public-key %[1]s.pub --signed-token %[1]s.signed", u.Name),
				logoutLine(cli.Name))
		}
		aside(tool.leave)
	}
	for _, u := range able {
		aside(p.addsSignature(g.keyFile(u), u))
	}
	for _, u := range lacking {
		aside(p.addsSignature(u.Name+".key", u))
	}
	return way
}

// tokenRequest is the line that makes a token.
func tokenRequest(r request) string {
	line := "quorum token-sign generate --service " + r.service.Name()
	if r.handle != 0 {
		line += fmt.Sprintf(" --filter key-reference=0x%016x", r.handle)
	}
	return line + " --token " + useFile
}

func registrationLine(u *hsm.User) string {
	return fmt.Sprintf("%s quorum token-sign generate --service registration --token %s.token", cli.Name, u.Name)
}

func signedRegistrationLine(u *hsm.User) string {
	return fmt.Sprintf(`jq -r '.tokens[0].unsigned' %[1]s.token | base64 -d > %[1]s.bin && %[2]s && `+
		`jq --arg s "$(base64 -w0 %[1]s.sig)" '.tokens[0].signed=$s' %[1]s.token > %[1]s.signed`, u.Name, signsDigest(u.Name+".key", u.Name))
}

// signsDigest is the line that signs a digest in a file with the key in another.
func signsDigest(key, name string) string {
	return fmt.Sprintf("openssl pkeyutl -sign -inkey %s -pkeyopt digest:sha256 -in %[2]s.bin -out %[2]s.sig", key, name)
}

// addsSignature is the line that adds a user's signature to the file of a token.
func (p pending) addsSignature(key string, u *hsm.User) string {
	return fmt.Sprintf(`jq -r .token %[1]s | base64 -d > %[2]s.bin && %[3]s && jq --arg s "$(base64 -w0 %[2]s.sig)" `+
		`'.signatures += [{username:"%[2]s", role:"%[4]s", signature:$s}]' %[1]s > %[2]s.json && mv %[2]s.json %[1]s`,
		p.file, strings.ToLower(u.Name), signsDigest(key, strings.ToLower(u.Name)), u.Type.Role())
}
