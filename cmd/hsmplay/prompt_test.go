package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is printed byte by byte comes out as what is printed at once.
func TestAPromptIsPrintedOnce(t *testing.T) {
	for name, row := range map[string]struct{ printed, want string }{
		"a short line":         {"> ls\n", "> ls\n"},
		"a long line":          {"> ab\x1b[1G> {b\x1b[0K\x1b[5G", "> ab\x1b[1G\x1b[2C{b\x1b[0K\x1b[5G"},
		"without CHA":          {"> ab\r> {b\x1b[0K\r\x1b[4C\r> {c", "> ab\r\x1b[2C{b\x1b[0K\r\x1b[4C\r\x1b[2C{c"},
		"below a list":         {"> l\nls less\n\x1b[1G> l", "> l\nls less\n\x1b[1G> l"},
		"on a cleared screen":  {"> l\x1b[H\x1b[2J\x1b[1G> l\x1b[1G> l", "> l\x1b[H\x1b[2J\x1b[1G> l\x1b[1G\x1b[2Cl"},
		"over another prompt":  {"> \x1b[1G(search): \x1b[1G> ls", "> \x1b[1G(search): \x1b[1G> ls"},
		"a sign that is alike": {"> \x1b[1G>x\x1b[1", "> \x1b[1G>x\x1b[1"},
	} {
		for _, size := range []int{1, 3, 100} {
			var out strings.Builder
			once := &promptOnce{to: &out, prompt: []byte("> "), there: true}
			for rest := row.printed; rest != ""; rest = rest[min(size, len(rest)):] {
				_, err := once.Write([]byte(rest[:min(size, len(rest))]))
				require.NoError(t, err)
			}
			require.Equal(t, row.want, out.String()+string(once.held), name)
		}
	}
}

// What the editor prints is there before its line is.
func TestTheScreenIsWrittenBeforeALineIsReturned(t *testing.T) {
	from, to, err := os.Pipe()
	require.NoError(t, err)
	was := os.Stdout
	os.Stdout = to
	defer func() { os.Stdout = was }()
	line, err := onceAsked("> ", func(prompt string) (string, error) {
		fmt.Print(prompt, "\x1b[1G"+prompt, "x\n")
		return "x", errors.New("over")
	})
	require.EqualError(t, err, "over")
	require.Equal(t, "x", line)
	require.Equal(t, to, os.Stdout)
	to.Close()
	said := make([]byte, 100)
	n, _ := from.Read(said)
	require.Equal(t, "> \x1b[1G\x1b[2Cx\n", string(said[:n]))
}
