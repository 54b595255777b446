package sim

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/kmu"
	"hsmplay/core/view"
)

// guide reads the world for the lines of Next. It is used under the world's lock.
type guide struct {
	w       *World
	program string // at whose prompt lines are typed
	user    string // who is logged in there, "" for nobody
	prompt  string
	dir     string // its working directory
}

// fixed is a line that is always the same.
func fixed(line string) func(*guide) string { return func(*guide) string { return line } }

// done reports whether a line has carried out a command without a fault.
func done(command string) func(*view.RanRow) bool {
	return func(r *view.RanRow) bool {
		return is(r, command) && r.Refusal == "" && r.Status == 0 && (r.Code == nil || *r.Code == 0)
	}
}

// denied reports whether a line has asked for something that an HSM refused.
func denied(command string) func(*view.RanRow) bool {
	return func(r *view.RanRow) bool { return is(r, command) && r.Code != nil && *r.Code != 0 && len(r.Calls) > 0 }
}

// is reports whether a line is one of a command, which is named by its first words, a blank between
// them. Each row of a table asks it of each line, so it makes no lists.
func is(r *view.RanRow, command string) bool {
	line := r.Line
	for more := true; more; {
		var word string
		word, command, more = strings.Cut(command, " ")
		for line != "" && blank(line[0]) {
			line = line[1:]
		}
		if !strings.HasPrefix(line, word) {
			return false
		}
		if line = line[len(word):]; line != "" && !blank(line[0]) {
			return false
		}
	}
	return true
}

// blank reports whether a character parts the words of a line.
func blank(b byte) bool { return b == ' ' || b == '\t' || b == '\n' }

// here is the HSM that the lines are about: the first that is reached, else the first.
func (g *guide) here() *hsm.HSM {
	for _, n := range g.w.cluster.Nodes {
		if n.Up && !n.Isolated {
			return n.HSM
		}
	}
	return g.w.cluster.Nodes[0].HSM
}

// me is the crypto user whose keys the lines are about: who is logged in, else the owner of the
// newest key, else the first; nil where there is none.
func (g *guide) me() *hsm.User {
	h := g.here()
	if u := h.UserNamed(hsm.CU, g.user); u != nil && g.program == kmu.Name {
		return u
	}
	for _, k := range slices.Backward(h.Keys) {
		if k != nil && k.Session == 0 && h.UserByID(k.Owner) != nil {
			return h.UserByID(k.Owner)
		}
	}
	i := slices.IndexFunc(h.Users, func(u *hsm.User) bool { return u.Type == hsm.CU })
	if i < 0 {
		return nil
	}
	return h.Users[i]
}

// newest is the newest token key of a user that fits, nil for none.
func (g *guide) newest(owner *hsm.User, fits func(*hsm.Key) bool) *hsm.Key {
	for _, k := range slices.Backward(g.here().Keys) {
		if k != nil && owner != nil && k.Owner == owner.ID && k.Session == 0 && fits(k) {
			return k
		}
	}
	return nil
}

// pair is the newest private key of one's own that signs without approvals, nil for none.
func (g *guide) pair() *hsm.Key {
	return g.newest(g.me(), func(k *hsm.Key) bool {
		t := k.Material.Type
		return k.Material.Class == attr.PrivateKey && (t == attr.EC || t == attr.RSA) && k.MValue == 0 && k.Has(attr.FlagSign)
	})
}

func (g *guide) hasPair() bool { return g.pair() != nil }

// public is the public half of a private key, nil where it is gone.
func (g *guide) public(private *hsm.Key) *hsm.Key {
	return g.newest(g.me(), func(k *hsm.Key) bool {
		return k.Material.Class == attr.Public && string(k.Material.SPKI) == string(private.Material.SPKI)
	})
}

// down is the number of an HSM that is stopped, -1 for none.
func (g *guide) down() int { return g.w.down() }

func (g *guide) broken() bool { return g.down() >= 0 }

// option is the value of an option in the last line that has carried out a command, "" for none.
func (g *guide) option(command, flag string) string {
	var last *view.RanRow
	for _, l := range g.w.ran.logs {
		for _, r := range slices.Backward(l.rows) {
			if done(command)(r) {
				if last == nil || r.Seq > last.Seq {
					last = r
				}
				break
			}
		}
	}
	if last == nil {
		return ""
	}
	words := strings.Fields(last.Line)
	if i := slices.Index(words, flag); i >= 0 && i+1 < len(words) {
		return words[i+1]
	}
	return ""
}

// key is the key that a handle in a line names, nil for none.
func (g *guide) key(handle string) *hsm.Key {
	var h uint32
	if _, err := fmt.Sscan(handle, &h); err != nil {
		return nil
	}
	return g.here().At(h)
}

// read returns a file of the working directory.
func (g *guide) read(name string) ([]byte, bool) {
	if name == "" {
		return nil, false
	}
	if !path.IsAbs(name) {
		name = path.Join(g.dir, name)
	}
	data, err := g.w.machine.FS().Read(name)
	return data, err == nil
}

// exists reports whether a file is in the working directory.
func exists(name string) func(*guide) bool {
	return func(g *guide) bool { _, ok := g.read(name); return ok }
}

// filesMax is how many files are looked into, and fileMax how large they may be, in bytes.
const filesMax, fileMax = 200, 64 << 10

// files are the small files of a directory that fit, by name.
func (g *guide) files(dir string, fits func(data []byte) bool) (names []string) {
	list, _ := g.w.machine.FS().List(dir)
	for _, row := range list[:min(len(list), filesMax)] {
		if row.Mode&fs.ModeType != 0 || row.Size() > fileMax {
			continue
		}
		if data, ok := g.read(row.Path); ok && fits(data) {
			names = append(names, row.Name())
		}
	}
	return names
}

// seeded are the crypto users whose toy passwords are still valid, by id.
func (g *guide) seeded() (users []*hsm.User) {
	for _, u := range g.here().Users {
		if u.Type == hsm.CU && cluster.SeedPassword(u) != "" && !u.Locked() {
			users = append(users, u)
		}
	}
	return users
}
