package main

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// switchboard is the playground's own command `hsm` on the world that the tools share, for scripts that test what happens when
// an HSM is down.
type switchboard struct {
	world *shared
	out   io.Writer
	notes io.Writer // nil: nobody wants them
}

// run types the command in a terminal of its own and returns its exit status.
func (s *switchboard) run(ctx context.Context, args []string) (status int, err error) {
	if err := s.world.take(ctx); err != nil {
		return failed, err
	}
	defer s.world.store.close()
	if _, err := s.world.refresh(); err != nil {
		return failed, err
	}
	terminal := s.world.Open("", 0).Terminal
	turn := s.world.Type(terminal, quoted(append([]string{switchboardName}, args...)))
	s.world.Close(terminal)
	if err := s.world.save(); err != nil {
		return failed, err
	}
	if _, err := io.WriteString(s.out, turn.Text); err != nil {
		return failed, fmt.Errorf("the output is lost: %w", err)
	}
	hint(s.notes, turn.Notes)
	return turn.Status, nil
}

// quoted is a line whose words bash takes as they are.
func quoted(words []string) string {
	for i, word := range words {
		words[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return strings.Join(words, " ")
}
