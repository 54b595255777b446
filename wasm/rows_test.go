package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRowsReadAsTheyWere(t *testing.T) {
	rows := map[string]string{"node/0": `{"a":"b\\c"}`, "file/ä": "", "odd": "\x00\n\t\x7f<>&\u2028 😀", "plain": "x ~", "\"": `\`}
	long := `"` + strings.Repeat(`{"handle":6}`, 200)
	rows["node/0/keys/0"], rows["node/1/keys/0"], rows["node/2/keys/0"] = long, long, long+"\n" // the first two agree
	changes := map[string]*string{"gone": nil}
	for name, row := range rows {
		changes[name] = &row
	}
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
