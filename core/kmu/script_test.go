package kmu

import (
	"crypto"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
)

// world lets the wait look at what has changed.
func (d *desk) world() string {
	if d.wait == nil {
		return ""
	}
	out, done := d.wait.Poll()
	if !done {
		return ""
	}
	d.wait = nil
	return d.print(out)
}

// command carries out one of the test's own commands.
func (d *desk) command(line string) string {
	name, rest, _ := strings.Cut(line, " ")
	run, ok := commands[name]
	if !ok {
		d.t.Fatalf("no command %q", name)
	}
	return run(d, rest) + d.world()
}

// commands are what transcripts do beside the tool.
var commands = map[string]func(d *desk, rest string) string{
	"write": func(d *desk, rest string) string { // NAME TEXT, where \n is a line end
		name, text, _ := strings.Cut(rest, " ")
		d.files[name] = []byte(strings.ReplaceAll(text, `\n`, "\n"))
		return ""
	},
	"bytes": func(d *desk, rest string) string { // NAME HEX
		name, text, _ := strings.Cut(rest, " ")
		data, err := hex.DecodeString(text)
		if err != nil {
			d.t.Fatal(err)
		}
		d.files[name] = data
		return ""
	},
	"zeros": func(d *desk, rest string) string { // NAME COUNT
		name, count := d.numbered(rest)
		d.files[name] = make([]byte, count)
		return ""
	},
	"flip": func(d *desk, rest string) string { // NAME OFFSET
		name, at := d.numbered(rest)
		data := slices.Clone(d.files[name])
		data[at] ^= 1
		d.files[name] = data
		return ""
	},
	"cut": func(d *desk, rest string) string { // NAME LENGTH
		name, length := d.numbered(rest)
		d.files[name] = d.files[name][:length]
		return ""
	},
	"key": func(d *desk, rest string) string { // NAMES of testdata/keys
		for _, name := range strings.Fields(rest) {
			d.files[name] = testKey(d.t, name)
		}
		return ""
	},
	"cat":  func(d *desk, rest string) string { return string(d.files[rest]) },
	"hex":  func(d *desk, rest string) string { return hex.EncodeToString(d.files[rest]) + "\n" },
	"size": func(d *desk, rest string) string { return fmt.Sprintln(len(d.files[rest])) },
	"ls":   func(d *desk, rest string) string { return strings.Join(d.files.Names(rest), " ") + "\n" },
	"same": func(d *desk, rest string) string { // NAME NAME
		a, b, _ := strings.Cut(rest, " ")
		return fmt.Sprintln(slices.Equal(d.files[a], d.files[b]))
	},
	"register": func(d *desk, rest string) string { // USER: the test key becomes his for approvals
		public, err := mech.PublicFromPEM(testKey(d.t, "rsa2048-public.pem"))
		if err != nil {
			d.t.Fatal(err)
		}
		for _, n := range d.cluster.Nodes {
			u := *n.HSM.UserNamed(hsm.CU, rest)
			u.Quorum = public.SPKI
			n.HSM.PutUser(&u)
		}
		return ""
	},
	"signature": func(d *desk, rest string) string { // FILE SIGNATURE, by the test key
		file, signature, _ := strings.Cut(rest, " ")
		key, err := secret.PrivateFromPEM(testKey(d.t, "rsa2048.pem"))
		if err != nil {
			d.t.Fatal(err)
		}
		if d.files[signature], err = secret.Sign(key, mech.PKCS1(crypto.SHA256), d.files[file]); err != nil {
			d.t.Fatal(err)
		}
		return ""
	},
	"login":   quietly("loginHSM -u CU -s example_user -p aws"),
	"quorum":  quietly("genSymKey -t 31 -s 32 -l shared -u 4,6 -m_value 2"),
	"session": quietly("genSymKey -t 31 -s 16 -l session -sess"),
	"rsa":     quietly("genRSAKeyPair -m 2048 -e 65537 -l rsa"),
	"import": func(d *desk, rest string) string { // FILE TYPE LABEL ID
		w := strings.Fields(rest)
		return quietly("imSymKey -w 4 -f "+w[0]+" -t "+w[1]+" -l "+w[2]+" -id "+w[3])(d, "")
	},
	"many": func(d *desk, rest string) string { // COUNT
		_, n := d.numbered("many " + rest)
		for range n {
			d.line("genSymKey -t 31 -s 16 -l many")
		}
		return ""
	},
	"bare": func(d *desk, rest string) string { // FILE: a wrapped key without header, and one key more
		d.line("imSymKey -w 4 -f 3des192.key -t 21 -l temp")
		d.line("wrapKey -k 7 -w 6 -m 4 -noheader -out " + rest)
		return ""
	},
	"profile": func(d *desk, rest string) string {
		d.late = rest == "late"
		return ""
	},
	"fips": func(d *desk, rest string) string { // a fresh cluster with or without
		d.begin(cluster.Options{NonFIPS: rest == "off"})
		return ""
	},
	"nodes": func(d *desk, rest string) string { // a fresh cluster of so many HSMs
		_, n := d.numbered("nodes " + rest)
		d.begin(cluster.Options{Nodes: n})
		return ""
	},
	"stop":    nodeCommand((*cluster.Cluster).Stop),
	"start":   nodeCommand((*cluster.Cluster).Start),
	"isolate": nodeCommand((*cluster.Cluster).Isolate),
	"heal":    nodeCommand((*cluster.Cluster).Heal),
	"tamper":  nodeCommand((*cluster.Cluster).Tamper),
	"advance": func(d *desk, rest string) string { // MILLISECONDS
		_, ms := d.numbered("advance " + rest)
		d.cluster.Advance(int64(ms))
		return ""
	},
	"interrupt": func(d *desk, _ string) string {
		w := d.wait
		d.wait = nil
		return d.print(w.End(command.Interrupted))
	},
	"daemon": func(d *desk, rest string) string {
		d.cluster.SetDaemon(rest == "on")
		return ""
	},
	"another": func(d *desk, rest string) string { // a second tool beside the first, logged in as a user
		d.left, d.tool = d.tool, New(d.cluster, machine(d.files), classic)
		d.tool.Start(nil)
		if rest != "" {
			d.tool.Line("loginHSM -u CU -s " + rest + " -p aws")
		}
		return ""
	},
	"back": func(d *desk, _ string) string { // to the first tool
		d.tool.Close()
		d.tool = d.left
		return ""
	},
	"attributes": func(d *desk, rest string) string { // HANDLE: its dump
		h, _ := strconv.ParseUint(rest, 10, 32)
		text, _, _ := d.tool.dump(d.peek(uint32(h)))
		return text
	},
	"flag": func(d *desk, rest string) string { return d.setFlag(rest) },
}

