//go:debug cryptocustomrand=1

// Command hsmplay is the playground outside the browser: in this terminal, as a program that types
// a script, and as the server of the page. See `hsmplay -h`.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
)

// Exit statuses.
const (
	done        = 0
	failed      = 1
	misused     = 2
	interrupted = 130
)

// host is the world around the program. Everything it does goes through here, so that a test can be
// its host.
type host struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

// verb is one way to run the program.
type verb struct {
	name   string // "" is what runs without a word
	syntax string
	means  string
	run    func(context.Context, host, []string) int
}

// verbs are all of them; a new one is a row here.
func verbs() []verb {
	return []verb{
		{"", "", "a client machine with three simulated HSMs, in this terminal", play},
		{"exec", "[-transcript] [-nodes N] [-seed S] [-clock TIME] [-dir DIR] [-state FILE] [FILE|-]", "types each line of FILE, or of standard input, at its terminal", execute},
		{"install", "DIR", "puts the tools, the daemon and the command hsm into DIR, for scripts on this machine's files", install},
		{"lesson", "list | play NAME|FILE | check DIR|FILE... | new NAME", "lists the course, plays a lesson, proves lessons, or writes the beginning of one", lessons},
		{"same", "[LINE]", "says a tool's line in the words of the other tools, of PKCS#11 and of OpenSSL", inOtherWords},
		{"serve", "[-addr HOST:PORT] [-site DIR]", "serves the built page", serve},
		{"version", "", "says which version this is", showVersion},
		{"notices", "", "shows the licences of what this program is made of", showNotices},
	}
}

func main() {
	if name, ok := calledAs(os.Args[0]); ok { // it is ended by signals, as programs are that know nothing of them
		os.Exit(actAs(name, host{os.Stdin, os.Stdout, os.Stderr}, os.Args[1:]))
	}
	ctx, stop := endedBy(context.Background(), syscall.SIGTERM, syscall.SIGHUP)
	status := run(ctx, host{os.Stdin, os.Stdout, os.Stderr}, os.Args[1:])
	stop()
	os.Exit(status)
}

// run picks the verb and returns the exit status.
func run(ctx context.Context, h host, args []string) int {
	name := ""
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	switch name {
	case "-h", "-help", "--help", "help":
		return verb{run: showHelp}.heard(ctx, h, nil)
	}
	for _, v := range verbs() {
		if v.name == name {
			return v.heard(ctx, h, args)
		}
	}
	return h.misuse("", fmt.Errorf("%q is not something it does", name))
}

// heard runs a verb. What it says and nobody gets is a failure.
func (v verb) heard(ctx context.Context, h host, args []string) int {
	out := &outlet{Writer: h.out}
	status := v.run(ctx, host{h.in, out, h.err}, args)
	if err := out.lost(); err != nil && status == done {
		return h.fail(v.name, err)
	}
	return status
}

// showHelp is the verb help.
func showHelp(_ context.Context, h host, _ []string) int {
	fmt.Fprint(h.out, help())
	return done
}

// help is what -h prints.
func help() string {
	var b strings.Builder
	b.WriteString("hsmplay is a playground for the command line tools of a CloudHSM cluster.\n\n")
	for _, v := range verbs() {
		fmt.Fprintf(&b, "  %s\n        %s\n", strings.TrimSpace("hsmplay "+v.name+" "+v.syntax), v.means)
	}
	b.WriteString(`
In the lines that exec types, "@2 LINE" goes to terminal 2, "@^C" is Ctrl-C and "@^D" Ctrl-D
("@2 @^C" in terminal 2). The playground's notes go to standard error as "hint: ...". With the same
-seed and -clock (2026-11-29T12:00:00Z) everything comes out the same, keys too where no world is kept.
Output that is lost ends exec with 1; one that was closed before it began (>&-) counts as /dev/null.

Installed tools share the world in $HSMPLAY_STATE, else in hsmplay/world under $XDG_STATE_HOME or
~/.local/state. They give notes on a terminal, or with HSMPLAY_HINTS=1; with HSMPLAY_HINTS=0 nobody does, exec
neither.
`)
	return b.String()
}

// misuse says what is wrong with the arguments and returns the status for it.
func (h host) misuse(verb string, err error) int {
	fmt.Fprintf(h.err, "%s: %v\nSee hsmplay -h\n", strings.TrimSpace("hsmplay "+verb), err)
	return misused
}

// fail says why the program could not do it and returns the status for it.
func (h host) fail(verb string, err error) int {
	fmt.Fprintf(h.err, "%s: %v\n", strings.TrimSpace("hsmplay "+verb), err)
	return failed
}

// parse reads a verb's flags. false: the program is over, with the status.
func (h host) parse(flags *flag.FlagSet, args []string) (status int, ok bool) {
	flags.SetOutput(io.Discard)
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(h.out, help())
		return done, false
	case err != nil:
		return h.misuse(flags.Name(), err), false
	}
	return done, true
}
