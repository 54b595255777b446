package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFaultsStandBesideWhatTheyBreak(t *testing.T) {
	const before = `package hsm

func (h *HSM) of(s string, more ...int) bool { return h.name == s && len(more) > 0 }

func put(to *int) {
	*to = 1
}

var rows = []int{1, 2}

const most = 4

func of(string) bool { return true }

func first[T any](all ...T) T { return all[0] }
`
	got, err := weave(before, map[int]mutant{
		1: {old: `h.name == s && len`, new: `len`},
		2: {old: `return h.name == s && len`, new: `return h.name != s && len`},
		3: {old: `= 1`, new: `= 2`},
		4: {old: `[]int{1, 2}`, new: `[]int{2, 2}`},
		5: {old: `, 2}`, new: `, 3}`},
		6: {old: `most = 4`, new: `most = 5`},
		7: {old: `return true`, new: `return false`},
		8: {old: `all[0]`, new: `all[1]`},
	})
	require.NoError(t, err)
	require.Equal(t, []int{6, 7}, got.whole)
	require.Equal(t, `package hsm

func (h *HSM) of(s string, more ...int) bool {`+
		` if mutantAwake == 1 { return h.ofMutant1(s, more...) };`+
		` if mutantAwake == 2 { return h.ofMutant2(s, more...) };`+
		` return h.name == s && len(more) > 0 }

func put(to *int) { if mutantAwake == 3 { putMutant3(to); return };
	*to = 1
}

var rows = mutantOr(4, []int{2, 2}, mutantOr(5, []int{1, 3}, []int{1, 2}))

const most = 4

func of(string) bool { return true }

func first[T any](all ...T) T { if mutantAwake == 8 { return firstMutant8[T](all...) }; return all[0] }

func (h *HSM) ofMutant1(s string, more ...int) bool { return len(more) > 0 }

func (h *HSM) ofMutant2(s string, more ...int) bool { return h.name != s && len(more) > 0 }

func putMutant3(to *int) {
	*to = 2
}

func firstMutant8[T any](all ...T) T { return all[1] }
`, got.text)
}

func TestWhichTestFailed(t *testing.T) {
	for _, row := range []struct{ out, test, how string }{
		{"--- FAIL: TestRights (0.00s)\n    --- FAIL: TestRights/officer (0.00s)\nFAIL\n", "TestRights", "TestRights"},
		{"panic: test timed out after 5m0s\n", "", "which did not end"},
		{"fatal error: stack overflow\n", "", "which died"},
	} {
		test, how := failed([]byte(row.out))
		require.Equal(t, []string{row.test, row.how}, []string{test, how}, row.out)
	}
}
