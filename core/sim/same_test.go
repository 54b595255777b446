package sim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSameIsTyped(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	require.Contains(t, p.do("same deleteKey -k 9").Text, "    key delete --filter key-reference=0x0000000000000009\n")
	require.Equal(t, 1, p.do("same").Status, "no tool has read a command yet")
	require.Equal(t, "usage: same [LINE]\n", p.do("same --help").Text[:len("usage: same [LINE]\n")])

	turn := p.do("same genSymKye -t 31")
	require.Equal(t, "same: no tool has the command genSymKye\n", turn.Text)
	require.Equal(t, 1, turn.Status)
	require.Equal(t, "Did you mean `same genSymKey`?", quoted(turn.Notes[0].Parts))
	require.Equal(t, "same: genSymKey: no such value\n", p.do("same genSymKey -t 99 -s 1 -l a").Text)

	p.login()
	p.do("genSymKey -t 31 -s 32 -l mykey")
	require.Contains(t, p.do("same").Text, "    key generate-symmetric aes --label mykey --key-length-bytes 32 ", "at the prompt of a tool")
	p.do("exit")
	require.Contains(t, p.do("same").Text, "exit of key_mgmt_util, in other words:\n")
}

// A line of bash is said in other words by what it says to a tool; one that names none has none.
func TestALineOfBashNamesItsTool(t *testing.T) {
	w := New(Options{})
	for line, want := range map[string]string{
		"cloudhsm-cli user list": "user list",
		"CLOUDHSM_ROLE=admin CLOUDHSM_PIN=a:b /opt/cloudhsm/bin/cloudhsm-cli user list 2>/dev/null | jq . > x": "user list",
		"cloudhsm-cli key delete --filter attr.label='a|b>c'; echo done":                                       "key delete",
		"key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws deleteKey -k 9":                         "deleteKey",
	} {
		a, err := w.Same("bash", line)
		require.NoError(t, err, line)
		require.Equal(t, want, a.Command, line)
	}
	for _, line := range []string{"exit", "help", "quit", "", "echo user list", "echo 'cloudhsm-cli user list'", "cloudhsm-cli | cat"} {
		_, err := w.Same("bash", line)
		require.Error(t, err, line)
	}
	a, err := w.Same("cloudhsm_mgmt_util", "quit")
	require.NoError(t, err)
	require.Equal(t, "cloudhsm_mgmt_util", a.Tool)
}

// What is asked for by a line with a password is told nowhere with it.
func TestSameRepeatsNoPassword(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	for _, line := range []string{"same loginHSM -u CU -s example_user -p Unlikely99", "same login --username a --role admin --password Unlikely99", "same createUser CU alice Unlikely99"} {
		require.NotContains(t, p.do(line).Text, "Unlikely99")
	}
	for _, row := range w.Ran(-1, 0) {
		require.NotContains(t, row.Line, "Unlikely99")
	}
	p.login()
	require.Contains(t, p.do("same").Text, "login --username example_user --role crypto-user --password <password>")
}

func TestSameIsCompleted(t *testing.T) {
	w := New(Options{})
	n := w.Open("", 80).Terminal
	words := func(line string) (words []string) {
		for _, choice := range w.Complete(n, line, len(line)).Choices {
			words = append(words, choice.Word)
		}
		return words
	}
	require.Equal(t, []string{"genECCKeyPair"}, words("same genE"))
	require.Equal(t, []string{"key generate-symmetric aes", "key generate-symmetric generic-secret"}, words("same key generate-s"))
	require.Equal(t, "makes an elliptic curve key pair", w.Explain(n, "same genECCKeyPair -i 2", 23).Means)
}
