package transcript

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBlanksStandForWhatIsDifferentEachTime(t *testing.T) {
	values := map[string]string{}
	require.True(t, match(values, "Key Handle: {{k=int}}\nKCV {{hex}}\n", "Key Handle: 27\nKCV 0a1b\n"))
	require.Equal(t, map[string]string{"k": "27"}, values)
	require.True(t, match(values, "{{k}} and {{any}}", "27 and x (y)"))
	require.False(t, match(values, "{{k}}", "28"), "a remembered value is the same again")
	require.False(t, match(values, "{{int}}", "2b"))
	require.False(t, match(values, "a.c", "abc"), "everything else is literal")
	require.False(t, match(values, "a\n", "a\n\n"), "blank lines count")
	require.True(t, match(values, "…\nc\n…\n", "a\n\nc\nd\n"))
	require.True(t, match(values, "…\nc\n…\n", "c\n"))
	require.False(t, match(values, "…\nc\n", "a\nb\n"))
}

func TestAPageMayDifferWhereItSaysSo(t *testing.T) {
	page := "one\ntwo  [ours: 2 | newest page]\nthree  [not ours | a slip]\nfour\n"
	require.Equal(t, "one\n2\nfour\n", ours(page))
}
