package voice

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEveryNoteHasItsOwnID(t *testing.T) {
	seen := map[ID]bool{}
	for _, row := range Table {
		assert.False(t, seen[row.ID], "twice: %s", row.ID)
		assert.Regexp(t, `^[a-z]+\.[a-z0-9-]+$`, string(row.ID))
		seen[row.ID] = true
	}
}

// The style of the notes, as far as a test can see it.
func TestNotesAreShortAndCalm(t *testing.T) {
	sentence := regexp.MustCompile(`[.?](\s|$)`)
	for _, row := range Table {
		assert.NotContains(t, row.Text, "!", row.ID)
		assert.NotRegexp(t, `(?i)\b(simply|please|just|oops|sorry|wrongly)\b`, row.Text, row.ID)
		assert.LessOrEqual(t, len(sentence.FindAllString(row.Text, -1)), 3, "%s: %s", row.ID, row.Text)
		assert.Zero(t, strings.Count(row.Text, "`")%2, "%s opens code and does not close it", row.ID)
	}
}

func TestValuesNeverOpenCode(t *testing.T) {
	n := Say(IDTaken, "id", "a`b{id}`c")
	var code []string
	for _, p := range n.Parts() {
		if p.Code {
			code = append(code, p.Text)
		}
	}
	require.Equal(t, []string{"a`b{id}`c", "findKey -id a`b{id}`c"}, code)
}

// TestSentencesHoldNoNames: another vendor's tools are called otherwise.
func TestSentencesHoldNoNames(t *testing.T) {
	for _, row := range Table {
		assert.NotRegexp(t, `key_mgmt_util|cloudhsm_mgmt_util|/opt/cloudhsm`, row.Text, row.ID)
	}
	require.Contains(t, Say(OnlyCryptoUsers).String(), "Officers work in cloudhsm_mgmt_util")
	require.Contains(t, Say(NeedsSudo, "command", "configure").String(), "sudo /opt/cloudhsm/bin/configure may")
}

func TestUnknownNoteShowsItsID(t *testing.T) {
	require.Equal(t, "no.such", Say("no.such").String())
}
