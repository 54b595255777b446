package sim

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cli"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/voice"
)

// leafStage is cloudhsm-cli in a world with keys of several kinds and two crypto users, at its prompt
// or as a program of bash.
type leafStage struct {
	t    *testing.T
	w    *World
	tab  int
	lead string // what stands before a command
	seen int    // spellings of values so far
}

// leafSample is of how many spellings of values one is typed in a plain test; HSMPLAY_OFFERED=all
// types them all.
const leafSample = 7

// leafKeys make keys of several kinds, and files that were wrapped and signed with them.
var leafKeys = []string{
	"echo hello > message.txt", "export CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=example_user:aws",
	"cloudhsm-cli key generate-symmetric aes --label wrapper --key-length-bytes 32 --attributes wrap=true unwrap=true",
	"cloudhsm-cli key generate-symmetric generic-secret --label secret --key-length-bytes 64",
	"cloudhsm-cli key generate-asymmetric-pair ec --public-label ec-pub --private-label ec-priv --curve secp384r1 " +
		"--public-attributes verify=true --private-attributes sign=true",
	"cloudhsm-cli key generate-asymmetric-pair rsa --public-label rsa-pub --private-label rsa-priv --modulus-size-bits 2048 " +
		"--public-exponent 65537 --public-attributes verify=true wrap=true --private-attributes sign=true unwrap=true",
	"cloudhsm-cli key share --filter attr.label=secret --username user4 --role crypto-user",
	"cloudhsm-cli key generate-file --encoding pem --path ec.pub --filter attr.label=ec-pub",
	"cloudhsm-cli key wrap aes-zero-pad --payload-filter attr.label=secret --wrapping-filter attr.label=wrapper --path zero.bin",
	"cloudhsm-cli key wrap rsa-aes --payload-filter attr.label=secret --wrapping-filter attr.label=rsa-pub --hash-function sha256 " +
		"--mgf mgf1-sha256 --path rsa.bin",
	"cloudhsm-cli crypto sign ecdsa --key-filter attr.label=ec-priv --hash-function sha384 --data-path message.txt | " +
		"jq -r .data.signature | base64 -d > ec.sig",
	"unset CLOUDHSM_ROLE CLOUDHSM_PIN",
}

// leafWorld has a crypto user or an admin logged in.
func leafWorld(t *testing.T, model hsm.Model, role string, single bool) *leafStage {
	w := New(Options{Source: oneKey, Seed: 7, Model: model, NonFIPS: model == hsm.HSM2})
	l := &leafStage{t: t, w: w, tab: w.Open("", 80).Terminal}
	name, password := "example_user", "aws"
	if role == "admin" {
		name, password = "admin", "password"
	}
	lines := append(slices.Clone(leafKeys), "cloudhsm-cli interactive", fmt.Sprintf("login --username %s --role %s --password %s", name, role, password))
	if single {
		l.lead = cli.Name + " "
		lines = append(slices.Clone(leafKeys), fmt.Sprintf("export CLOUDHSM_ROLE=%s CLOUDHSM_PIN=%s:%s", role, name, password))
	}
	for _, line := range lines {
		turn := w.Type(l.tab, line)
		require.True(t, turn.Works(), "%s: %s", line, turn.Text)
	}
	return l
}

// typed types a line in a copy.
func (l *leafStage) typed(line string) (turn Turn, offers []string) {
	f := l.w.Fork()
	defer f.Shut()
	turn = f.Type(l.tab, line)
	for _, n := range turn.Notes {
		offers = append(offers, voice.Offers(n.Parts)...)
	}
	return turn, offers
}

// leafLines work where the name of a command alone does not tell all that it needs.
var leafLines = []string{
	"key delete --filter attr.label=secret", "user delete --username user6 --role crypto-user",
	"crypto verify ecdsa --key-filter attr.label=ec-pub --hash-function sha384 --data-path message.txt --signature-path ec.sig",
	"key unwrap aes-zero-pad --filter attr.label=wrapper --data-path zero.bin --key-type-class generic-secret --label mykey",
	"key unwrap rsa-aes --filter attr.label=rsa-priv --data-path rsa.bin --hash-function sha256 --mgf mgf1-sha256 " +
		"--key-type-class generic-secret --label mykey",
	"key generate-file --encoding pem --path out.pem --filter attr.label=rsa-pub",
	"key generate-file --encoding pem --path out.pem --filter attr.class=public-key attr.key-type=ec",
}