// quietly types a line whose output is not compared.
func quietly(line string) func(*desk, string) string {
	return func(d *desk, _ string) string {
		d.line(line)
		if d.out.Err != nil {
			d.t.Fatalf("%s: %v", line, d.out.Err)
		}
		return ""
	}
}

func nodeCommand(f func(*cluster.Cluster, int) error) func(d *desk, rest string) string {
	return func(d *desk, rest string) string {
		_, id := d.numbered("node " + rest)
		if err := f(d.cluster, id); err != nil {
			d.t.Fatal(err)
		}
		return ""
	}
}

func (d *desk) numbered(rest string) (string, int) {
	name, number, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		d.t.Fatal(err)
	}
	return name, n
}

// testKey reads a file of testdata/keys.
func testKey(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/keys/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// setFlag gives a boolean attribute of a key a value on every HSM: HANDLE OBJ_ATTR_NAME 0|1.
func (d *desk) setFlag(rest string) string {
	words := strings.Fields(rest)
	h, _ := strconv.ParseUint(words[0], 10, 32)
	for _, row := range attr.Table {
		if row.Name != "OBJ_ATTR_"+words[1] {
			continue
		}
		for _, n := range d.cluster.Nodes {
			if k := n.HSM.At(uint32(h)); k != nil {
				changed := *k
				changed.Flags &^= row.Flag
				if words[2] == "1" {
					changed.Flags |= row.Flag
				}
				n.HSM.Put(&changed)
			}
		}
	}
	return ""
}

// peek returns a key as the first HSM that is reached holds it, nil for none.
func (d *desk) peek(h uint32) *hsm.Key {
	for _, n := range d.cluster.Reached() {
		if k := n.HSM.At(h); k != nil {
			return k
		}
	}
	return nil
}
