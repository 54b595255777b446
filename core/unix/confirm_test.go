//go:build !js

package unix_test

import (
	"os/exec"
	"strings"
	"testing"

	"hsmplay/core/internal/snippet"
)

// The table of snippets is true of GNU's programs, but for the marked rows.
func TestRealProgramsAgree(t *testing.T) { snippet.Confirm(t, snippets) }

// Those about jq are in the words of its version 1.6.
func TestRealJqAgrees(t *testing.T) {
	version, err := exec.Command("jq", "--version").Output()
	if err != nil || strings.TrimSpace(string(version)) != "jq-1.6" {
		t.Skip("no jq 1.6 on this machine to compare with")
	}
	snippet.Confirm(t, jqSnippets)
}

// Those about strings are true of binutils' one.
func TestRealStringsAgrees(t *testing.T) {
	version, _ := exec.Command("strings", "--version").Output()
	if !strings.Contains(string(version), "Binutils") {
		t.Skip("no strings of binutils on this machine to compare with")
	}
	snippet.Confirm(t, stringsSnippets)
}
