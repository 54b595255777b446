package shell

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// An expression goes no deeper into itself than the page's stack has room for, whatever it goes
// deeper by; what stands side by side has no limit.
func TestExpressionsHaveADepth(t *testing.T) {
	nothing := func(string, string) (string, bool) { return "", false }
	no := func(string) bool { return false }
	for _, deeper := range []string{"(", "-", "! ", "2**", "1?", "1?1:", "a=", "a+="} {
		_, failed := (&scope{get: nothing, words: no, fixed: no}).calculate(strings.Repeat(deeper, 9000) + "1")
		if assert.NotNil(t, failed, deeper) {
			assert.Contains(t, failed.text, ": expression recursion level exceeded (error token is ", deeper)
		}
	}
	n, failed := (&scope{get: nothing}).calculate(strings.Repeat("1+", 9000) + strings.Repeat("(", 50) + "1" + strings.Repeat(")", 50))
	assert.Nil(t, failed)
	assert.Equal(t, int64(9001), n)
}
