package sim

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	mathrand "math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cli"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// sealed makes rows say of themselves what they contain, as one who means harm would.
func sealed(rows map[string]string) map[string]string {
	rows[rowSum] = marshal(sumOf(rows))
	return rows
}

// richRows is a saved world with something of everything.
func richRows(t *testing.T) map[string]string {
	d := newTrio(t, 2)
	for _, line := range []string{
		"genECCKeyPair -i 14 -l ecc -u 4,5 -m_value 2", "genSymKey -t 31 -s 16 -l s -sess", "extractMaskedObject -o 6 -out mask",
		"wrapKey -k 6 -w 6 -m 4 -out w", "getAttribute -o 6 -a 512 -out attr", "deleteKey -k 7",
	} {
		d.line(d.tools[0], line)
	}
	for _, line := range []string{"createUser CU ann password1", "listUsers", "getToken 3 admin token"} {
		d.line(d.tools[1], line)
	}
	for _, line := range []string{"hsm backup", "hsm clone", "hsm stop 1", "f() { echo hello; }", "a=(1 2 3); declare -A m; m[x]=y", "mkdir -p d/e; echo x > d/e/f; cd d/e"} {
		d.line(d.shell, line)
	}
	d.w.Start("99", "key_mgmt_util", nil, func(h Host) Host { return h })
	return d.w.Save()
}

// Whatever is done to the rows of a saved world, it is refused with a reason or is a world whose
// laws hold; nothing panics or hangs.
func TestHostileRows(t *testing.T) {
	good := richRows(t)
	names := slices.Sorted(maps.Keys(good))
	loaded := 0
	for seed := range 300 * fromEnvironment("HSMPLAY_SOAK", 1) {
		seed += 1000 * fromEnvironment("HSMPLAY_SEED", 0)
		r := mathrand.New(mathrand.NewPCG(uint64(seed), 5))
		rows := maps.Clone(good)
		what := ""
		for range 1 + r.IntN(2) {
			what += harm(r, rows, names) + "; "
		}
		if r.IntN(10) > 0 {
			sealed(rows)
		}
		w, err := within(t, what, func() (*World, error) { return Load(rows, Options{Source: oneKey}) })
		if err != nil {
			require.NotEmpty(t, err.Error(), what)
			continue
		}
		loaded++
		_, _ = within(t, what, func() (*World, error) { live(t, w, what); return w, nil })
	}
	require.Greater(t, loaded, 20, "most harm is harmless")
}

// within fails the test when f takes longer than half a minute.
func within(t *testing.T, what string, f func() (*World, error)) (w *World, err error) {
	t.Helper()
	done := make(chan any, 1)
	go func() {
		defer func() { done <- recover() }()
		w, err = f()
	}()
	select {
	case thrown := <-done:
		require.Nil(t, thrown, what)
	case <-time.After(30 * time.Second):
		require.Fail(t, "hangs", what)
	}
	return w, err
}

// live does this and that in a world, and looks at its laws.
func live(t *testing.T, w *World, what string) {
	d := &trio{t: t, w: w, heard: []Turn{}, forged: true}
	w.Keys(0, 1, 0, 0, "")
	w.Cluster(0, 0)
	w.Users(0)
	w.Files(0)
	w.Audit()
	w.Ran(-1, 0)
	w.TerminalsView()
	fork := w.Fork()
	for _, terminal := range w.Terminals() {
		for _, line := range []string{"findKey", "listUsers", "getAttribute -o 6 -a 512 -out attr", "sign -f attr -k 8 -m 17 -out s", "deleteKey -k 6",
			"hsm status", "hsm audit 0", "hsm start 1", "hsm clock +10s", "f; ls -l /home/ec2-user; echo ${a[@]} $x", "date", "exit"} {
			d.line(terminal.Number, line)
		}
	}
	n := w.Open("", 80).Terminal
	for _, line := range []string{"hsm backups", "hsm backup", "key_mgmt_util", "loginHSM -u CU -s example_user -p aws", "genSymKey -t 31 -s 32 -l k",
		"findKey", "exit", "hsm new"} {
		d.line(n, line)
	}
	w.Advance(100_000)
	w.Save()
	fork.Type(1, "findKey")
	fork.Save()
	fork.Shut()
	w.Shut()
	for _, turn := range d.heard {
		for _, note := range turn.Notes {
			require.NotEqual(t, voice.ShellFault, note.ID, what)
		}
	}
}

// harm does something to the rows and says what.
func harm(r *mathrand.Rand, rows map[string]string, names []string) string {
	name, other := names[r.IntN(len(names))], names[r.IntN(len(names))]
	switch r.IntN(10) {
	case 0:
		delete(rows, name)
		return "without " + name
	case 1:
		rows[name] = rows[other]
		return name + " is " + other
	case 2:
		rows[name], rows[other] = rows[other], rows[name]
		return name + " and " + other + " are swapped"
	case 3:
		at := renamed(r, name)
		rows[at] = rows[name]
		return name + " is also " + at
	}
	var value any
	if json.Unmarshal([]byte(rows[name]), &value) != nil {
		return "nothing"
	}
	what := ""
	value = spoil(r, value, &what)
	rows[name] = marshal(value)
	return name + what
}

