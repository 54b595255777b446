package sim

import (
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
	require.Equal(t, view.AuditRow{ID: "audit-1-2", Node: 1, Seq: 2, Opcode: "CN_INSERT_MASKED_OBJECT_USER", Code: 0, Text: last.Text}, last)
}
