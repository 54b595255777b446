package sim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"hsmplay/core/cli"
	"hsmplay/core/cmu"
	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/shell"
)

// members are an object of a configuration file. What configure does not set stays as it was.
type members map[string]any

// part returns an object within an object, and makes it if there is none.
func (s members) part(name string) members {
	inner, isObject := s[name].(map[string]any)
	if !isObject {
		inner = map[string]any{}
		s[name] = inner
	}
	return inner
}

// servers are the objects in the management tool's list.
func (s members) servers() (all []members) {
	list, _ := s["servers"].([]any)
	for _, e := range list {
		if one, isObject := e.(map[string]any); isObject {
			all = append(all, one)
		}
	}
	return all
}

// readMembers reads a configuration file; numbers stay as they are written.
func readMembers(data []byte) (s members, err error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&s); err != nil {
		return nil, err
	}
	return s, nil
}

// text writes them as configure does: keys sorted, four blanks (spec/cmu.md 1.1).
func (s members) text() []byte { return cli.JSON(s, "    ") }

// known are the addresses of the HSMs that the machine was set up for.
func (w *World) known(p *shell.Process) (all []string) {
	p.World(func() { all = addresses(w.cluster.Group) })
	return all
}

// setDaemon changes the daemon's configuration.
func (w *World) setDaemon(p *shell.Process, change func(members)) int {
	return w.rewrite(p, clientConfig, fmt.Appendf(nil, clientText, 1, w.known(p)[0]), change)
}

// setServers gives the management tool these servers, each with what the first one had.
func (w *World) setServers(p *shell.Process, addresses []string) int {
	fresh := cmu.Config(addresses)
	return w.rewrite(p, cmu.DefaultConfig, fresh, func(c members) {
		before := c.servers()
		if len(before) == 0 {
			anew, err := readMembers(fresh)
			if err != nil { // it is the engine's own
				panic("sim: " + err.Error())
			}
			before = anew.servers()
		}
		var all []any
		for _, ip := range addresses {
			one := maps.Clone(before[0])
			one["name"], one["hostname"] = ip, ip
			all = append(all, one)
		}
		c["servers"] = all
	})
}

// rewrite changes a configuration file, or a fresh one where the file is none.
func (w *World) rewrite(p *shell.Process, name string, fresh []byte, change func(members)) int {
	data, err := p.ReadFile(name)
	config, unread := readMembers(data)
	if err != nil || unread != nil || config == nil {
		if config, err = readMembers(fresh); err != nil {
			panic("sim: " + err.Error())
		}
	}
	change(config)
	return w.putConfig(p, name, config.text())
}

// configureTLS names another TLS key and certificate to daemon and management tool. The words of
// its refusals are provisional: no public page shows one.
func (w *World) configureTLS(p *shell.Process, key, certificate string) int {
	if file, why := w.unfit(p, key, certificate); why != nil {
		return p.Complain("%s: %s", file, command.FileReason(why))
	}
	key, certificate = absoluteIn(p, key), absoluteIn(p, certificate)
	set := func(c members) { c["certificate"], c["pkey"] = certificate, key }
	return w.setDaemon(p, func(c members) { set(c.part("ssl")) }) |
		w.rewrite(p, cmu.DefaultConfig, cmu.Config(w.known(p)), func(c members) {
			for _, one := range c.servers() {
				set(one)
			}
		})
}

// What makes files unfit for the client's end of a connection.
var (
	errNoPrivate = errors.New("the file holds no private key")
	errNoPair    = errors.New("the certificate is not of this private key")
	errNotIssued = errors.New("the certificate is not signed by the trust anchor")
)

// unfit returns the file that keeps a key and a certificate from being used, and why: the two must
// belong together and the certificate chain to the trust anchor (spec/cmu.md 1.1).
func (w *World) unfit(p *shell.Process, key, certificate string) (file string, why error) {
	data, err := p.ReadFile(key)
	if err != nil {
		return key, err
	}
	blocks := mech.InspectPEM(data)
	private := slices.IndexFunc(blocks, func(b mech.Block) bool { return b.Kind == mech.PrivateBlock && b.Key != nil })
	if private < 0 {
		return key, errNoPrivate
	}
	if data, err = p.ReadFile(certificate); err != nil {
		return certificate, err
	}
	own, err := mech.CertificateFromPEM(data)
	if err != nil {
		return certificate, err
	}
	if !bytes.Equal(mech.PublicPEM(blocks[private].Key), mech.PublicPEM(own.Public)) {
		return certificate, errNoPair
	}
	data, err = p.ReadFile(cmu.Anchor)
	if err != nil {
		return cmu.Anchor, err
	}
	anchor, err := mech.CertificateFromPEM(data)
	if err != nil || own.VerifyBy(anchor) != nil {
		return certificate, errNotIssued
	}
	return "", nil
}

// absoluteIn is a file's name as a configuration has it.
func absoluteIn(p *shell.Process, name string) string {
	if abs, err := p.Abs(name); err == nil {
		return abs
	}
	return name
}
