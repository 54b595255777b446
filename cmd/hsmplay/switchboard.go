package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"syscall"

	"hsmplay/core/sim"
)

// guest is a program of the simulated client machine that `hsmplay install` puts on this one: it
// works on the world that the tools share, with the working directory for its home, and with this
// machine's /opt/cloudhsm/etc where there is one.
type guest struct {
	name string
	line func(args []string) string // what is typed at the simulated machine
	last string                     // typed when a signal ends the program, which stays until then; "" for one that ends by itself
}

// guests are all of them; a new one is a row here. What needs root there asks this machine's
// permission only.
var guests = []guest{
	{name: "hsm", line: func(args []string) string { return quoted("hsm", args...) }},
	{name: "configure", line: func(args []string) string { return "sudo " + quoted(instanceDir+"/bin/configure", args...) }},
	{name: "configure-cli", line: func(args []string) string { return "sudo " + quoted(instanceDir+"/bin/configure-cli", args...) }},
	{name: "cloudhsm-client", line: func(args []string) string { return "sudo service cloudhsm-client " + quoted("", args...) }},
	{name: "cloudhsm_client", line: func(args []string) string {
		if asksHelp(args) {
			return instanceDir + "/bin/cloudhsm_client --help"
		}
		return "sudo service cloudhsm-client start > /dev/null && journalctl -q -o cat -t cloudhsm_client"
	}, last: "sudo service cloudhsm-client stop"},
}

// asksHelp reports whether a program is asked what it does.
func asksHelp(args []string) bool {
	return len(args) > 0 && slices.Contains([]string{"-h", "-help", "--help"}, args[0])
}

// switchboard types the line of a guest in a terminal of the world that the tools share.
type switchboard struct {
	world *shared
	out   io.Writer
	notes io.Writer // nil: nobody wants them
}

// newSwitchboard lets a world have this machine's files. A directory that cannot be opened stays
// the simulated machine's.
func newSwitchboard(world *shared, out, notes io.Writer, etc string) *switchboard {
	if here, err := openDisk("."); err == nil {
		world.options.Disk = here
	}
	if there, err := openDisk(etc); err == nil {
		world.options.Etc = there
	}
	return &switchboard{world, out, notes}
}

// run types a guest's line and returns its exit status.
func (s *switchboard) run(g guest, args []string) (status int, err error) {
	ctx, stop := context.Background(), func() {}
	stays := g.last != "" && !asksHelp(args)
	if stays {
		ctx, stop = endedBy(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	}
	defer stop()
	turn, err := s.typed(ctx, g.line(args))
	if err != nil {
		return failed, err
	}
	_, lost := io.WriteString(s.out, turn.Text)
	if stays && turn.Status == done {
		<-ctx.Done()
		turn, err = s.typed(context.Background(), g.last)
		return turn.Status, err
	}
	if lost != nil {
		return failed, fmt.Errorf("the output is lost: %w", lost)
	}
	hint(s.notes, turn.Notes)
	return turn.Status, nil
}

// typed types a line, and saves the world.
func (s *switchboard) typed(ctx context.Context, line string) (turn sim.Turn, err error) {
	if err := s.world.take(ctx); err != nil {
		return turn, err
	}
	defer s.world.store.close()
	if _, err := s.world.refresh(); err != nil {
		return turn, err
	}
	terminal := s.world.Open("", 0).Terminal
	turn = s.world.Type(terminal, line)
	s.world.Close(terminal)
	return turn, s.world.save()
}

// quoted is a line whose words bash takes as they are; name "" stands for none.
func quoted(name string, args ...string) string {
	var words []string
	if name != "" {
		words = append(words, name)
	}
	for _, word := range args {
		words = append(words, "'"+strings.ReplaceAll(word, "'", `'\''`)+"'")
	}
	return strings.Join(words, " ")
}
