//go:build !js

package shell_test

import (
	"testing"

	"hsmplay/core/internal/snippet"
)

// The table of snippets is true of real bash, but for the marked rows.
func TestRealBashAgrees(t *testing.T) { snippet.Confirm(t, snippets) }
