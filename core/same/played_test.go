package same_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/hsm"
	"hsmplay/core/same"
	"hsmplay/core/sim"
)

// play is a few lines of an older tool, behind the login. Played in one copy of a world, and as the
// CLI's lines in another one, they come to the same.
type play struct {
	lines  []string
	random bool // what is written is another text each time, of the same length
}

// plays are lines of each pair that comes to the same, by tool and who logs in. The keys, users and
// files that they are about are those of setUp.
var plays = []struct {
	tool, login string
	plays       []play
}{
	{"kmu", "loginHSM -u CU -s example_user -p aws", []play{
		{lines: []string{"genRSAKeyPair -m 2048 -e 65537 -l pair"}},
		{lines: []string{"genECCKeyPair -i 2 -l pair -id abc -nex -u 5"}}, {lines: []string{"genECCKeyPair -i 14 -l pair -sess"}}, {lines: []string{"genECCKeyPair -i 16 -l pair -u 5 -m_value 2"}},
		{lines: []string{"genSymKey -t 31 -s 32 -l one"}}, {lines: []string{`genSymKey -t 31 -s 16 -l "two words" -id x1 -nex -u 5 -m_value 2`}}, {lines: []string{"genSymKey -t 31 -s 24 -l one -sess"}},
		{lines: []string{"genSymKey -t 16 -s 64 -l one"}},
		{lines: []string{"importPubKey -l in -f rsa.pem"}}, {lines: []string{"importPubKey -l in -f ec.pem -id abc"}},
		{lines: []string{"exportPubKey -k 9 -out out.pem"}}, {lines: []string{"getCaviumPrivKey -k 8 -out fake.pem"}},
		{lines: []string{"wrapKey -k 11 -w 6 -out w -m 4 -noheader"}}, {lines: []string{"wrapKey -k 11 -w 6 -out w -m 5 -noheader"}}, {lines: []string{"wrapKey -k 8 -w 6 -out w -m 6 -noheader"}},
		{lines: []string{"wrapKey -k 11 -w 7 -out w -m 7 -noheader"}, random: true}, {lines: []string{"wrapKey -k 11 -w 7 -out w -m 8 -t 3 -noheader"}, random: true},
		{lines: []string{"wrapKey -k 11 -w 6 -out w -m 11 -aad m -tag_size 12 -noheader"}, random: true},
		{lines: []string{"unWrapKey -f w4 -w 6 -m 4 -noheader -kc 4 -kt 31 -l in"}}, {lines: []string{"unWrapKey -f w5 -w 6 -m 5 -noheader -kc 4 -kt 16 -l in -nex -id abc"}},
		{lines: []string{"unWrapKey -f w6 -w 6 -m 6 -noheader -kc 3 -kt 0 -l in -u 5"}}, {lines: []string{"unWrapKey -f w7 -w 8 -m 7 -t 3 -noheader -kc 4 -kt 31 -l in"}},
		{lines: []string{"unWrapKey -f w8 -w 8 -m 8 -t 3 -noheader -kc 4 -kt 31 -l in -sess"}},
		{lines: []string{"unWrapKey -f w11 -w 6 -m 11 -aad m -noheader -kc 4 -kt 31 -l in"}},
		{lines: []string{"findKey"}}, {lines: []string{"findKey -c 3 -t 0 -l rsa"}}, {lines: []string{"findKey -l nobody"}}, {lines: []string{"findSingleKey -k 11"}}, {lines: []string{"getKeyInfo -k 11"}},
		{lines: []string{"genSymKey -t 31 -s 32 -l one -sess", "setAttribute -o 12 -a 1"}},
		{lines: []string{"deleteKey -k 11"}}, {lines: []string{"verify -f m -s m.sig -k 7 -m 1"}}, {lines: []string{"verify -f m -s pss.sig -k 7 -m 6"}},
		{lines: []string{"logoutHSM"}}, {lines: []string{"listUsers"}}, {lines: []string{"getHSMInfo"}}, {lines: []string{"listTokens"}},
		{lines: []string{"help"}}, {lines: []string{"exit"}}, {lines: []string{"quit"}}}},
	{"cmu", "loginHSM CU example_user aws", []play{
		{lines: []string{"shareKey 11 5 1"}}, {lines: []string{"shareKey 11 5 1", "shareKey 11 5 0"}},
		{lines: []string{"setAttribute 11 1 1"}}, {lines: []string{"setAttribute 11 262 0"}}, {lines: []string{"setAttribute 11 3 renamed"}}, {lines: []string{"getAttribute 11 512"}}, {lines: []string{"getKeyInfo 11"}},
		{lines: []string{"changePswd CU example_user other-one"}}, {lines: []string{"logoutHSM"}}, {lines: []string{"quit"}}, {lines: []string{"help"}}}},
	{"cmu", "loginHSM CO admin password", []play{
		{lines: []string{"createUser CU carol password1"}}, {lines: []string{"createUser CO carol password1", "deleteUser CO carol"}}, {lines: []string{"deleteUser CU bob"}},
		{lines: []string{"setAttribute 6 134 1"}}, {lines: []string{"changePswd CU bob other-one"}}, {lines: []string{"listUsers"}}, {lines: []string{"getHSMInfo"}},
		{lines: []string{"createUser CO dave password1", "setMValue 3 2"}}, {lines: []string{"getMValue 3"}}, {lines: []string{"listTokens"}}, {lines: []string{"delToken all"}}, {lines: []string{"delToken"}}}},
}

