package cli

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

// rough is a file system with a directory and a file that nobody may read.
type rough struct{ command.Files }

func (r rough) ReadFile(name string) ([]byte, error) {
	switch name {
	case "dir":
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	case "locked/file":
		return nil, fs.ErrPermission
	}
	return r.Files.ReadFile(name)
}

func (r rough) WriteFile(name string, data []byte) error {
	if name == "dir" || strings.HasPrefix(name, "absent/") {
		return fs.ErrNotExist
	}
	return r.Files.WriteFile(name, data)
}

// goodValues are what options take, so that a line is right but for one of them.
var goodValues = map[string]string{
	"--filter": "attr.label=k", "--key-filter": "attr.label=ec attr.class=private-key", "--payload-filter": "attr.label=k", "--wrapping-filter": "attr.label=k",
	"--label": "new", "--public-label": "new", "--private-label": "new", "--key-length-bytes": "16", "--modulus-size-bits": "2048", "--public-exponent": "65537",
	"--curve": "secp384r1", "--path": "out", "--data-path": "message", "--data": "YWJjMTIz", "--signature": "AAAA", "--signature-path": "message", "--hash-function": "sha256",
	"--mgf": "mgf1-sha256", "--salt-length": "32", "--key-type-class": "aes", "--tag-length-bits": "128", "--iv": "0x00112233445566778899aabb", "--aad": "0x10",
	"--name": "encrypt", "--value": "true", "--username": "user4", "--role": "crypto-user", "--password": "password1", "--token": "token.json", "--service": "user",
	"--public-key": "public.pem", "--signed-token": "message", "--certificate-reference": "0x01", "--level": "none", "--encoding": "pem", "--mldsa-algorithm": "ml-dsa-44",
	"--data-type": "raw", "--scope": "user", "--source-cluster-id": "a", "--destination-cluster-id": "b",
}

// badValues are what options refuse, by their kind, with what is said to each: "" for any refusal,
// where a command asks for more of a file than that it can be read.
func badValues(p command.Param) map[string]string {
	switch {
	case p.Kind == command.Number:
		return map[string]string{"x": "invalid value", "-1": "error: ", "1e3": "invalid value", "0x10": "invalid value", "18446744073709551616": "", strings.Repeat("9", 400): "", "''": "error: "}
	case p.Kind == command.Path:
		return map[string]string{"absent": "Unable to read file absent", "dir": "Unable to read file dir", "locked/file": "Unable to read file locked/file"}
	case p.Kind == command.Output:
		return map[string]string{"dir": "dir", "absent/file": "absent/file", "locked/file": "locked/file"}
	case p.Flag == "--iv" || p.Flag == "--aad":
		return map[string]string{"zz": "", "0xabc": "", "0xg0": ""}
	case p.Flag == "--data" || p.Flag == "--signature":
		return map[string]string{"!!!!": "Invalid base64 value", "abc": "Invalid base64 value", "YWJj=": "Invalid base64 value", "é": "Invalid base64 value"}
	}
	return nil
}

// lineWith is a line of a command with one option, and what the command needs beside it.
func lineWith(s command.Spec[*Tool], at int, value string) string {
	line, given := s.Name, map[string]bool{}
	if group := s.Params[at].OneOf; group != "" {
		given[group] = true
	}
	for i, p := range s.Params {
		switch {
		case i == at:
			line += " " + p.Flag + " " + value
		case p.Kind == command.Switch || given[p.OneOf]:
		case p.OneOf != "":
			line += " " + p.Flag + " " + goodValues[p.Flag]
			given[p.OneOf] = true
		case !p.Optional || s.Params[at].Needs == p.Flag:
			good := goodValues[p.Flag]
			switch {
			case p.Flag == "--wrapping-filter" && strings.HasPrefix(s.Name, "key wrap rsa"), p.Flag == "--filter" && s.Name == "key generate-file":
				good = "attr.label=rsap"
			case p.Kind == command.Choices && len(p.Values) > 0 && !slices.ContainsFunc(p.Values, func(v command.Value) bool { return v.Word == good }):
				good = p.Values[0].Word
			case p.Kind == command.Number && (good == "" || good == "true"):
				good = "2"
			}
			line += " " + p.Flag + " " + good
		}
	}
	return line
}

// Every option that takes a file, a number, hexadecimal or base64 refuses each kind of bad value: as
// clap does with status 2, or in an envelope; and nothing is half made.
func TestEveryOptionRefusesBadValues(t *testing.T) {
	for _, s := range Commands.Specs {
		if s.Run == nil || s.Hidden {
			continue
		}
		for i, p := range s.Params {
			for value, says := range badValues(p) {
				refuses(t, s, lineWith(s, i, value), says)
			}
		}
	}
}

// refuses types a line where its command may be given, and looks at what comes of it.
func refuses(t *testing.T, s command.Spec[*Tool], line, says string) {
	t.Helper()
	d := desks(t, s.Name)
	before, files := d.rows(), len(d.files)
	text := d.line(line)
	for d.ask != nil { // a password, or a file
		text += d.line("password1")
	}
	short := line[:min(len(line), 160)]
	body, _, _ := strings.Cut(text, "\n~ ")
	if strings.HasPrefix(text, "error: ") {
		assert.Equal(t, 2, d.out.Status, short)
	} else {
		var answer struct {
			Code int `json:"error_code"`
			Data any
		}
		assert.NoError(t, json.Unmarshal([]byte(body), &answer), "%s\n%s", short, text)
		assert.Equal(t, 1, answer.Code, "%s\n%s", short, text)
	}
	assert.Contains(t, text, says, short)
	assert.Equal(t, before, d.rows(), short)
	assert.Len(t, d.files, files, short)
}

// rows are the rows of the HSMs: where none is stored anew, nothing has changed.
func (d *desk) rows() (rows []string) {
	for _, n := range d.cluster.Nodes {
		for _, k := range n.HSM.Keys {
			rows = append(rows, fmt.Sprintf("%p", k))
		}
		for _, u := range n.HSM.Users {
			rows = append(rows, fmt.Sprintf("%p", u))
		}
	}
	return rows
}

// desks is a desk on HSMs with what commands of a name are about.
func desks(t *testing.T, name string) *desk {
	t.Helper()
	d := newDesk(t)
	d.begin(cluster.Options{Model: hsm.HSM2, NonFIPS: true})
	d.files["message"] = []byte("hello")
	d.tool.host.Files = rough{d.files}
	login := func(who string) { d.line("login " + who) }
	if strings.HasPrefix(name, "login") || name == "cluster activate" {
		return d
	}
	login("--username example_user --role crypto-user --password aws")
	d.line("key generate-symmetric aes --label k --key-length-bytes 32 --attributes wrap=true unwrap=true")
	d.line("key generate-asymmetric-pair ec --public-label ecp --private-label ec --curve secp384r1 --public-attributes verify=true --private-attributes sign=true")
	d.line("key generate-asymmetric-pair rsa --public-label rsap --private-label rsa --modulus-size-bits 2048 --public-exponent 65537 --public-attributes wrap=true")
	d.line("key generate-file --encoding pem --path public.pem --filter attr.label=rsap")
	if name == "quorum token-sign generate" || strings.HasPrefix(name, "user") || strings.HasPrefix(name, "cluster") || strings.HasSuffix(name, "set-quorum-value") {
		d.line("logout")
		login("--username admin --role admin --password password")
	}
	require.NoError(t, d.out.Err)
	return d
}
