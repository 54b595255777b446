package sim

import (
	"cmp"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
)

// whyRow is a line that fails, and what is said of it: a part of the rule, of the facts, and the
// repairs, each with what follows behind a semicolon.
type whyRow struct {
	line, rule, fact string
	repairs          []string
}

func (p player) why(rows ...whyRow) {
	p.t.Helper()
	for _, row := range rows {
		v := p.w.Why(p.n, row.line)
		require.Contains(p.t, v.Rule, row.rule, row.line)
		require.Contains(p.t, noted(v.Facts), row.fact, row.line)
		repairs := []string{}
		for _, r := range v.Repairs {
			repairs = append(repairs, strings.Join(stepsOf(r), "; "))
		}
		require.Equal(p.t, append([]string{}, row.repairs...), repairs, "%s: %v", row.line, v.Rule)
	}
}

// stepsOf are the lines of a repair; those of its new tab have a mark.
func stepsOf(r Repair) []string {
	lines := []string{r.Line}
	for _, s := range r.Then {
		lines = append(lines, map[bool]string{true: "@2 "}[s.NewTab]+s.Line)
	}
	return lines
}

// noted are notes as they are read.
func noted(notes []Note) string {
	var words []string
	for _, n := range notes {
		words = append(words, quoted(n.Parts))
	}
	return strings.Join(words, " ")
}

func TestWhyAtKmu(t *testing.T) {
	p := start(t, Options{Source: oneKey})
	for _, line := range []string{"genECCKeyPair -i 14 -l one", "genSymKey -t 31 -s 32 -l two", "genSymKey -t 31 -s 32 -l three -id a1"} {
		p.do(line)
	}
	p.in().do("echo hello > note.txt")
	p.why(
		whyRow{"genECCKeyPair -i 1 -l ecc1", "curves", "The HSMs are of the type hsm1.medium, in FIPS mode.", []string{"genECCKeyPair -i 14 -l ecc1", "genECCKeyPair -i 2 -l ecc1", "genECCKeyPair -i 16 -l ecc1"}},
		whyRow{"genECCKeyPair -i 14", "all that it requires", "Missing: `-l`.", []string{"genECCKeyPair -i 14 -l mykey"}},
		whyRow{"genECKeyPair -i 14 -l x", "a command of key_mgmt_util", "The word at fault is `genECKeyPair`.", []string{"genECCKeyPair -i 14 -l x"}},
		whyRow{"sign -f note.txt -k 7 -m 1 -out s", "belongs to a type of key", "Key 7 is a private key (EC).", []string{"sign -f note.txt -k 7 -m 17 -out s", "sign -f note.txt -k 7 -m 15 -out s", "sign -f note.txt -k 7 -m 16 -out s"}},
		whyRow{"deleteKey -k 99", "A handle names a key", "No HSM has a key 99.", nil},
		whyRow{"loginHSM -u CU -s user4 -p aws", "one user's", "example_user is logged in here.", []string{"logoutHSM; loginHSM -u CU -s user4 -p ***"}},
		whyRow{"wrapKey -k 8 -w 7 -m 4 -out w", "before it asks an HSM", "takes an AES key", []string{"wrapKey -k 8 -w 9 -m 4 -out w"}},
		whyRow{"genSymKey -t 31 -s 32 -l four -id a1", "unique", "The id `a1` is another key's.", []string{"genSymKey -t 31 -s 32 -l four"}},
		whyRow{"verify -f note.txt -s note.txt -k 6 -m 15", "one message", "Key 6 is a public key (EC).", nil},
		whyRow{"sign -f none.txt -k 7 -m 15 -out s", "before it asks an HSM", "`none.txt`", []string{"sign -f note.txt -k 7 -m 15 -out s"}},
		whyRow{"hsm stop 9", "", "The HSMs have the numbers 0 to 2", nil},
		whyRow{"hsm stpo 1", "", "hsm has no command `stpo`", []string{"hsm stop 1"}})
	p.do("logoutHSM")
	p.why(whyRow{"findKey", "knows no user", "Nobody is logged in here.", []string{"loginHSM -u CU -s example_user -hpswd; findKey"}},
		whyRow{"logniHSM -u CU -s example_user -p aws", "a command of", "`logniHSM`", []string{"loginHSM -u CU -s example_user -hpswd"}},
		whyRow{"loginHSM -u CU -s example_user -p wrong", "password is wrong", "Nobody is logged in here.", []string{"loginHSM -u CU -s example_user -hpswd"}})
	p.do("loginHSM -u CU -s user4 -p aws")
	p.why(whyRow{"deleteKey -k 7", "A handle names a key", "Key 7 is owned by example_user.", []string{"logoutHSM; loginHSM -u CU -s example_user -hpswd; deleteKey -k 7"}})
	p.in().do("service cloudhsm-client stop")
	p.why(whyRow{"findKey", "daemon is not running", "The client daemon is stopped.", []string{"exit; service cloudhsm-client start; key_mgmt_util; loginHSM -u CU -s user4 -hpswd; findKey"}})
	require.True(t, p.w.Why(p.n, "help").Works)
}

