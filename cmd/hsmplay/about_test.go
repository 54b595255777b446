package main

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// say runs a verb that prints something and ends well.
func say(t *testing.T, words ...string) string {
	t.Helper()
	var out, complaints strings.Builder
	status := run(context.Background(), host{strings.NewReader(""), &out, &complaints}, words)
	require.Equal(t, []any{done, ""}, []any{status, complaints.String()})
	return out.String()
}

func TestTheProgramTellsItsVersion(t *testing.T) {
	require.Regexp(t, `^hsmplay \S+ \(`+runtime.Version()+", "+runtime.GOOS+"/"+runtime.GOARCH+`\)\n$`, say(t, "version"))
	version = "v1.2.3"
	defer func() { version = "" }()
	require.True(t, strings.HasPrefix(say(t, "version"), "hsmplay v1.2.3 ("))
}

// TestNoticesNameWhatIsShipped fails when a module or package comes, goes or changes: then
// `make notices` is due.
func TestNoticesNameWhatIsShipped(t *testing.T) {
	want := []string{"hsmplay", "Go's runtime and standard library"}
	for _, program := range [][]string{{runtime.GOOS, runtime.GOARCH, "."}, {"js", "wasm", "../../wasm"}} {
		list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}} {{.Version}}{{end}}", program[2])
		list.Env = append(os.Environ(), "GOOS="+program[0], "GOARCH="+program[1])
		out, err := list.Output()
		require.NoError(t, err)
		for line := range strings.Lines(string(out)) {
			if name := strings.TrimSpace(line); strings.Contains(name, " ") {
				want = append(want, name)
			}
		}
	}
	data, err := os.ReadFile("../../package.json")
	require.NoError(t, err)
	var about struct{ Dependencies map[string]string }
	require.NoError(t, json.Unmarshal(data, &about))
	for name, version := range about.Dependencies {
		want = append(want, name+" "+version)
	}
	slices.Sort(want)

	var got []string
	for line := range strings.Lines(say(t, "notices")) {
		if name, ok := strings.CutPrefix(line, "== "); ok {
			got = append(got, strings.TrimSpace(name))
		}
	}
	slices.Sort(got)
	require.Equal(t, slices.Compact(want), got, "run make notices")
}
