package sim

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/hsm"
	"hsmplay/core/internal/transcript"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
)

//go:generate go test -run TestThePagesOfCodesAreWhatTheTablesSay -update

const codePages = "../../docs/codes/"

// codeLines are lines that end with a code on a fresh world, for its page.
var codeLines = map[retcode.Code][]string{
	retcode.UserNotReady:      {"key_mgmt_util", "findKey"},
	retcode.LoginFailure:      {"key_mgmt_util", "loginHSM -u CU -s example_user -p wrong"},
	retcode.BadHandle:         {"key_mgmt_util", asUser, "getKeyInfo -k 9999"},
	retcode.Policy:            {"key_mgmt_util", asUser, "genECCKeyPair -i 1 -l ecc1"},
	retcode.ServerUnavailable: {"key_mgmt_util", asUser, "genECCKeyPair -i 1 -l ecc1"},
	retcode.NoSuchUser:        {"key_mgmt_util", "loginHSM -u CU -s nobody -p aws"},
	retcode.BadPKCSData:       {"echo hello > m", "key_mgmt_util", asUser, "genECCKeyPair -i 2 -l k", "sign -f m -k 7 -m 15 -out s", "verify -f s -s s -k 6 -m 15"},
	retcode.BadUserType:       {"key_mgmt_util", "loginHSM -u CO -s admin -p password"},
}

// TestThePagesOfCodesAreWhatTheTablesSay compares docs/codes with the tables of codes and reasons,
// and with the transcripts of the tools.
func TestThePagesOfCodesAreWhatTheTablesSay(t *testing.T) {
	seen := answeredWith(t)
	index := "# Return codes\n\nA page for each code that has a public number, made from the tables of codes and of refusals. The numbers are those of the\n" +
		"tools and of the vendor's pages.\n\n| code | text | why |\n|---|---|---|\n"
	pages := []string{"README.md"}
	for _, row := range retcode.Table {
		name := fmt.Sprintf("0x%02x", uint32(row.Code))
		pages = append(pages, name+".md")
		index += fmt.Sprintf("| [%s](%s.md) | `%s` | %s |\n", name, name, row.Text, row.Cause)
		transcript.Golden(t, codePages+name+".md", pageOf(name, row, seen[name]))
	}
	index += "\n## Without a public number\n\nThese refusals have words and no number that a public page shows.\n\n| text | why | source | wording |\n|---|---|---|---|\n"
	for _, row := range retcode.Unnumbered {
		index += fmt.Sprintf("| `%s` | %s | %s | %s |\n", row.Text, row.Cause, specLink(row.Source), wordedBy(row))
	}
	transcript.Golden(t, codePages+"README.md", index)
	found, err := filepath.Glob(codePages + "*.md")
	require.NoError(t, err)
	for i := range found {
		found[i] = filepath.Base(found[i])
	}
	slices.Sort(pages)
	slices.Sort(found)
	require.Equal(t, pages, found, "a page for every code, and no others")
}

// pageOf is the page of a code.
func pageOf(name string, row retcode.Row, commands []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n`%s`\n\n- Why: %s\n", name, row.Text, row.Cause)
	if row.Repair != "" {
		fmt.Fprintf(&b, "- What to do: %s\n", row.Repair)
	}
	fmt.Fprintf(&b, "- Wording: %s\n- Source: %s\n", wordedBy(row), specLink(row.Source))
	list := ""
	for _, r := range hsm.Reasons {
		if r.Code == row.Code {
			list += fmt.Sprintf("- %s. %s (%s)\n", strings.ToUpper(r.Means[:1])+r.Means[1:], r.Rule, specLink(r.Source))
		}
	}
	if list != "" {
		b.WriteString("\n## What an HSM refuses with it\n\n" + list)
	}
	if len(commands) > 0 && row.Code != retcode.Success {
		b.WriteString("\n## Commands that are seen to end with it\n\n")
		for _, command := range commands {
			fmt.Fprintf(&b, "- [%s](../commands/%s.md)\n", command[strings.Index(command, "-")+1:], command)
		}
	}
	if lines := codeLines[row.Code]; lines != nil {
		b.WriteString("\n## Lines that bring it\n\n```\n" + strings.Join(lines, "\n") + "\n```\n")
	}
	return b.String()
}

func wordedBy(row retcode.Row) string {
	if row.Documented {
		return "as documented"
	}
	return "made up: no public page shows it"
}

// specLink leads to the file that a source names.
func specLink(source string) string {
	return regexp.MustCompile(`^spec/([\w-]+)\.md( [\d.]+)?`).ReplaceAllString(source, "[spec/$1.md$2](../spec/$1.md)")
}

var (
	typedAt  = regexp.MustCompile(`^(?:Command:  |aws-cloudhsm>|server\d+>)(\w+)`)
	answered = regexp.MustCompile(`returned: (0x[0-9a-f]+) :`)
	errState = regexp.MustCompile(`err state (0x3[0-9a-f]+) :`)
)

// answeredWith are the commands that end with each code in the transcripts of the tools, by the
// names of their pages.
func answeredWith(t *testing.T) map[string][]string {
	seen := map[string][]string{}
	for _, tool := range []string{"kmu", "cmu"} {
		files, err := filepath.Glob("../" + tool + "/testdata/*.txt")
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			command := ""
			for line := range strings.Lines(string(data)) {
				if m := typedAt.FindStringSubmatch(line); m != nil {
					command = tool + "-" + m[1]
				}
				for _, pattern := range []*regexp.Regexp{answered, errState} {
					if m := pattern.FindStringSubmatch(line); m != nil && command != "" && !slices.Contains(seen[m[1]], command) {
						if _, err := os.Stat("../../docs/commands/" + command + ".md"); err == nil {
							seen[m[1]] = append(seen[m[1]], command)
						}
					}
				}
			}
		}
	}
	for _, list := range seen {
		slices.Sort(list)
	}
	return seen
}

func TestLinesOfCodesBringThem(t *testing.T) {
	for code, lines := range codeLines {
		w := New(Options{Source: oneKey})
		n := w.Open("", 80).Terminal
		var turn Turn
		for _, line := range lines {
			turn = w.Type(n, line)
			require.Equal(t, shell.Ready, turn.State, line)
		}
		require.Contains(t, turn.Text, fmt.Sprintf("0x%02x", uint32(code)), lines)
	}
}
