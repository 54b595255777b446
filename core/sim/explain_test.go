package sim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestExplain(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	for line, want := range map[string]string{
		"explain 0xb3":            "0xb3  HSM Error: This operation violates",
		"explain 0xa8":            "\nPage:  codes/0xa8.html\n",
		"explain b3":              "0xb3  HSM Error: This operation violates",
		"explain kcv":             "KCV, key check value, check value\nThe key check value:",
		"explain token key":       "token key, persistent key\n",
		"explain OBJ_ATTR_SIGN":   "OBJ_ATTR_SIGN (264)  CKA_SIGN sign\nMeans: may sign\n",
		"explain cka_verify":      "OBJ_ATTR_VERIFY (266)",
		"explain wrap-with-trust": "explain: no term wrap-with-trust is known\n",
	} {
		require.Contains(t, p.do(line).Text, want, line)
	}
	near := p.w.Type(p.n, "explain KVC")
	require.Equal(t, "sim.nearest-term", string(near.Notes[0].ID))
	require.Equal(t, 1, near.Status)
	require.Equal(t, "sim.codes-are", string(p.w.Type(p.n, "explain 0x999").Notes[0].ID))
}

// Terms, attributes and codes are completed, in whatever case, and with blanks in them.
func TestExplainIsCompleted(t *testing.T) {
	w := New(Options{})
	n := w.Open("", 80).Terminal
	words := func(line string) (list []string) {
		for _, c := range w.Complete(n, line, len(line)).Choices {
			list = append(list, c.Word)
		}
		return list
	}
	require.Equal(t, []string{"token", "token file", "token key"}, words("explain tok"))
	require.Equal(t, []string{"token key"}, words("explain token k"))
	require.Equal(t, []string{"OBJ_ATTR_SIGN"}, words("explain OBJ_ATTR_SIGN"))
	require.Equal(t, []string{"0xb3"}, words("explain 0xb"))
	require.Equal(t, "A key that stays until it is deleted and is on every HSM of the cluster.", w.Explain(n, "explain token key", 17).Means)
}

// The page marks words of three tables.
func TestTermsAreOfThreeTables(t *testing.T) {
	found := map[string]TermRow{}
	for _, row := range Terms() {
		found[row.Term] = row
	}
	require.Contains(t, found["CU"].Means, "Crypto user")
	require.Contains(t, found["OBJ_ATTR_EXTRACTABLE"].Means, "Attribute 354: ")
	require.Equal(t, []string{"CKA_EXTRACTABLE"}, found["OBJ_ATTR_EXTRACTABLE"].Also)
	require.Contains(t, found["0xb3"].Means, "FIPS policies. The HSM refuses this by policy")
}
