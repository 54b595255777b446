// Package openssl is the client instance's openssl: the few subcommands that people use around the tools of a CloudHSM
// cluster, with real cryptography and in OpenSSL 3.0's own wording. It is a small part of the real one and says so: what it
// lacks it refuses, with a note that names what it has. The engine cloudhsm signs inside the cluster.
//
// Begin with the table in commands.go. A subcommand is a row there and a function of a [call]; what it prints to standard
// error and why it ends is a [refusal].
package openssl

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

// World is what openssl needs of the machine it runs on. All of it is called without the world's lock.
type World struct {
	Args     []string // behind the program's name
	In       *bufio.Reader
	Out, Err io.Writer
	// ReadFile and WriteFile are the file system; their errors satisfy errors.Is with io/fs's.
	ReadFile  func(name string) ([]byte, error)
	WriteFile func(name string, data []byte) error
	Env       func(name string) string             // "" for a variable that is not set
	Now       int64                                // milliseconds since 1970
	Note      func(id voice.ID, args ...any)       // says something in the playground's voice
	Cluster   func(func(*cluster.Cluster))         // runs a function under the world's lock
	Slow      func(work func(ctx context.Context)) // runs long work that a learner can interrupt
	RSA       mech.RSASource                       // where RSA keys come from; nil is the Go library
}

// refusal ends a subcommand before its end: what standard error gets, what the playground says, and the exit status.
type refusal struct {
	text   string
	id     voice.ID // "" for no note
	args   []any
	status int // 0 stands for 1
}

// Error returns what standard error gets.
func (r *refusal) Error() string { return r.text }

// refuse is a refusal in OpenSSL's own words; a line end is added.
func refuse(format string, args ...any) *refusal {
	return &refusal{text: fmt.Sprintf(format+"\n", args...)}
}

// because adds the playground's reason.
func (r *refusal) because(id voice.ID, args ...any) *refusal {
	r.id, r.args = id, args
	return r
}

// Run runs one line and returns its exit status.
func Run(w World) int {
	err := dispatch(w)
	var r *refusal
	switch {
	case err == nil:
		return 0
	case !errors.As(err, &r):
		fmt.Fprintf(w.Err, "%s\n", err)
		return 1
	}
	io.WriteString(w.Err, r.text)
	if r.id != "" {
		w.Note(r.id, r.args...)
	}
	return max(1, r.status)
}

// dispatch finds the subcommand and runs it.
func dispatch(w World) error {
	if len(w.Args) == 0 {
		return help(&call{World: w})
	}
	name := w.Args[0]
	if strings.HasPrefix(name, "-") && strings.Trim(name, "-") != "" {
		name = strings.TrimLeft(name, "-")
		if name != "help" && name != "version" && name != "v" {
			return unknownCommand(w.Args[0])
		}
	}
	for _, row := range commands() {
		if row.name == name || slices.Contains(row.also, name) {
			c, err := row.parse(w, name)
			if err != nil {
				return err
			}
			if c.has("help") {
				row.usageText(w.Err)
				return nil
			}
			return c.finish(row.run(c))
		}
	}
	return unknownCommand(name)
}

// finish says that the cluster has signed, once it has.
func (c *call) finish(err error) error {
	if err == nil && c.inside != nil {
		c.Note(voice.EngineSigned, c.inside...)
	}
	return err
}

// unknownCommand words what the real one says, and adds what the playground has.
func unknownCommand(name string) error {
	r := refuse("Invalid command '%s'; type \"help\" for a list.", name)
	near := command.Nearest(name, commandNames())
	if near.How != command.Far && near.How != command.Several && len(near.Names) == 1 {
		return r.because(voice.OpenSSLUnknown, "what", voice.Word(name), "near", near.Names[0])
	}
	return r.because(voice.OpenSSLLacks, "what", voice.Word(name), "commands", strings.Join(commandNames(), " "))
}