// whole are lines of a command that work: the one that is offered for its name, and those of the list.
// Where there is none, a note must say why.
func (l *leafStage) whole(spec *command.Spec[*cli.Tool]) (lines []string) {
	turn, offers := l.typed(l.lead + spec.Name)
	for _, offer := range offers {
		again, _ := l.typed(offer)
		assert.True(l.t, again.Works(), "%s offers %s: %s", spec.Name, offer, again.Text)
		if strings.HasPrefix(offer, l.lead+strings.Fields(spec.Name)[0]) {
			lines = append(lines, offer)
		}
	}
	for _, line := range leafLines {
		if again, _ := l.typed(l.lead + line); strings.HasPrefix(line, spec.Name+" ") && again.Works() {
			lines = append(lines, l.lead+line)
		}
	}
	required := slices.ContainsFunc(spec.Params, func(p command.Param) bool { return !p.Optional })
	if lines == nil && required && spec.Name != "quit" {
		assert.Contains(l.t, noteText(turn), " needs --", spec.Name)
	}
	return lines
}

// TestEveryLeafOfTheCLIIsMended leaves each required argument of each command out, and spells each
// value of a list otherwise: a line is offered that works and has all that was right, or what is
// wrong is said.
func TestEveryLeafOfTheCLIIsMended(t *testing.T) {
	for _, row := range []struct {
		model  hsm.Model
		role   string
		single bool
		least  int // how many lines are mended
	}{{hsm.HSM1, "crypto-user", false, 80}, {hsm.HSM2, "crypto-user", true, 80}, {hsm.HSM1, "admin", true, 12}, {hsm.HSM2, "admin", false, 12}} {
		l := leafWorld(t, row.model, row.role, row.single)
		mended := 0
		for i := range cli.Commands.Specs {
			spec := &cli.Commands.Specs[i]
			if spec.Run == nil || spec.Hidden {
				continue
			}
			for _, line := range l.whole(spec) {
				mended += l.spoil(spec, strings.Fields(line))
			}
		}
		require.Greater(t, mended, row.least)
	}
}

// spoil spoils each option of a line, and counts the lines that are mended.
func (l *leafStage) spoil(spec *command.Spec[*cli.Tool], words []string) (mended int) {
	for i, word := range words {
		at := slices.IndexFunc(spec.Params, func(p command.Param) bool { return p.Flag == word })
		if at < 0 || i+1 == len(words) {
			continue
		}
		p, end := spec.Params[at], i+2
		for p.Many && end < len(words) && !strings.HasPrefix(words[end], "--") {
			end++
		}
		kept := slices.Delete(slices.Clone(words), i, end)
		if offers := l.mends(kept, kept); offers == nil {
			turn, _ := l.typed(strings.Join(kept, " "))
			assert.True(l.t, slices.Contains([]string{"key delete --filter", "user delete --username"}, spec.Name+" "+p.Flag), "%q gets no line: %s", kept, noteText(turn)) // nobody else says which
		} else {
			mended++
		}
		for _, v := range p.Values {
			for _, other := range spellings(v.Word) {
				if l.seen++; l.seen%leafSample != 0 && os.Getenv("HSMPLAY_OFFERED") == "" {
					continue
				}
				typed := slices.Clone(words)
				typed[i+1] = other
				if offers := l.mends(typed, flagsOf(words)); offers != nil {
					mended++
					continue
				}
				turn, _ := l.typed(strings.Join(typed, " "))
				said := strings.Contains(noteText(turn), "is not a value of "+p.Flag) || strings.Contains(turn.Text, "tip: a similar value")
				assert.True(l.t, said || turn.Works(), "%q: %s%s", typed, turn.Text, noteText(turn))
			}
		}
	}
	return mended
}

// spellings are other ways to write a word.
func spellings(word string) (list []string) {
	for _, other := range []string{strings.ToUpper(word), strings.ReplaceAll(word, "-", "_"), word[:len(word)-1]} {
		if other != word {
			list = append(list, other)
		}
	}
	return list
}

func flagsOf(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !strings.HasPrefix(w, "--") })
}

