package openssl

import (
	"bufio"
	"context"
	"crypto/rsa"
	stdx509 "crypto/x509"
	_ "embed"
	"encoding/pem"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

//go:embed testdata/rsa2048.pem
var rsaPEM []byte

// machine is a small client instance.
type machine struct {
	t       *testing.T
	files   map[string]string
	env     map[string]string
	now     time.Time
	answers []string // to hidden questions, in turn
	cluster *cluster.Cluster
}

// result is what a line did.
type result struct {
	out, err string
	status   int
	notes    []voice.ID
}

func newMachine(t *testing.T) *machine {
	return &machine{t: t, files: map[string]string{}, env: map[string]string{}, now: time.Now()}
}

// run runs a line of words with blanks between them.
func (m *machine) run(line string) result { return m.runArgs("", strings.Fields(line)...) }

// pipe runs a line with standard input.
func (m *machine) pipe(in, line string) result { return m.runArgs(in, strings.Fields(line)...) }

func (m *machine) runArgs(in string, args ...string) (r result) {
	var out, errs strings.Builder
	r.status = Run(World{Secret: func() {},
		Args: args, In: bufio.NewReader(strings.NewReader(in)), Out: &out, Err: &errs,
		ReadFile: func(name string) ([]byte, error) {
			data, ok := m.files[name]
			if !ok {
				return nil, fs.ErrNotExist
			}
			return []byte(data), nil
		},
		WriteFile: func(name string, data []byte) error {
			m.files[name] = string(data)
			return nil
		},
		Env: func(name string) string { return m.env[name] },
		Ask: func(question string) (string, bool) {
			errs.WriteString(question)
			if len(m.answers) == 0 {
				return "", false
			}
			answer := m.answers[0]
			m.answers = m.answers[1:]
			errs.WriteString("\n")
			return answer, true
		},
		Now:     m.now.UnixMilli(),
		Note:    func(id voice.ID, args ...any) { r.notes = append(r.notes, m.note(id, args...)) },
		Cluster: func(f func(*cluster.Cluster)) { f(m.cluster) },
		Slow:    func(work func(context.Context)) { work(m.t.Context()) },
		Source:  readyRSA,
	})
	r.out, r.err = out.String(), errs.String()
	return r
}

// note checks that a note's blanks are all filled.
func (m *machine) note(id voice.ID, args ...any) voice.ID {
	_, known := voice.Lookup(id)
	require.True(m.t, known, "note %s", id)
	require.NotRegexp(m.t, `\{[a-z]+\}`, voice.Say(id, args...).String())
	return id
}

// good runs a line that ends well and returns what it printed.
func (m *machine) good(line string) string {
	m.t.Helper()
	r := m.run(line)
	require.Equal(m.t, 0, r.status, "%s: %s", line, r.err)
	return r.out
}

// readyRSA is a source of one ready-made key, so that tests need not search for primes.
var readyRSA = mech.Source{RSA: func(_ context.Context, bits int) (*rsa.PrivateKey, error) {
	block, _ := pem.Decode(rsaPEM)
	key, err := stdx509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil || bits != 2048 {
		return rsa.GenerateKey(nil, bits)
	}
	return key.(*rsa.PrivateKey), nil
}}