func TestWhyWhereHSMsAreDown(t *testing.T) {
	p := start(t, Options{})
	other := p.in()
	other.do("hsm stop 1")
	other.do("hsm stop 2")
	p.do("genECCKeyPair -i 14 -l one")
	other.do("hsm stop 0")
	other.do("hsm start 1")
	p.why(whyRow{"getAttribute -o 7 -a 512 -out a", "A handle names a key", "HSM 0 is switched off.", []string{"hsm start 0; getAttribute -o 7 -a 512 -out a"}})
}

func TestWhyAtCmu(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	p.do("cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg")
	p.why(whyRow{"createUser CU alice secret123", "logged in", "Nobody is logged in here.", []string{"loginHSM CO admin -hpswd; createUser CU alice ***"}})
	p.do("loginHSM CU example_user aws")
	p.why(whyRow{"createUser CU alice secret123", "the user's type", "example_user is logged in here.", []string{"logoutHSM; loginHSM CO admin -hpswd; createUser CU alice ***"}})
}

func TestWhyAtCLI(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	p.do("cloudhsm-cli interactive")
	p.why(whyRow{"key list", "", "Nobody is logged in here.", []string{"login --username example_user --role crypto-user; key list", "login --username admin --role admin; key list"}})
	p.do("login --username example_user --role crypto-user --password aws")
	p.do("key generate-symmetric aes --label two --key-length-bytes 32 --attributes destroyable=false")
	p.why(
		whyRow{"key delete --filter attr.label=two", "OBJ_ATTR_DESTROYABLE", "OBJ_ATTR_DESTROYABLE of key 6 is 0.", []string{"key set-attribute --filter key-reference=0x0000000000000006 --name destroyable --value true; key delete --filter attr.label=two"}},
		whyRow{"key generate-symmetric aes --label x --key-length-bytes 17", "", "", []string{"key generate-symmetric aes --label x --key-length-bytes 16", "key generate-symmetric aes --label x --key-length-bytes 24", "key generate-symmetric aes --label x --key-length-bytes 32"}})
}

// Every reason of a refusal has its rule, and names a fact of the world.
func TestEveryReasonHasAFact(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l one")
	curve, _ := mech.CurveNamed("secp521r1")
	for _, row := range hsm.Reasons {
		require.True(t, strings.HasSuffix(row.Rule, "."), row.Reason)
		require.NotZero(t, row.About, row.Reason)
		require.NotEmpty(t, row.Source, row.Reason)
		c := &failure{w: p.w, terminal: p.n, now: p.w.Now(p.n), line: "line"}
		c.refused = hsm.Refusal{Reason: row.Reason, Handle: 7, With: 6, Attr: attr.Extractable, User: 4, Size: 5, Max: 4, MValue: 2, Curve: curve,
			Class: attr.Secret, Type: attr.AES, Number: 3}
		c.heard.Err = c.refused
		var v Why
		c.chain(&v)
		require.Equal(t, row.Rule, v.Rule)
		require.NotEmpty(t, v.Facts, row.Reason)
		require.NotContains(t, noted(v.Facts), "{", row.Reason)
	}
	for _, row := range retcode.Unnumbered {
		require.NotEmpty(t, row.Cause, row.Text)
		require.NotEmpty(t, row.Source, row.Text)
	}
	for kind := command.UnknownCommand; kind <= command.LineTooLong; kind++ {
		c := &failure{now: Turn{Program: "key_mgmt_util"}, fault: &command.Fault{Kind: kind, Param: command.Param{Flag: "-i", Max: 4, Needs: "-u"}, Other: command.Param{Flag: "-x"}}}
		rule := c.ruleOfLine().String()
		require.NotContains(t, rule, "{", kind)
		require.True(t, strings.HasSuffix(rule, "."), rule)
	}
}

