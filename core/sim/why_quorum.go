package sim

import (
	"context"
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"hsmplay/core/cli"
	"hsmplay/core/cmu"
	"hsmplay/core/hsm"
	"hsmplay/core/kmu"
	"hsmplay/core/voice"
)

// request is what approvals are collected for: the use of a key, or an officer's service.
type request struct {
	service hsm.Service
	handle  uint32 // 0 for an officer's service
	m       int    // how many are needed
}

// collecting are the whole way to the approvals: a token where the line was typed, in a new tab the
// keys of those who have registered none, their signatures and the file that names them, and back
// where the line was typed the file handed in.
func (c *failure) collecting() (list []candidate) {
	me, g := c.me(), c.guide()
	if me == nil || c.now.Program == bash {
		return nil
	}
	c.w.machine.Do(func() {
		if c.now.Program == cli.Name {
			list = c.tokenSigned(g, me)
			return
		}
		for _, r := range c.requests(g, me) {
			if way := g.collects(me, r); way != nil {
				if c.path[len(c.path)-1] != "approveToken" {
					way = append(way, Step{Line: c.line})
				}
				list = append(list, candidate{steps: way, says: voice.Say(voice.RepairQuorum), far: true})
			}
		}
	})
	return list
}

// guide reads the world for the user of the line at fault.
func (c *failure) guide() *guide {
	dir := c.w.machine.Terminal(c.terminal).Dir()
	return &guide{w: c.w, program: c.now.Program, user: c.now.User, prompt: c.now.Prompt, dir: dir}
}

// requests are what the line at fault may need approvals for.
func (c *failure) requests(g *guide, me *hsm.User) (list []request) {
	if me.Type == hsm.CO {
		for _, row := range hsm.Services {
			if m := g.here().MValue(row.Service); m > 1 {
				list = append(list, request{row.Service, 0, m})
			}
		}
		return list
	}
	handle := c.refused.Handle
	for _, p := range g.waiting() {
		if handle == 0 && p.User == me.ID {
			handle = p.Handle
		}
	}
	if k := c.key(handle); k != nil {
		list = append(list, request{hsm.UserMgmt, handle, max(k.MValue, k.Manage)})
	}
	return list
}

// tokenFile is the file that the token is written to.
const tokenFile = "use.token"

// collects are the steps to the approvals of a request, nil where too few users may approve.
func (g *guide) collects(me *hsm.User, r request) []Step {
	p := pending{&hsm.Token{User: me.ID, Service: r.service, Handle: r.handle}, g.named(tokenFile), nil, r.m, me}
	able, lacking := g.signers(p)
	short := max(0, r.m-len(able))
	if short > len(lacking) {
		return nil
	}
	lacking = lacking[:short]
	way := inPlace(requestLine(g.program, me, r))
	aside := func(lines ...string) {
		for _, line := range lines {
			way = append(way, Step{line, true})
		}
	}
	for _, u := range lacking {
		aside(strings.Join([]string{keyLine(u), publicLine(u), textLine(u), proofLine(u)}, " && "))
	}
	for i, u := range lacking {
		if i == 0 {
			aside(toolNamed(cmu.Name).line)
		}
		aside(hiddenLogin(cmu.Name, u), registerLine(u), logoutLine(cmu.Name))
		if i == len(lacking)-1 {
			aside(toolNamed(cmu.Name).leave)
		}
	}
	for _, u := range able {
		aside(g.signsLine(p, u))
	}
	for _, u := range lacking {
		aside(p.signedWith(u.Name+".key", u))
	}
	aside(g.fileLine(p, slices.Concat(able, lacking)))
	return append(way, Step{Line: approves(g.program) + g.approvalFile()})
}

// requestLine is the line that makes a token at a tool.
func requestLine(tool string, me *hsm.User, r request) string {
	switch {
	case tool == kmu.Name:
		return fmt.Sprintf("getToken -s %d -u %s -k %d -f %s", r.service, me.Name, r.handle, tokenFile)
	case r.handle != 0:
		return fmt.Sprintf("getToken %d %s %s %d", r.service, me.Name, tokenFile, r.handle)
	}
	return fmt.Sprintf("getToken %d %s %s", r.service, me.Name, tokenFile)
}

// trialPrimes are those of the RSA key that a trial takes where a line makes one of 2048 bits: a key
// of everybody's, which nothing keeps.
const trialPrimes = "/sbtb5ILE6MS4eosNe8VXIaPrOHuDgCZSuRItJHcd/JdZovK2YAiu48aJ8na43kXwZF311NHJfzsennfVf38AgoE" +
	"2nXLbgZBsxSQozLg9FP/VPgm/JSp+BY72bg6FdwYn5U94s4jDKeZIX+syWG45HUXAj10U53Bv5eg1bSfOMPifKMb" +
	"h97U/eZ5aghAFohtI+K1ioFP/PIms1Zj83+BOg0+9OzeOEDiq4wacKesSrTCKpqX5CjjbfWhwpt9EogZ0vk7fD5h" +
	"laJPL1LMt+NyPqAD58/dzJEifzy8CDWmL4v4LChr/2YWJWnrnu6y20mSFHHZCsCutAUXoPy0mgqH6w=="

// trialKey is the source of RSA keys in a trial: other sizes are only asked for, which made counts.
func trialKey(made *bool) func(context.Context, int) (*rsa.PrivateKey, error) {
	return func(_ context.Context, bits int) (*rsa.PrivateKey, error) {
		if bits != 2048 {
			*made = true
			return nil, errTried
		}
		data, err := base64.StdEncoding.DecodeString(trialPrimes)
		if err != nil {
			return nil, err
		}
		p, q, one := new(big.Int).SetBytes(data[:128]), new(big.Int).SetBytes(data[128:]), big.NewInt(1)
		totient := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
		key := &rsa.PrivateKey{Primes: []*big.Int{p, q}, D: new(big.Int).ModInverse(big.NewInt(65537), totient)}
		key.N, key.E = new(big.Int).Mul(p, q), 65537
		key.Precompute()
		return key, key.Validate()
	}
}