// renamed gives a row another number.
func renamed(r *mathrand.Rand, name string) string {
	numbers := []string{"0", "1", "2", "7", "999999999", "-1", "99999999999999999999", "x", "", "../.."}
	at := strings.LastIndexByte(name, '/')
	return name[:at+1] + numbers[r.IntN(len(numbers))]
}

// spoil changes a value somewhere inside.
func spoil(r *mathrand.Rand, value any, what *string) any {
	switch v := value.(type) {
	case map[string]any:
		if len(v) == 0 || r.IntN(12) == 0 {
			break
		}
		keys := slices.Sorted(maps.Keys(v))
		key := keys[r.IntN(len(keys))]
		*what += "." + key
		if r.IntN(12) == 0 {
			delete(v, key)
			*what += " gone"
			return v
		}
		v[key] = spoil(r, v[key], what)
		return v
	case []any:
		if len(v) == 0 || r.IntN(12) == 0 {
			break
		}
		i := r.IntN(len(v))
		*what += "[" + strconv.Itoa(i) + "]"
		switch r.IntN(8) {
		case 0:
			*what += " gone"
			return slices.Delete(v, i, i+1)
		case 1:
			*what += " twice"
			return append(v, v[i])
		}
		v[i] = spoil(r, v[i], what)
		return v
	}
	hostile := hostileValues[r.IntN(len(hostileValues))]
	*what += fmt.Sprintf(" = %.60v", hostile)
	return hostile
}

var hostileValues = []any{0, 1, -1, 2, 7, 255, 256, 1 << 18, 1<<31 - 1, 1 << 31, 4294967295, 1 << 53, json.Number("9223372036854775807"),
	json.Number("-9223372036854775808"), json.Number("1e400"), 0.5, "", "x", "/", "..", "a\x00b", "AAAA", "AQAB", strings.Repeat("A", 100_000), nil, true, []any{}, []any{nil},
	[]any{1, 2, 3}, map[string]any{}, map[string]any{"Handle": 6}, json.RawMessage(strings.Repeat("[", 9000) + strings.Repeat("]", 9000)), "cloudhsm_mgmt_util",
	"f() { :; }\ntouch pwned", "$(touch pwned)"}

// A loaded world runs nothing: whatever stands where functions do.
func TestALoadedWorldRunsNothing(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	p.do("f() { echo kept; }")
	for text, fine := range map[string]bool{
		"f() { touch pwned; }": true, "f() { echo $(touch pwned); }\ng() (touch pwned)": true,
		"touch pwned": false, "f() { :; }; touch pwned": false, "f() { :; } && touch pwned": true, "! f() { :; }": false,
		"f() { :; } > pwned": true, "f() { :; } &": false, "f() { :; } | touch pwned": true, "x=$(touch pwned)": false,
		"trap 'touch pwned' EXIT": false, "PROMPT_COMMAND='touch pwned'": false, "alias ls='touch pwned'": false,
		"{ f() { :; }; touch pwned; }": false, "if f() { :; }; then touch pwned; fi": false, "f() { ": true,
	} {
		rows := w.Save()
		var saved map[string]any
		require.NoError(t, json.Unmarshal([]byte(rows["terminal/1"]), &saved))
		saved["functions"] = text
		rows["terminal/1"] = marshal(saved)
		loaded, err := Load(sealed(rows), Options{})
		if !fine {
			require.ErrorIs(t, err, shell.ErrBroken, text)
			continue
		}
		require.NoError(t, err, text)
		q := player{t, loaded, p.n}
		require.Equal(t, Ready, loaded.Now(p.n).State)
		q.do("ls")
		_, err = loaded.Read("pwned")
		require.Error(t, err, text)
	}
	loaded, err := Load(w.Save(), Options{})
	require.NoError(t, err)
	require.Equal(t, "kept\n", player{t, loaded, p.n}.do("f").Text)
}

// What a loaded world says of variables, of what was typed and of a line that was running is text:
// nothing of it runs, neither when it is loaded nor at the next lines.
func TestVariablesOfALoadedWorldRunNothing(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	p.do("x=1")
	for name, value := range map[string]string{
		"PROMPT_COMMAND": "touch pwned", "PS1": "$(touch pwned)$ ", "PS2": "`touch pwned`", "PS4": "$(touch pwned)", "BASH_ENV": "pwn",
		"ENV": "pwn", "IFS": "$(touch pwned)", "PATH": "$(touch pwned):/usr/bin", "HOME": "$(touch pwned)", "x": "a[$(touch pwned)]",
		"LESSOPEN": "|touch pwned", "BASH_FUNC_ls%%": "() { touch pwned; }", "CDPATH": "`touch pwned`", "SHELLOPTS": "xtrace",
	} {
		rows := w.Save()
		var saved map[string]any
		require.NoError(t, json.Unmarshal([]byte(rows["terminal/1"]), &saved))
		saved["variables"] = []any{map[string]any{"name": name, "kind": 1, "str": value, "exported": true}}
		saved["busy"] = true
		saved["history"] = map[string]any{"bash": []string{"touch pwned", "!!", "!touch"}}
		rows["terminal/1"] = marshal(saved)
		loaded, err := Load(sealed(rows), Options{})
		require.NoError(t, err, name)
		q := player{t, loaded, p.n}
		require.NoError(t, loaded.Write("pwn", []byte("touch pwned\n")))
		for _, line := range []string{"", "echo hi", "cd /tmp; cd ~", "bash -c 'echo sub'", "for i in 1; do", "echo $i; done", "exec bash"} {
			q.do(line)
		}
		_, err = loaded.Read("pwned")
		require.Error(t, err, name)
	}
}

