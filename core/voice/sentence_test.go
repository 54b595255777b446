package voice

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSentencesWithoutWordsToTypeAreLeftOut(t *testing.T) {
	note := Say(OptionsMissing, "command", "sign", "options", "-k", "line", "sign -k 7. x")
	require.Equal(t, "sign needs -k as well. A line that would work: sign -k 7. x.", note.String())
	require.Len(t, Sentences(note.Parts()), 2)
	require.Equal(t, "sign needs -k as well.", Say(OptionsMissing, "command", "sign", "options", "-k", "line", "").String())
	require.Equal(t, []Part{{Text: "a? "}, {Text: "b", Code: true}, {Text: " c."}},
		Keep([]Part{{Text: "a? "}, {Text: "b", Code: true}, {Text: " c. "}, {Text: "", Code: true}, {Text: " d."}}, blankless))
}
