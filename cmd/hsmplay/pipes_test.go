//go:build !windows

package main

import (
	"os"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// fifo makes a named pipe and returns its path.
func (p place) fifo(name string) string {
	p.t.Helper()
	require.NoError(p.t, syscall.Mkfifo(p.path(name), 0o600))
	return p.path(name)
}

func TestNobodyWaitsForAPipeThatIsRead(t *testing.T) {
	p := installed(t)
	require.Equal(t, done, p.single("genECCKeyPair", "-i", "2", "-l", "pair").status)
	require.Equal(t, done, p.single("exportPubKey", "-k", "6", "-out", "public.pem").status)
	public, err := os.ReadFile(p.path("public.pem"))
	require.NoError(t, err)

	pipe := p.fifo("pipe")
	reads := p.command("", "bin/key_mgmt_util", "singlecmd", "loginHSM", "-u", "CU", "-s", "example_user", "-p", "aws",
		"importPubKey", "-l", "piped", "-f", "pipe")
	said := &screenOf{}
	reads.Stdout = said
	require.NoError(t, reads.Start())
	writer, err := os.OpenFile(pipe, os.O_WRONLY, 0) // comes back when the tool has opened it
	require.NoError(t, err)
	require.Equal(t, done, p.single("genSymKey", "-t", "31", "-s", "32", "-l", "meanwhile").status)
	_, err = writer.Write(public)
	require.NoError(t, err)
	require.NoError(t, writer.Close())
	require.NoError(t, reads.Wait())
	require.Contains(t, said.String(), "Public Key Handle: 9", "behind the key that was made meanwhile")
	require.Equal(t, []string{"1", "1"}, []string{p.keys("piped"), p.keys("meanwhile")})
}

func TestNobodyWaitsForAPipeThatIsWritten(t *testing.T) {
	p := installed(t)
	require.Equal(t, done, p.single("genECCKeyPair", "-i", "2", "-l", "pair").status)
	pipe := p.fifo("pipe")
	writes := p.command("", "bin/key_mgmt_util", "singlecmd", "loginHSM", "-u", "CU", "-s", "example_user", "-p", "aws",
		"exportPubKey", "-k", "6", "-out", "pipe")
	require.NoError(t, writes.Start())
	require.Equal(t, done, p.single("genSymKey", "-t", "31", "-s", "32", "-l", "meanwhile").status)
	data, err := os.ReadFile(pipe)
	require.NoError(t, err)
	require.NoError(t, writes.Wait())
	require.Contains(t, string(data), "BEGIN PUBLIC KEY")
	require.Equal(t, "1", p.keys("meanwhile"))
}
