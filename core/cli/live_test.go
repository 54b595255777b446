package cli

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/command"
)

// words are the words that are offered at the end of a line.
func words(c command.Completion) (list []string) {
	for _, choice := range c.Choices {
		list = append(list, choice.Word)
	}
	return list
}

func TestCompletionKnowsTheWorld(t *testing.T) {
	d := newDesk(t)
	d.files["message.txt"] = nil
	at := func(line string) []string { return words(d.tool.Complete(line, len(line))) }
	require.Equal(t, []string{"example_user", "user4", "user5", "user6", "admin"}, at("login --username "),
		"those of the role that stands first come first")
	require.Equal(t, "admin", at("login --role admin --username ")[0])
	require.Equal(t, []string{"crypto-user", "admin"}, at("login --role "))
	require.Empty(t, at("key list --filter key-reference="), "nobody is logged in")
	d.line("login --username example_user --role crypto-user --password aws")
	d.line(`key generate-symmetric aes --label "my key" --key-length-bytes 32`)
	require.Equal(t, []string{"key-reference=0x0000000000000006"}, at("key list --filter key-reference="))
	require.Equal(t, []string{"attr.class="}, at("key list --filter attr.cla"))
	require.Equal(t, []string{`"attr.label=my key"`}, at("key list --filter attr.label="))
	require.Equal(t, []string{"attr.sign=true", "attr.sign=false"}, at("key list --filter attr.label=x attr.sign="))
	require.Equal(t, []string{"sign=true", "sign=false"}, at("key generate-symmetric aes --attributes sig"))
	require.Contains(t, at("key set-attribute --name "), "destroyable")
	require.NotContains(t, at("key set-attribute --name "), "modulus")
	require.Equal(t, []string{d.cluster.ID}, at("user list --cluster-id "))
	require.Equal(t, []string{"message.txt"}, at("crypto sign ecdsa --data-path m"))
	require.Equal(t, []string{"generate-file", "generate-asymmetric-pair", "generate-symmetric"}, at("key gen"))
	behind := Complete(d.cluster, func(string) []string { return []string{"message.txt"} }, "key li", len("key li"))
	require.Equal(t, []string{"list"}, words(behind), "behind the program's name")
	x := d.tool.Explain("key list --filter attr.label=x", len("key list --filter attr.label=x"))
	require.Equal(t, "--filter", x.Slots[x.Current].Word)
	require.True(t, strings.HasPrefix(x.Means, "which key"), x.Means)
}

// TestTheFirstMinuteByNext does what Next proposes first, from the prompt on.
func TestTheFirstMinuteByNext(t *testing.T) {
	d := newDesk(t)
	var text string
	for range 5 {
		text = d.line(d.tool.Next()[0])
		require.NoError(t, d.out.Err, text)
		saved := New(d.cluster, d.host())
		require.NoError(t, saved.Restore(d.tool.Save()))
		require.Equal(t, d.tool.Next(), saved.Next())
	}
	require.True(t, d.tool.verified)
	require.Contains(t, text, "Successfully generated key file")
	require.Contains(t, string(d.files[FirstFile]), "PUBLIC KEY")
	require.Equal(t, "quit", d.tool.Next()[0])
}
