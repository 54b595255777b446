// Package openssl is the client instance's openssl: the few subcommands that people use around the
// tools of a CloudHSM cluster, with real cryptography and in OpenSSL 3.0's own wording. It is a
// small part of the real one and says so: what it lacks it refuses, with a note that names what it
// has. The engine cloudhsm signs inside the cluster.
//
// Begin with the table in commands.go. A subcommand is a row there and a function of a [call]; what
// it prints to standard error and why it ends is a [refusal]. style.go has how a line is read and
// refused.
package openssl

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

// World is what openssl needs of the machine it runs on. All of it is called without the world's
// lock.
type World struct {
	Args     []string // behind the program's name
	In       *bufio.Reader
	Out, Err io.Writer
	// ReadFile and WriteFile are the file system; their errors satisfy errors.Is with io/fs's.
	ReadFile  func(name string) ([]byte, error)
	WriteFile func(name string, data []byte) error
	Names     func(prefix string) []string // of files, for completion; nil: nobody asks
	Env       func(name string) string     // "" for a variable that is not set
	Now       int64                        // milliseconds since 1970
	// Ask asks for a hidden answer on the terminal, false for none; nil: there is no terminal.
	Ask     func(question string) (answer string, ok bool)
	Note    func(id voice.ID, args ...any)       // says something in the playground's voice
	Cluster func(func(*cluster.Cluster))         // runs a function under the world's lock
	Slow    func(work func(ctx context.Context)) // runs long work that a learner can interrupt
	Secret  func()                               // is called before something is computed with a private key, or a key from a phrase; a rehearsal ends there
	Source  mech.Source                          // where key material comes from
}

// refusal ends a subcommand before its end: what standard error gets, what the playground says, and
// the exit status.
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

// exit is the exit status.
func (r *refusal) exit() int { return max(1, r.status) }

// notes are what the playground says of a refusal; none is an empty list.
func (r *refusal) notes() []voice.Note {
	if r.id == "" {
		return []voice.Note{}
	}
	return []voice.Note{voice.Say(r.id, r.args...)}
}

func (r *refusal) outcome() command.Outcome {
	return command.Outcome{Errors: r.text, Notes: r.notes(), Err: r, Status: r.exit()}
}

// asRefusal is any error as a refusal.
func asRefusal(err error) *refusal {
	var r *refusal
	if errors.As(err, &r) {
		return r
	}
	return refuse("%s", err)
}

// Run runs one line and returns its exit status.
func Run(w World) int {
	if len(w.Args) == 0 {
		io.WriteString(w.Err, table.Usage())
		return 0
	}
	m := table.MatchWords(named(w.Args))
	if m.Help {
		io.WriteString(w.Err, table.Usage(m.Path))
		return 0
	}
	out := table.Carry(&call{World: w, name: m.Path}, m)
	io.WriteString(w.Err, out.Errors)
	if line := inOrder(m.Path, w.Args); out.Status != 0 && len(out.Notes) == 0 && line != "" {
		w.Note(voice.OpenSSLOrder, "line", line)
	}
	for _, n := range out.Notes {
		var args []any
		for _, arg := range n.Args {
			args = append(args, arg)
		}
		w.Note(n.ID, args...)
	}
	return out.Status
}

// named takes the dashes off the commands that may have some: openssl -version.
func named(args []string) []string {
	switch name := strings.TrimLeft(args[0], "-"); name {
	case "help", "version", "v":
		return append([]string{name}, args[1:]...)
	}
	return args
}

// Complete lists what may stand at the cursor of the words behind the program's name; cursor counts
// bytes. names lists files.
func Complete(names func(prefix string) []string, line string, cursor int) command.Completion {
	return table.Complete(&call{World: World{Names: names}}, line, cursor)
}

// Explain ties the words behind the program's name to their meaning.
func Explain(names func(prefix string) []string, line string, cursor int) command.Explanation {
	return table.Explain(&call{World: World{Names: names}}, line, cursor)
}
