package glossary

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTermsAreFound(t *testing.T) {
	for _, word := range []string{"KCV", "kcv", "key check value", "Key-Check-Value", "token keys", "m_value", " HSMs"} {
		_, ok := Lookup(word)
		require.True(t, ok, word)
	}
	row, _ := Lookup("crypto user")
	require.Equal(t, "CU", row.Term)
	_, ok := Lookup("nothing")
	require.False(t, ok)
	_, ok = Lookup("")
	require.False(t, ok)
}

func TestEveryTermIsOneCalmSentence(t *testing.T) {
	seen := map[string]string{}
	for _, row := range Table {
		assert.True(t, strings.HasSuffix(row.Means, "."), row.Term)
		assert.NotContains(t, strings.TrimSuffix(row.Means, "."), ". ", "%s is one sentence", row.Term)
		assert.LessOrEqual(t, len(row.Means), 170, row.Term)
		assert.NotEmpty(t, row.Source, row.Term)
		for _, word := range row.Words() {
			assert.Empty(t, seen[plain(word)], "%s is also of %s", word, row.Term)
			seen[plain(word)] = row.Term
		}
	}
	terms := Terms()
	folded := slices.Clone(terms)
	slices.SortFunc(folded, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	require.Equal(t, folded, terms, "by alphabet")
}