// mends types a line; what is offered for it works and has the words that are kept.
func (l *leafStage) mends(typed, kept []string) []string {
	turn, offers := l.typed(strings.Join(typed, " "))
	if turn.Works() {
		return []string{}
	}
	for _, offer := range offers {
		again, _ := l.typed(offer)
		assert.True(l.t, again.Works(), "%q offers %s: %s", typed, offer, again.Text)
		if strings.Contains(offer, "login") {
			continue // what is to be done first
		}
		for _, word := range kept {
			assert.Contains(l.t, strings.Fields(offer), word, "%q offers %s", typed, offer)
		}
	}
	return offers
}

// TestEverySpellingOfASwitchIsMended sets each attribute that is on or off in other words: the line
// with true or false is offered where that works.
func TestEverySpellingOfASwitchIsMended(t *testing.T) {
	l := leafWorld(t, hsm.HSM1, "crypto-user", false)
	for _, row := range attr.Table {
		if row.Kind != attr.Bool || row.CLI == "" {
			continue
		}
		for other, value := range map[string]string{"1": "true", "yes": "true", "on": "true", "ON": "true", "enabled": "true",
			"0": "false", "no": "false", "off": "false", "No": "false", "fasle": "false"} {
			line := "key set-attribute --filter attr.label=wrapper --name " + row.CLI + " --value "
			turn, offers := l.typed(line + other)
			right, _ := l.typed(line + value)
			switch {
			case right.Works():
				require.Equal(t, []string{line + value}, offers, "%s: %s", line+other, noteText(turn))
			default:
				require.Empty(t, offers, line+other)
			}
		}
	}
	turn, offers := l.typed("key set-attribute --filter attr.label=wrapper --name sign --value maybe")
	require.Empty(t, offers)
	require.Contains(t, noteText(turn), "true or false")
	turn, offers = l.typed("key set-attribute --filter attr.label=wrapper --name label --value 1")
	require.True(t, turn.Works())
	require.Empty(t, offers)
}

// TestNoPasswordBecomesAName leaves names out of lines that take a password: no line that is offered
// has a word in it that may be the password, and one that is too short for one, or a user's name,
// stays.
func TestNoPasswordBecomesAName(t *testing.T) {
	for _, row := range []struct {
		start, login string
		lines        map[string]string // what is offered, "" for nothing
	}{
		{"cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "", map[string]string{
			"loginHSM CO pasword": "loginHSM CO admin -hpswd", "loginHSM CU aws": "loginHSM CU example_user -hpswd", "loginHSM aws": "loginHSM CO admin -hpswd",
			"loginHSM XX admin pw": "loginHSM CO admin -hpswd", "loginHSM user4": "loginHSM CU user4 -hpswd"}},
		{"cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "loginHSM CO admin password", map[string]string{
			"createUser CU password1": "createUser CU new_user -hpswd", "createUser CO secret99": "createUser CO new_user -hpswd",
			"createUser password1": "createUser CU new_user -hpswd", "useradd password1": "createUser CU new_user -hpswd", "createUser CU bob": "createUser CU bob -hpswd",
			"createUser bob password1": "createUser CU bob -hpswd", "changePswd CU password1": "", "changePswd password1": "",
			"changePswd user4": "changePswd CU user4 -hpswd", "deleteUser XX user4": "deleteUser CU user4"}},
		{"cloudhsm-cli interactive", "login --username admin --role admin --password password", map[string]string{
			"user create password1": "user create --username alice --role crypto-user", "user create CU password1": "user create --username alice --role crypto-user",
			"user create bob": "user create --username bob --role crypto-user", "user delete --role crypto-user": "",
			"user change-password password1": "user change-password --username admin --role admin"}},
		{"cloudhsm-cli interactive", "", map[string]string{"login aws": "login --username example_user --role crypto-user",
			"login --role admin password": "login --username admin --role admin", "login user4": "login --username user4 --role crypto-user"}},
	} {
		p := player{t, New(Options{}), 0}
		p.n = p.w.Open("", 80).Terminal
		p.do(row.start)
		if row.login != "" {
			p.do(row.login)
		}
		l := &leafStage{t: t, w: p.w, tab: p.n}
		for line, want := range row.lines {
			turn, offers := l.typed(line)
			wanted := slices.DeleteFunc([]string{want}, func(s string) bool { return s == "" })
			require.Equal(t, wanted, append([]string{}, offers...), "%s: %s", line, noteText(turn))
			require.NotEmpty(t, noteText(turn), line)
			for _, r := range p.w.Why(p.n, line).Repairs {
				require.Equal(t, want, r.Line, line)
			}
		}
	}
}
