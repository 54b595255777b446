package sim

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/hsm"
)

func TestRawTexts(t *testing.T) {
	for _, text := range []string{"", "plain", "é日本😀", "\xff", "a\xffb\xfe", "\xe6\x97", "\U0010FE41", "\U0010FE41\xff\U0010FEFF", "\U0010FDFF\U0010FF00", "\x00\n"} {
		var back raw
		require.NoError(t, json.Unmarshal([]byte(marshal(raw(text))), &back), "%q", text)
		require.Equal(t, text, string(back))
		require.Equal(t, text, whole("", rest(text))+map[bool]string{true: text}[rest(text) == nil])
	}
	require.Equal(t, `"plain é"`, marshal(raw("plain é")))
}

// Bytes that are no text survive a save: labels and ids of keys, names of users, typed lines,
// variables, links.
func TestBytesThatAreNoTextAreSaved(t *testing.T) {
	p := start(t, Options{})
	p.do("genSymKey -t 31 -s 32 -l \xff\xfelabel -id i\xffd")
	b := p.in()
	b.do(`x=$'\xff\xfe'; a=(1 $'\xfd'); declare -A m; m[k]=$'\xfb'; ln -s $'to\xf9' link`)
	b.do("echo '\xfa' is not read, but typed")
	for _, n := range p.w.cluster.Nodes {
		n.HSM.PutUser(&hsm.User{ID: 7, Name: "ann\xf8", Type: hsm.CU})
	}
	saved := p.w.Save()
	w, err := Load(saved, Options{})
	require.NoError(t, err)
	require.Equal(t, saved, w.Save())
	k := w.cluster.Node(0).HSM.At(6)
	require.Equal(t, "\xff\xfelabel", k.Label)
	require.Equal(t, "i\xffd", k.ID)
	require.Same(t, k, w.cluster.Node(1).HSM.At(6))
	require.Equal(t, "ann\xf8", w.cluster.Node(0).HSM.UserByID(7).Name)
	require.Contains(t, w.Terminals()[0].History(), "genSymKey -t 31 -s 32 -l \xff\xfelabel -id i\xffd")
	q := player{t, w, b.n}
	q.do(`printf '%s' "$x" "${a[1]}" "${m[@]}" > out; readlink link >> out`)
	out, err := w.Read("out")
	require.NoError(t, err)
	require.Equal(t, "\xff\xfe\xfd\xfbto\xf9\n", string(out))
	require.Contains(t, w.Terminals()[1].History(), "echo '\xfa' is not read, but typed")
}
