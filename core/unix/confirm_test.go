//go:build !js

package unix_test

import (
	"testing"

	"hsmplay/core/internal/snippet"
)

// The table of snippets is true of GNU's programs, but for the marked rows.
func TestRealProgramsAgree(t *testing.T) { snippet.Confirm(t, snippets) }
