package openssl

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// Sections that name each other twice would double with each level, 2⁵⁰ values in the end.
func TestSectionsThatDoubleAreRefused(t *testing.T) {
	conf := config{"s49": {{"a", "NULL"}}}
	for i := range 49 {
		next := fmt.Sprintf("SEQUENCE:s%d", i+1)
		conf[fmt.Sprintf("s%d", i)] = []setting{{"a", next}, {"b", next}}
	}
	_, wrong := asn1Value("SEQUENCE:s0", conf, 0)
	require.NotNil(t, wrong)
	made, wrong := asn1Value("SEQUENCE:s45", conf, 0)
	require.Nil(t, wrong)
	require.Len(t, made, 2*(2*(2*(2*4+2)+2)+2)+2)
}
