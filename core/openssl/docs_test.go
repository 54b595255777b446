package openssl

import (
	"strings"
	"testing"

	"hsmplay/core/command"
	"hsmplay/core/internal/transcript"
)

//go:generate go test -run TestTheReferenceIsWhatTheTableSays -update

// TestTheReferenceIsWhatTheTableSays compares docs/commands/openssl.md with the table.
func TestTheReferenceIsWhatTheTableSays(t *testing.T) {
	page := "# openssl\n\nThe playground's openssl is a small part of the real one, made from the table of commands in core/openssl.\n"
	for _, s := range table.Specs {
		if !s.Hidden {
			syntax := strings.TrimSpace("openssl " + s.Name + " [options] " + s.Tail)
			page += "\n#" + command.Reference(s, syntax)
		}
	}
	transcript.Golden(t, "../../docs/commands/openssl.md", page)
}
