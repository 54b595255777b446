package sim

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/view"
)

// calls are the calls of a turn's line, as text.
func calls(p player, t Turn) (list []string) {
	if t.Calls == nil {
		return nil
	}
	for _, c := range p.w.CallLog(t.Terminal, t.Calls[0], t.Calls[1]) {
		words := []string{fmt.Sprintf("%d>%d %s %s = %d", c.From, c.Node, c.Op, c.Detail, c.Code)}
		for _, a := range c.Args {
			words = append(words, a.Name+"="+a.Value)
		}
		list = append(list, strings.Join(words, ", "))
	}
	return list
}

func TestTheCallLogOfAPairIsTheCallsThatWereMade(t *testing.T) {
	p := start(t, Options{})
	require.Equal(t, []string{
		"-1>0 generate 6 7 = 0, kind=EC pair, curve=secp384r1, label=pair, servers=1",
		"0>1 copy 6 7 = 0",
		"0>2 copy 6 7 = 0",
	}, calls(p, p.do("genECCKeyPair -i 14 -l pair")))
	require.Nil(t, p.do("help").Calls, "no HSM is asked")
	require.Nil(t, p.in().do("ls").Calls)
	refused := calls(p, p.do("deleteKey -k 99"))
	require.Equal(t, []string{"-1>0 look up 99 = 168", "-1>1 look up 99 = 168", "-1>2 look up 99 = 168"}, refused[:3])
}

// While a line of one terminal waits, those of others make calls of their own: each log has its own
// alone, whoever has let the waiting line go on.
func TestCallsBelongToTheirTerminal(t *testing.T) {
	p := start(t, Options{})
	other := p.in()
	other.do("hsm stop 2")
	p.w.Type(p.n, "genECCKeyPair -i 14 -l three -min_srv 3")
	require.Equal(t, Waits, p.w.Now(p.n).State)
	other.do("key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws getHSMInfo")
	listener := []Turn{}
	p.w.Hear(func(t Turn) { listener = append(listener, t) })
	started := other.do("hsm start 2")
	require.Equal(t, Ready, p.w.Now(p.n).State)
	for _, op := range calls(p, started) {
		require.NotContains(t, op, "copy")
	}
	var ended Turn
	for _, turn := range listener {
		if turn.Terminal == p.n {
			ended = turn
		}
	}
	require.Equal(t, []string{
		"-1>0 generate 6 7 = 0, kind=EC pair, curve=secp384r1, label=three, servers=3",
		"0>1 copy 6 7 = 0",
		"0>2 copy 6 7 = 0",
	}, calls(p, ended))
}

// No password, no key material and no message is in what the log says of calls, whatever the
// command.
func TestNoSecretIsAmongTheArguments(t *testing.T) {
	p := start(t, Options{})
	shell := p.in()
	secrets := []string{"aws", "Tr0ub4dor-and-3", "An0therOne-typed", "a very secret message"}
	shell.do("printf 'a very secret message' > message")
	shell.do("printf 0123456789abcdef0123456789abcdef > secret.key")
	secrets = append(secrets, "0123456789abcdef", hex.EncodeToString([]byte("0123456789abcdef")))
	shell.do("openssl genrsa -out host.pem 2048")
	for _, line := range []string{
		"genSymKey -t 31 -s 32 -l wrapper", "genECCKeyPair -i 14 -l pair", "genRSAKeyPair -m 2048 -e 65537 -l rsa",
		"imSymKey -f secret.key -w 6 -t 31 -l imported", "importPrivateKey -f host.pem -w 6 -l host",
		"sign -f message -k 8 -m 17 -out signature", "verify -f message -s signature -k 7 -m 17",
		"exSymKey -k 11 -w 6 -out out.key", "exportPrivateKey -k 12 -w 6 -out out.pem", "wrapKey -k 11 -w 6 -m 4 -out wrapped",
		"unWrapKey -f wrapped -w 6 -m 4 -t 31 -noheader -l again", "aesWrapUnwrap -m 1 -f secret.key -w 6 -out data.wrapped",
		"setAttribute -o 11 -a 1 -s 1", "extractMaskedObject -o 11 -out masked", "insertMaskedObject -f masked",
		"findKey", "getAttribute -o 11 -a 512 -out attributes", "deleteKey -k 11", "logoutHSM", "loginHSM -u CU -s example_user -p aws",
	} {
		p.do(line)
	}
	shell.do("/opt/cloudhsm/bin/cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg")
	for _, line := range []string{
		"loginHSM CO admin password", "createUser CU some Tr0ub4dor-and-3", "y", "changePswd CU some An0therOne-typed", "y",
		"listUsers", "deleteUser CU some", "y", "quit",
	} {
		shell.do(line)
	}
	var made []view.CallRow
	for _, terminal := range []int{p.n, shell.n} {
		made = append(made, p.w.CallLog(terminal, 1, 1<<40)...)
	}
	ops := map[string]bool{}
	hidden := 0
	for _, c := range made {
		ops[c.Op] = true
		for _, a := range c.Args {
			if a.Secret {
				hidden++
			}
		}
	}
	for _, op := range []string{"login", "generate", "sign", "verify", "wrap", "unwrap", "create user", "change password", "mask"} {
		require.True(t, ops[op], op)
	}
	require.NotZero(t, hidden)
	text, err := json.Marshal(made)
	require.NoError(t, err)
	for _, secret := range secrets {
		require.NotContains(t, string(text), secret)
	}
}
