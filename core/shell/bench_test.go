package shell_test

import (
	"fmt"
	"testing"

	"hsmplay/core/shell"
)

// long lets a benchmark run as long as it wants.
func long(o *shell.Options) { o.Limits.Steps, o.Limits.Output, o.Limits.Piped = 1<<50, 1<<50, 1<<50 }

func BenchmarkToolLine(b *testing.B) {
	term, _ := newWorld(long).Open("", 80)
	term.Type("fake")
	for b.Loop() {
		term.Type("say x")
	}
}

func BenchmarkLoop(b *testing.B) {
	for name, body := range map[string]string{"nothing": ":", "singlecmd": "fake singlecmd say $i > /dev/null", "pipe": "echo $i | cat > /dev/null"} {
		b.Run(name, func(b *testing.B) {
			term, _ := newWorld(long).Open("", 80)
			term.Type(fmt.Sprintf("for ((i=0; i<%d; i++)); do %s; done", b.N, body))
		})
	}
}
