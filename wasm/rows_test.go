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
	text := encode(withRows{fields{"seq": 3}, changes})
	var got map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &got))
	fill(got["rows"])
	require.Equal(t, 3.0, got["seq"])
	for name, row := range rows {
		require.Equal(t, row, got["rows"].(map[string]any)[name], name)
	}
	require.Len(t, got["rows"], len(changes))
	require.Nil(t, got["rows"].(map[string]any)["gone"])
	require.Contains(t, text, `"node/1/keys/0":{"as":"node/0/keys/0"}`)
	require.Equal(t, "{\"rows\":{}}\n", encode(withRows{fields{}, map[string]*string{}}))
	require.Equal(t, "{\"seq\":3}\n", encode(withRows{fields{"seq": 3}, nil}))
	require.Equal(t, "{}\n", encode(withRows{fields{}, nil}))
}

// fill does what the page does with rows that stand at another.
func fill(rows any) {
	told, _ := rows.(map[string]any)
	for name, row := range told {
		if same, ok := row.(map[string]any); ok {
			told[name] = told[same["as"].(string)]
		}
	}
}
