package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRowsReadAsTheyWere(t *testing.T) {
	rows := map[string]string{"node/0": `{"a":"b\\c"}`, "file/ä": "", "odd": "\x00\n\t\x7f<>&\u2028 😀", "plain": "x ~", "\"": `\`}
	changes := pointers(rows)
	changes["gone"] = nil
	var got struct {
		Seq  int
		Rows map[string]*string
	}
	require.NoError(t, json.Unmarshal([]byte(encode(withRows{fields{"seq": 3}, changes})), &got))
	require.Equal(t, 3, got.Seq)
	require.Equal(t, changes, got.Rows)
	require.Equal(t, "{\"rows\":{}}\n", encode(withRows{fields{}, map[string]*string{}}))
	require.Equal(t, "{\"seq\":3}\n", encode(withRows{fields{"seq": 3}, nil}))
	require.Equal(t, "{}\n", encode(withRows{fields{}, nil}))
}
