package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// prelude logs in, with one of three HSMs stopped.
const prelude = "hsm stop 2\nkey_mgmt_util\nloginHSM -u CU -s example_user -p aws\n"

func TestAWaitWithAnEndJumpsThere(t *testing.T) {
	r := hsmplay(t, prelude+"genECCKeyPair -i 14 -l three -min_srv 3 -timeout 5\nfindKey -l three\n", "exec")
	require.Equal(t, done, r.status)
	require.NotContains(t, r.out, "public key handle")
	require.Contains(t, r.out, "Total number of keys present 0")
}

func TestAnotherTerminalEndsAWait(t *testing.T) {
	r := hsmplay(t, prelude+"genECCKeyPair -i 14 -l three -min_srv 3\n@2 hsm start 2\nfindKey -l three\n", "exec", "-transcript")
	require.Contains(t, r.out, "\n$ @2 hsm start 2\n")
	require.Contains(t, r.out, "public key handle")
	require.Contains(t, r.out, "Total number of keys present 2")
	require.Less(t, strings.Index(r.out, "@2 hsm start 2"), strings.Index(r.out, "public key handle"))
}

func TestCtrlCEndsAWait(t *testing.T) {
	r := hsmplay(t, prelude+"genECCKeyPair -i 14 -l three -min_srv 3\n@^C\nfindKey -l three\n", "exec", "-transcript")
	require.Contains(t, r.out, "^C\n")
	require.Contains(t, r.out, "Command:  findKey -l three\n")
	require.Contains(t, r.out, "Total number of keys present 0")
}

func TestAHopelessWaitIsGivenUp(t *testing.T) {
	r := hsmplay(t, prelude+"genECCKeyPair -i 14 -l three -min_srv 3\nfindKey -l three\n", "exec")
	require.Equal(t, done, r.status)
	require.Contains(t, r.out, "Total number of keys present 0")
	require.Contains(t, r.err, "hint: ")
	atTheEnd := hsmplay(t, prelude+"genECCKeyPair -i 14 -l three -min_srv 3\n", "exec")
	require.Equal(t, done, atTheEnd.status)
}

func TestSleepsTakeNoTime(t *testing.T) {
	r := hsmplay(t, "sleep 3600\necho awake\n", "exec")
	require.Equal(t, "awake\n", r.out)
}

func TestATerminalThatHasEndedIsANewOne(t *testing.T) {
	r := hsmplay(t, "exit\necho again\n@3 echo third\n", "exec")
	require.Contains(t, r.out, "again\n")
	require.Contains(t, r.out, "third\n")
}