// whySample is of how many provoking lines one is asked about in a plain test.
const whySample = 199

// In many worlds, whatever fails has a rule and a fact, its repairs hold no password, and typed in
// a copy they work, and the line after them. The world stays as it is.
func TestEveryRepairWorks(t *testing.T) {
	all := os.Getenv("HSMPLAY_OFFERED")
	lines, repairs, slowest := 0, 0, time.Duration(0)
	for n, s := range settings {
		t.Run(s.name, func(t *testing.T) {
			v := visit(t, s)
			before := v.world.Save()
			i := 0
			for tab, list := range provoking {
				for _, line := range list {
					if i++; all == "" && (i+n*7)%whySample != 0 {
						continue
					}
					began := time.Now()
					answer := v.world.Why(v.tabs[provokingTabs[tab]], line)
					slowest = max(slowest, time.Since(began))
					if answer.Works || answer.Rule == "" {
						continue
					}
					lines++
					require.NotEmpty(t, answer.Facts, line)
					require.LessOrEqual(t, len(answer.Repairs), repairsMax)
					for _, r := range answer.Repairs {
						repairs++
						v.repaired(v.tabs[provokingTabs[tab]], line, r)
					}
				}
			}
			require.Equal(t, before, v.world.Save())
		})
	}
	t.Logf("%d lines, %d repairs, slowest %v", lines, repairs, slowest)
	require.Greater(t, repairs, 20)
}

// repaired types a repair in a copy, and what follows. A login's password is taken for the right one,
// as the repair takes it.
func (v *visitor) repaired(terminal int, line string, r Repair) {
	f := v.world.Fork()
	defer f.Shut()
	typed, aside := append([]Step{{Line: r.Line}}, r.Then...), 0
	for i, step := range typed {
		switch hidden := i == len(typed)-1 && strings.Contains(step.Line, command.Hidden); {
		case hidden && strings.HasPrefix(step.Line, "loginHSM"):
			step.Line = strings.Replace(step.Line, command.Hidden, v.passwordFor(step.Line), 1)
		case hidden:
			step.Line = line
		default:
			for _, secret := range []string{"aws", "password", "password1"} {
				assert.False(v.t, slices.Contains(strings.Fields(step.Line), secret), "a password for %q: %q", line, step.Line)
			}
		}
		at := terminal
		if step.NewTab {
			if aside == 0 {
				aside = f.Open("", 80).Terminal
			}
			at = aside
		}
		before := f.Now(at).Program
		turn := f.Type(at, step.Line)
		for turn.State == shell.Asks && i < len(typed)-1 || turn.State == shell.Asks && turn.Hidden {
			answer := "y"
			if turn.Hidden {
				answer = v.passwordFor(step.Line)
			}
			turn = f.Type(at, answer)
		}
		moved := turn.State == shell.Ready && turn.Program != before
		assert.False(v.t, gaveUp(turn), "%q is repaired by %q: %s", line, stepsOf(r), turn.Text)
		assert.True(v.t, turn.Works() || moved, "%q is repaired by %q, and %q fails: %s%s", line, stepsOf(r), step.Line, turn.Text, noteText(turn))
	}
}

// passwordFor is the toy password of the user whom a line names; a new one
// is any.
func (v *visitor) passwordFor(line string) string {
	if u := v.world.userIn(line); u != nil && !strings.HasPrefix(line, "user change-password") && !strings.HasPrefix(line, "changePswd") {
		return cmp.Or(cluster.SeedPassword(u), "password1")
	}
	return "password1"
}

func TestWhyIsAProgram(t *testing.T) {
	p := start(t, Options{})
	require.Contains(t, p.do("why").Text, "no line has failed yet")
	p.do("genECCKeyPair -i 1 -l ecc1")
	text := p.do("why").Text
	require.Contains(t, text, "genECCKeyPair -i 1 -l ecc1\nCode:  0xb3 : HSM Error: This operation violates the current configured/FIPS policies\n"+
		"Rule:  An HSM makes keys only on the curves and in the sizes that its mode allows. (spec/kmu.md 3.15)\nHere:  The curve at fault is P-192.\n")
	require.Contains(t, text, "\nDo:    genECCKeyPair -i 14 -l ecc1\n       genECCKeyPair -i 2 -l ecc1\n")
	other := p.in()
	require.Equal(t, text, other.do("why").Text, "from another terminal")
	p.do("exit")
	require.Contains(t, other.do("why").Text, "this is not the prompt")
}
