//go:build !js

package snippet

import (
	"context"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// lineNumber is what bash puts before the messages of a script, and not before those of typed
// lines.
var lineNumber = regexp.MustCompile(`(?m)^(bash: )(?:-c: )?line \d+: `)

// shownLine is the line of a script that bash shows with a syntax error, and not with one of a
// typed line.
var shownLine = regexp.MustCompile("(?m)^bash: (?:-c: )?line \\d+: `.*'\n")

// timed is what `time` measures; in the simulated machine nothing takes time.
var timed = regexp.MustCompile(`(?m)^(real|user|sys)(\t0m)\d+\.\d+s$`)

// Confirm compares a table with the machine's real bash and programs, but for the marked rows.
func Confirm(t *testing.T, file string) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash on this machine to compare with")
	}
	for _, row := range Read(t, file) {
		if row.Differs == "" {
			assert.Equal(t, theirs(t, bash, row.In), row.Want, row.In)
		}
	}
}

// theirs runs a snippet in real bash.
func theirs(t *testing.T, bash, in string) string {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	dir := t.TempDir()
	cmd := exec.CommandContext(ctx, bash, "--norc", "-c", in)
	cmd.Dir, cmd.Env = dir, []string{"PATH=/usr/bin:/bin", "HOME=" + dir, "LC_ALL=C.UTF-8", "TZ=UTC"}
	out, _ := cmd.CombinedOutput()
	text := strings.ReplaceAll(string(out), "’", "'")
	text = strings.ReplaceAll(text, "‘", "'")
	text = strings.ReplaceAll(text, bash+": ", "bash: ")
	text = shownLine.ReplaceAllString(text, "")
	text = timed.ReplaceAllString(text, "$1${2}0.000s")
	return printed(lineNumber.ReplaceAllString(text, "$1"), cmd.ProcessState.ExitCode())
}
