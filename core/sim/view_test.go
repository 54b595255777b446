package sim

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/view"
)

func TestAuditIsWhatHsmAuditShows(t *testing.T) {
	p := start(t, Options{Nodes: 2})
	p.do("genECCKeyPair -i 14 -l pair")
	shown := p.in().do("hsm audit 1 --all").Text
	rows := p.w.Audit()
	require.Equal(t, 0, rows[0].Node)
	text := ""
	for _, r := range rows {
		if r.Node == 1 {
			text += r.Text + "\n"
		}
	}
	require.Contains(t, shown, text)
	last := rows[len(rows)-1]
	require.Equal(t, view.AuditRow{ID: "audit-1-2", Node: 1, Seq: 2, Opcode: "CN_INSERT_MASKED_OBJECT_USER", Code: 0, Text: last.Text,
		Time: last.Time, Means: "a masked key was taken in", User: "example_user", Type: "CU", Keys: []uint32{7}}, last)
}

// A key says where it comes from, also one that was masked and comes back.
func TestOriginOfAKey(t *testing.T) {
	p := start(t, Options{Nodes: 1})
	require.NoError(t, p.w.Write("plain", make([]byte, 32)))
	origin := func(label string) string {
		for _, k := range p.w.Keys(0, p.n, 0, 0, label).Rows {
			return k.Origin
		}
		return ""
	}
	for _, row := range []struct{ line, label, origin string }{
		{"genSymKey -t 31 -s 32 -l first", "first", "generated"},
		{"imSymKey -f plain -t 31 -l second -w 4", "second", "imported"},
		{"genECCKeyPair -i 14 -l third", "third", "generated"},
		{"wrapKey -k 7 -w 6 -m 4 -out wrapped", "third", "generated"},
		{"unWrapKey -f wrapped -w 6 -m 4 -l fourth", "second", "imported"},
		{"exportPubKey -k 8 -out public", "third", "generated"},
		{"importPubKey -f public -l fifth", "fifth", "imported"},
		{"wrapKey -k 7 -w 6 -m 4 -out bare -noheader", "third", "generated"},
		{"unWrapKey -f bare -w 6 -m 4 -noheader -l sixth -kc 4 -kt 31", "sixth", "unwrapped"},
	} {
		require.Contains(t, p.do(row.line).Text, "0x00", row.line)
		require.Equal(t, row.origin, origin(row.label), row.line)
	}
	last := p.w.Keys(0, p.n, 0, 0, "sixth").Rows[0].Handle
	p.do(fmt.Sprintf("extractMaskedObject -o %d -out masked", last))
	p.do(fmt.Sprintf("deleteKey -k %d", last))
	p.do("insertMaskedObject -f masked")
	require.Equal(t, "unwrapped", origin("sixth"))
	w, err := Load(p.w.Save(), Options{})
	require.NoError(t, err)
	require.Equal(t, p.w.Keys(0, p.n, 0, 0, "").Rows, w.Keys(0, p.n, 0, 0, "").Rows)
}
