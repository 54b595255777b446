package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestALineInOtherWords(t *testing.T) {
	t.Setenv("HSMPLAY_STATE", t.TempDir()+"/world")
	t.Setenv("HSMPLAY_HINTS", "0")
	var out, errs bytes.Buffer
	status := run(context.Background(), host{strings.NewReader(""), &out, &errs}, []string{"same", "deleteKey", "-k", "9"})
	require.Equal(t, done, status, errs.String())
	require.Contains(t, out.String(), "    key delete --filter key-reference=0x0000000000000009\n")

	out.Reset()
	status = run(context.Background(), host{strings.NewReader(""), &out, &errs}, []string{"same", "deleteKye"})
	require.Equal(t, 1, status)
	require.Equal(t, "same: no tool has the command deleteKye\n", out.String())
}