// A save says what it must contain.
func TestASaveThatIsNotWholeIsRefused(t *testing.T) {
	good := richRows(t)
	for _, name := range slices.Sorted(maps.Keys(good)) {
		rows := maps.Clone(good)
		delete(rows, name)
		_, err := Load(rows, Options{})
		require.Error(t, err, "without %s", name)
		if name != rowWorld {
			require.True(t, errors.As(err, new(NotWhole)), "without %s: %v", name, err)
		}
		if rows[name] = good[name] + " "; name != rowSum {
			_, err = Load(rows, Options{})
			require.Error(t, err, "%s with a blank", name)
		}
	}
	rows := maps.Clone(good)
	delete(rows, "file/home/ec2-user/f")
	_, err := Load(rows, Options{})
	files := len(slices.DeleteFunc(slices.Collect(maps.Keys(good)), func(n string) bool { return !strings.HasPrefix(n, "file/") }))
	require.EqualError(t, err, fmt.Sprintf(`sim: the saved world is not whole: of %d rows "file" there are %d`, files, files-1))
	rows["file/home/ec2-user/f"] = good["file/home/ec2-user/p"]
	_, err = Load(rows, Options{})
	require.EqualError(t, err, "sim: the saved world is not whole: a row was changed")
	rows = maps.Clone(good)
	rows["file/extra"] = "{}"
	_, err = Load(rows, Options{})
	require.ErrorAs(t, err, new(NotWhole))
	rows = maps.Clone(good)
	rows["junk/1"] = "of the host"
	w, err := Load(rows, Options{Source: oneKey})
	require.NoError(t, err)
	require.Contains(t, w.Changes(), "junk/1")
	require.Nil(t, w.Changes()["junk/1"])
	for name := range good {
		require.Contains(t, append(counted, rowSum), kindOf(name))
	}
}

// What a loaded world has no more is deleted with its first changes, so that the stored rows stay
// whole.
func TestTheFirstChangesAfterALoadDeleteWhatIsGone(t *testing.T) {
	p := start(t, Options{})
	for range 5 {
		p.do("genSymKey -t 31 -s 32 -l k")
	}
	p.in().do("hsm stop 2")
	p.w.Type(p.n, "genECCKeyPair -i 14 -l three -min_srv 3")
	stored := p.w.Save()
	p.w.Changes()
	w, err := Load(stored, Options{})
	require.NoError(t, err)
	player{t, w, p.n}.do("deleteKey -k 6")
	store(stored, w.Changes())
	require.Equal(t, w.Save(), stored)
	_, err = Load(stored, Options{})
	require.NoError(t, err)
}

// Worlds of version 2 did not say what is in them.
func TestAWorldWithoutASumIsMigrated(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l one")
	rows := p.w.Save()
	rows[rowWorld] = strings.Replace(rows[rowWorld], `"Version":3`, `"Version":2`, 1)
	delete(rows, rowSum)
	before := maps.Clone(rows)
	w, err := Load(rows, Options{})
	require.NoError(t, err)
	require.Equal(t, before, rows, "the host's rows stay")
	require.Equal(t, p.w.Save(), w.Save())
}

// Worlds of before Client SDK 5 get its configuration.
func TestAWorldWithoutAConfigurationOfTheCLIGetsOne(t *testing.T) {
	p := start(t, Options{})
	row := rowFile + cli.ConfigFile
	rows := p.w.Save()
	want := rows[row]
	require.NotEmpty(t, want)
	delete(rows, row)
	kept := maps.Clone(rows)
	kept[rowSum] = marshal(sumOf(kept))
	w, err := Load(kept, Options{})
	require.NoError(t, err)
	require.Empty(t, w.Save()[row], "somebody has deleted it")
	rows[rowWorld] = strings.Replace(rows[rowWorld], `,"Modern":true`, "", 1)
	rows[rowSum] = marshal(sumOf(rows))
	w, err = Load(rows, Options{})
	require.NoError(t, err)
	require.Equal(t, want, w.Save()[row])
}

// A world of version 2 without users is none: nobody could log in.
func TestAnOldWorldWithoutUsersIsRefused(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l one")
	rows := p.w.Save()
	rows[rowWorld] = strings.Replace(rows[rowWorld], `"Version":3`, `"Version":2`, 1)
	delete(rows, rowSum)
	maps.DeleteFunc(rows, func(name, _ string) bool { return strings.HasPrefix(name, "node/1/users/") })
	_, err := Load(rows, Options{})
	require.Equal(t, NotWhole{"HSM 1 has no users"}, err)
}