// setUp makes what the plays are about.
var setUp = map[string][]string{
	"bash": {"echo hello > m"},
	"kmu": {"loginHSM -u CU -s example_user -p aws", "genSymKey -t 31 -s 32 -l wrapper", "genRSAKeyPair -m 2048 -e 65537 -l rsa", "genECCKeyPair -i 2 -l ec", "genSymKey -t 31 -s 16 -l plain",
		"exportPubKey -k 7 -out rsa.pem", "exportPubKey -k 9 -out ec.pem", "sign -f m -k 8 -m 1 -out m.sig", "sign -f m -k 8 -m 6 -out pss.sig",
		"wrapKey -k 11 -w 6 -out w4 -m 4 -noheader", "wrapKey -k 11 -w 6 -out w5 -m 5 -noheader", "wrapKey -k 8 -w 6 -out w6 -m 6 -noheader",
		"wrapKey -k 11 -w 7 -out w7 -m 7 -t 3 -noheader", "wrapKey -k 11 -w 7 -out w8 -m 8 -t 3 -noheader", "wrapKey -k 11 -w 6 -out w11 -m 11 -aad m -noheader", "exit"},
	"cmu": {"loginHSM CO admin password", "createUser CU bob password1", "quit"},
}

// starts are the lines that start the tools.
var starts = map[string]string{"kmu": "key_mgmt_util", "cmu": "cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "cli": "cloudhsm-cli interactive"}

// names are the tools by what people call them.
var names = map[string]string{"kmu": "key_mgmt_util", "cmu": "cloudhsm_mgmt_util", "cli": "cloudhsm-cli"}

// typed types a line, and what it asks for: key_mgmt_util a switch, cloudhsm_mgmt_util a yes.
func typed(w *sim.World, terminal int, line string) sim.Turn {
	turn := w.Type(terminal, line)
	if turn.State == sim.Asks {
		turn = w.Type(terminal, map[bool]string{true: "1", false: "y"}[turn.Program == "key_mgmt_util"])
	}
	return turn
}

// world is one in which setUp has been typed.
func world(t *testing.T) *sim.World {
	w := sim.New(sim.Options{Seed: 1})
	set(t, w)
	return w
}

// set types setUp in a world.
func set(t *testing.T, w *sim.World) {
	terminal := w.Open("", 80).Terminal
	for _, tool := range []string{"bash", "cmu", "kmu"} {
		if start := starts[tool]; start != "" {
			w.Type(terminal, start)
		}
		for _, line := range setUp[tool] {
			require.True(t, typed(w, terminal, line).Works(), line)
		}
	}
}

// Each line of the older tools and its line of the CLI come to the same in two copies of one world,
// or the table says why they cannot.
func TestPairsComeToTheSame(t *testing.T) {
	base := world(t)
	played := map[string]bool{}
	for _, group := range plays {
		for _, p := range group.plays {
			lines := append([]string{group.login}, p.lines...)
			t.Run(group.tool+" "+strings.Join(p.lines, "; "), func(t *testing.T) { p.play(t, base, group.tool, lines, played) })
		}
	}
	for _, tool := range []string{"kmu", "cmu"} {
		for i, r := range same.Pairs(tool) {
			at := fmt.Sprint(tool, i)
			switch {
			case r.Differs != "":
				assert.False(t, played[at], "%s %s, %s: has a reason to differ, and does not", tool, r.Command, r.When)
			default:
				assert.True(t, played[at], "%s %s, %s: says that it comes to the same, and nothing plays it", tool, r.Command, r.When)
			}
		}
	}
}

// play types the lines in one copy of the world, and their words of the CLI in another.
func (p play) play(t *testing.T, base *sim.World, tool string, lines []string, played map[string]bool) {
	older, newer := base.Fork(), base.Fork()
	defer older.Shut()
	defer newer.Shut()
	a, b := older.Open("", 80).Terminal, newer.Open("", 80).Terminal
	older.Type(a, starts[tool])
	newer.Type(b, starts["cli"])
	var as, bs sim.Turn
	for _, line := range lines {
		answer, err := older.Same(names[tool], line)
		require.NoError(t, err, line)
		require.Empty(t, answer.Differs, line)
		played[fmt.Sprint(tool, same.Chosen(asked{older}, names[tool], line))] = true
		as = typed(older, a, line)
		require.True(t, as.Works(), "%s\n%s", line, as.Text)
		require.NotEmpty(t, answer.Others[0].Lines, line)
		for _, other := range answer.Others[0].Lines {
			require.Equal(t, "cloudhsm-cli", other.At)
			text := strings.ReplaceAll(other.Text, "<password>", secretOf(line))
			require.NotContains(t, text, "<", "what the line does not tell is asked for")
			bs = newer.Type(b, text)
			require.True(t, bs.Works(), "%s\n%s", text, bs.Text)
		}
	}
	require.Equal(t, as.User, bs.User, "who is logged in")
	require.Equal(t, keys(older), keys(newer))
	require.Equal(t, users(older), users(newer))
	require.Equal(t, p.files(t, older), p.files(t, newer))
}

// secretOf is the password in a line.
func secretOf(line string) string {
	words := strings.Fields(line)
	if i := slices.Index(words, "-p"); i >= 0 {
		return words[i+1]
	}
	return words[len(words)-1]
}

// chance are the attributes of which nobody knows the value before, and a curve's name, of which P-256
// has two: the key's row has the curve itself.
var chance = []string{"CKA_CHECK_VALUE", "CKA_MODULUS", "CKA_EC_POINT", "CKA_EC_PARAMS"}

// keys are the keys of a world with their attributes by the names that the tools and PKCS#11 have for
// them, without what is chance in them.
func keys(w *sim.World) (rows []string) {
	for _, k := range w.Keys(0, 0, 0, 0, "").Rows {
		for _, a := range w.Sight(k.ID, 0).Attributes {
			if !slices.Contains(chance, a.PKCS11) && (a.PKCS11 != "CKA_VALUE_LEN" || k.Class != "private") { // PKCS#8 of RSA keys is as long as its numbers
				rows = append(rows, fmt.Sprintln(k.Handle, a.Name, a.PKCS11, a.CLI, a.Value))
			}
		}
		k.KCV, k.ID = "", ""
		rows = append(rows, fmt.Sprintf("%+v", k))
	}
	return rows
}

// users are the users of a world.
func users(w *sim.World) (rows []string) {
	for _, u := range w.Users(0).Rows {
		u.ID, u.LoggedIn = "", nil
		rows = append(rows, fmt.Sprintf("%+v", u))
	}
	return rows
}

// files are the files of a world with what is in them.
func (p play) files(t *testing.T, w *sim.World) (rows []string) {
	for _, f := range w.Files(0).Rows {
		if strings.HasSuffix(f.Path, "/aad.bin") { // a value of the CLI's line
			continue
		}
		content := fmt.Sprint(f.Size, " bytes")
		if !p.random && !f.Directory {
			data, err := w.Read(f.Path)
			require.NoError(t, err)
			content = string(data)
		}
		rows = append(rows, f.Path+": "+content)
	}
	return rows
}

// asked looks up in a world what conditions of rows are about: users and files.
type asked struct{ w *sim.World }

func (a asked) UserName(id int) string {
	for _, u := range a.w.Users(0).Rows {
		if u.User == id {
			return u.Name
		}
	}
	return ""
}

func (a asked) ReadFile(name string) ([]byte, error) { return a.w.Read(name) }

func (asked) UserID(string) int        { return 0 }
func (asked) Key(uint32) *hsm.Key      { return nil }
func (asked) Labelled(string) []uint32 { return nil }
func (asked) Clusters() []string       { return nil }

// Lines of the CLI at bash make the files that key_mgmt_util writes.
func TestLinesAtBashMakeTheFile(t *testing.T) {
	for _, line := range []string{"sign -f m -k 8 -m 1 -out new.sig", "sign -f m -k 8 -m 2 -out new.sig"} {
		older := world(t)
		newer := older.Fork()
		a, b := older.Open("", 80).Terminal, newer.Open("", 80).Terminal
		older.Type(a, starts["kmu"])
		older.Type(a, setUp["kmu"][0])
		require.True(t, older.Type(a, line).Works(), line)
		newer.Type(b, "export CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=example_user:aws")
		answer, err := newer.Same(names["kmu"], line)
		require.NoError(t, err)
		for _, l := range answer.Others[0].Lines {
			require.Equal(t, "bash", l.At)
			turn := newer.Type(b, l.Text)
			require.True(t, turn.Works(), "%s\n%s", l.Text, turn.Text)
		}
		want, err := older.Read("new.sig")
		require.NoError(t, err)
		got, err := newer.Read("new.sig")
		require.NoError(t, err)
		require.Equal(t, want, got, line)
	}
}

// An attribute that the CLI prints is the one that was asked for.
func TestAnAttributeAtBash(t *testing.T) {
	w := world(t)
	b := w.Open("", 80).Terminal
	w.Type(b, "export CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=example_user:aws")
	answer, err := w.Same(names["kmu"], "getAttribute -o 11 -a 3 -out label.txt")
	require.NoError(t, err)
	turn := w.Type(b, answer.Others[0].Lines[0].Text)
	require.True(t, turn.Works(), turn.Text)
	data, err := w.Read("label.txt")
	require.NoError(t, err)
	require.Equal(t, "plain\n", string(data))
}
