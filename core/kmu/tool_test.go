package kmu

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/internal/transcript"
	"hsmplay/core/voice"
)

var _ command.Tool = (*Tool)(nil)

func newTool() (*Tool, *cluster.Cluster) {
	c := cluster.New(cluster.Options{Wall: noon, Source: readyKeys})
	return New(c, machine(transcript.Files{}), classic), c
}

const banner = `
Version info, Client Version: 3.4.4, SDK API Version: 3.4.4, SDK Package Version: 3.4.4

        Cfm3Initialize() returned app id : 01000000

        session_handle 1000000

        Current FIPS mode is: 00000002

`

// An HSM that lacks the owner of a new key is up, so the key does not follow by itself
// (spec/cmu.md 6.6).
func TestAnHSMWithoutTheOwnerLacksTheKey(t *testing.T) {
	d := newDesk(t)
	h := d.cluster.Node(2).HSM
	h.Users = slices.DeleteFunc(slices.Clone(h.Users), func(u *hsm.User) bool { return u.Name == "example_user" })
	d.line("loginHSM -u CU -s example_user -p aws")
	require.Contains(t, d.line("genSymKey -t 31 -s 32 -l k"), "its owner example_user is unknown to HSM 2")
	require.NoError(t, d.cluster.Stop(2))
	require.Contains(t, d.line("genSymKey -t 31 -s 32 -l k"), "The others get it when they can be reached again.")
}

// Where several HSMs refuse, all of them are named.
func TestAllThatRefuseAreNamed(t *testing.T) {
	d := newDesk(t)
	for _, node := range []int{0, 2} {
		h := d.cluster.Node(node).HSM
		h.Users = slices.DeleteFunc(slices.Clone(h.Users), func(u *hsm.User) bool { return u.Name == "example_user" })
	}
	require.Contains(t, d.line("loginHSM -u CU -s example_user -p aws"), "HSMs 0 and 2 refused this login")
	require.Contains(t, d.line("genSymKey -t 31 -s 32 -l k"), "its owner example_user is unknown to HSMs 0 and 2")
}

// Ctrl-C while something is computed with an RSA key drops it, and says so.
func TestWhatIsComputedIsDropped(t *testing.T) {
	d := loggedInDesk(t)
	d.line("genRSAKeyPair -m 2048 -e 65537 -l r")
	d.files["m"] = []byte("message")
	private := d.labelled("r") + 1
	out := d.tool.Line(fmt.Sprintf("sign -f m -k %d -m 1 -out s", private))
	require.NotNil(t, out.Wait)
	require.Equal(t, voice.Dropped, out.Wait.End(command.Interrupted).Notes[0].ID)
	require.NotContains(t, d.files, "s")
}

// A key that no HSM has is asked for once.
func TestAMissingKeyIsAskedForOnce(t *testing.T) {
	d := newDesk(t)
	d.line("loginHSM -u CU -s example_user -p aws")
	for _, line := range []string{"deleteKey -k 99", "findSingleKey -k 99"} {
		before := d.cluster.LastEvent()
		require.Contains(t, d.line(line), "Node id 2 and err state 0x000000a8")
		require.Equal(t, before+3, d.cluster.LastEvent(), line)
	}
}

// A user's name that stands for the type of user is the name that was meant.
func TestANameInPlaceOfATypeIsTakenForTheName(t *testing.T) {
	d := newDesk(t)
	for line, want := range map[string]string{
		"login -u example_user -p aws":    "loginHSM -u CU -s example_user -hpswd",
		"loginHSM -u example_user -p aws": "loginHSM -u CU -s example_user -hpswd",
		"login -u bob -p secret":          "loginHSM -u CU -s bob -hpswd",
		"login -u CU -p aws":              "loginHSM -u CU -s example_user -hpswd",
	} {
		got := d.line(line)
		require.Contains(t, got, want, line)
		require.NotContains(t, got, "secret")
	}
}

func TestTheToolStartsWithItsBannerUnlessSwitchedOff(t *testing.T) {
	tool, c := newTool()
	out := tool.Start(nil)
	require.Equal(t, banner, out.Text)
	require.False(t, out.Exit)
	require.Equal(t, "Command:  ", tool.Prompt())
	tool.Close()
	c.Settings.NoBanner = true
	require.Equal(t, "", New(c, machine(transcript.Files{}), classic).Start(nil).Text)
}

func TestWithoutADaemonTheToolEnds(t *testing.T) {
	tool, c := newTool()
	c.SetDaemon(false)
	out := tool.Start(nil)
	require.True(t, out.Exit)
	require.Equal(t, 1, tool.Status())
	require.Equal(t, `
        Cfm3Initialize() returned app id : 01000000

        session_handle 1000000

        Cfm3GetPartitionInfo returned: 0x40000040

        LIQUIDSECURITY: Daemon socket connection error

`, out.Text)
	require.True(t, tool.Line("findKey").Exit)
}

// single runs the arguments of singlecmd and returns what is printed, and the exit status.
func single(t *testing.T, line string) (string, int) {
	t.Helper()
	tool, _ := newTool()
	d := &desk{t: t, quiet: true}
	text := d.print(tool.Start(strings.Fields(line)))
	require.True(t, d.out.Exit, line)
	return strings.TrimPrefix(text, strings.TrimSuffix(banner, "\n")), tool.Status()
}

const loginText = `
        Cfm3LoginHSM returned: 0x00 : HSM Return: SUCCESS

        Cluster Error Status
        Node id 0 and err state 0x00000000 : HSM Return: SUCCESS
        Node id 1 and err state 0x00000000 : HSM Return: SUCCESS
        Node id 2 and err state 0x00000000 : HSM Return: SUCCESS
`

func TestSingleCommand(t *testing.T) {
	login := "singlecmd loginHSM -u CU -s example_user -p aws "
	text, status := single(t, login+"genSymKey -l aes -t 31 -s 32 -min_srv 1 -timeout 1")
	require.Equal(t, 0, status)
	require.Equal(t, loginText+`Command: genSymKey -l aes -t 31 -s 32 -min_srv 1 -timeout 1

        Cfm3GenerateSymmetricKey returned: 0x00 : HSM Return: SUCCESS

        Symmetric Key Created.  Key Handle: 6

        Cluster Error Status
        Node id 0 and err state 0x00000000 : HSM Return: SUCCESS
        Node id 1 and err state 0x00000000 : HSM Return: SUCCESS
        Node id 2 and err state 0x00000000 : HSM Return: SUCCESS

`, text)

	text, status = single(t, "Cfm3Util "+login+"genRSAKeyPair -m 2048 -e 65537 -l slow")
	require.Equal(t, 0, status, "the old form, and a command that takes a while")
	require.Contains(t, text, "Cfm3GenerateKeyPair:    public key handle: 6    private key handle: 7\n")

	text, status = single(t, login+"genECCKeyPair -i 1 -l refused")
	require.Equal(t, 1, status)
	require.Contains(t, text, "0xb3")

	text, status = single(t, "singlecmd loginHSM -u CU -s example_user -p wrong findKey")
	require.Equal(t, 1, status)
	require.NotContains(t, text, "Command:", "after a failed login the command is not run")

	text, status = single(t, login)
	require.Equal(t, 0, status)
	require.Equal(t, loginText+"\n", text)

	tool, _ := newTool()
	asked := tool.Start(strings.Fields("singlecmd loginHSM -u CU -s example_user -hpswd loginStatus"))
	require.Equal(t, loginText+"Command: loginStatus\n", asked.Ask.Then("aws").Text[:len(loginText)+21])
	asked = tool.Start(strings.Fields("singlecmd loginHSM -u CU -s example_user -hpswd word loginStatus"))
	require.Contains(t, asked.Ask.Then("aws").Text, "Command: loginStatus\n")

	text, status = single(t, "singlecmd findKey")
	require.Equal(t, 1, status)
	require.Contains(t, text, "Syntax: loginHSM")

	_, status = single(t, login+"fly")
	require.Equal(t, 1, status)
}

func TestExitAndQuitEndTheTool(t *testing.T) {
	for _, word := range []string{"exit", "quit"} {
		tool, c := newTool()
		tool.Start(nil)
		tool.Line("loginHSM -u CU -s example_user -p aws")
		tool.Line("genSymKey -t 31 -s 16 -l gone -sess")
		out := tool.Line(word)
		require.True(t, out.Exit)
		require.Equal(t, "", out.Text)
		require.Equal(t, 0, tool.Status())
		tool.Close()
		_, inSession := c.Nodes[0].HSM.Count()
		require.Zero(t, inSession, "session keys end with the tool")
	}
}

func TestASavedToolGoesOn(t *testing.T) {
	tool, c := newTool()
	tool.Start(nil)
	tool.Line("loginHSM -u CU -s example_user -p aws")
	tool.Line("genSymKey -t 31 -s 16 -l kept -sess")
	saved := tool.Save()
	restored, _, err := cluster.Restore(c.Snapshot(), readyKeys)
	require.NoError(t, err)
	again := New(restored, machine(transcript.Files{}), classic)
	require.NoError(t, again.Restore(saved))
	restored.EndOrphans()
	require.Equal(t, "example_user", again.User())
	require.Contains(t, again.Line("findKey -sess 1").Text, "\n6\n")
	require.Error(t, New(restored, machine(transcript.Files{}), classic).Restore([]byte("rubbish")))
}

func TestHandlesUsersAndFilesAreOffered(t *testing.T) {
	d := loggedInDesk(t)
	d.line("genECCKeyPair -i 2 -l mine")
	d.files["message"] = nil
	words := func(line string) []string {
		var list []string
		for _, c := range d.tool.Complete(line, len(line)).Choices {
			list = append(list, c.Word)
		}
		return list
	}
	require.Equal(t, []string{"6", "7"}, words("getKeyInfo -k "))
	require.Equal(t, []string{"message"}, words("sign -f m"))
	require.Contains(t, words("genSymKey -u "), "4")
	require.Contains(t, words("loginHSM -s "), "user5")
	require.Contains(t, words("wrap"), "wrapKey")
	before := d.cluster.LastEvent()
	words("deleteKey -k ")
	require.Equal(t, before, d.cluster.LastEvent(), "typing calls no HSM")
}

func TestEveryCommandAndOptionIsExplained(t *testing.T) {
	for _, s := range Commands.Specs {
		if s.Hidden {
			continue
		}
		require.NotEmpty(t, s.Means, s.Name)
		require.NotEmpty(t, s.Summary, s.Name)
		for _, p := range s.Params {
			require.NotEmpty(t, p.Means, "%s %s", s.Name, p.Flag)
			require.NotEmpty(t, p.Help, "%s %s", s.Name, p.Flag)
		}
	}
}

// TestAnInterruptedImportLeavesNothing gives a slow command up before its work is done.
func TestAnInterruptedImportLeavesNothing(t *testing.T) {
	d := loggedInDesk(t)
	d.command("key rsa2048.pem")
	out := d.tool.Line("importPrivateKey -f rsa2048.pem -l x -w 4")
	require.NotNil(t, out.Wait)
	_, done := out.Wait.Poll()
	require.False(t, done)
	out = out.Wait.End(command.Interrupted)
	require.Error(t, out.Err)
	require.Equal(t, "\n", out.Text)
	keys, _ := d.tool.client.Find(func(*hsm.Key) bool { return true })
	require.Empty(t, keys)
}

func TestTheHSMFillsUp(t *testing.T) {
	d := &desk{t: t, files: transcript.Files{}}
	d.begin(cluster.Options{KeysMax: 3})
	d.line("loginHSM -u CU -s example_user -p aws")
	d.line("genECCKeyPair -i 2 -l two")
	require.Contains(t, d.line("genECCKeyPair -i 2 -l no"), "The HSMs hold 3 keys, and that is all that fits.")
	d.line("genSymKey -t 31 -s 16 -l last")
	require.NoError(t, d.out.Err)
	d.line("genSymKey -t 31 -s 16 -l no")
	require.Error(t, d.out.Err)
}

// The daemon runs, and all of its HSMs are gone (spec/kmu.md 1.2 and 5): whatever asks an HSM says
// so, and no number is made up.
func TestWithoutHSMsEveryCommandSaysThatTheConnectionIsLost(t *testing.T) {
	d := refusingDesk(t)
	d.files["rsa2048-public.pem"] = testKey(t, "rsa2048-public.pem")
	for id := range 3 {
		require.NoError(t, d.cluster.Stop(id))
	}
	for _, c := range []struct{ api, line string }{
		{"Cfm3LoginHSM", "loginHSM -u CU -s example_user -p aws"},
		{"Cfm3FindKey", "findKey"},
		{"Cfm3GetHSMInfo", "getHSMInfo"},
		{"Cfm3GetPartitionInfo", "getPartitionInfo"},
		{"Cfm3ListUsers", "listUsers"},
		{"Cfm3GenerateKeyPair", "genECCKeyPair -i 2 -l no"},
		{"Cfm3GenerateSymmetricKey", "genSymKey -t 31 -s 32 -l no"},
		{"Cfm3CreatePublicKey", "importPubKey -l no -f rsa2048-public.pem"},
		{"Cfm3ExportPubKey", "exportPubKey -k 7 -out no"},
		{"Cfm3WrapHostKey", "importPrivateKey -l no -w 6 -f ec-p256.pem"},
		{"Cfm3WrapKey", "exSymKey -k 6 -w 6 -out no"},
		{"Cfm2WrapKey", "wrapKey -k 6 -w 6 -m 4 -out no"},
		{"Cfm3DeleteKey", "deleteKey -k 6"},
		{"Cfm3SetAttribute", "setAttribute -o 6 -a 1"},
		{"Cfm3GetKey", "getKeyInfo -k 6"},
		{"Cfm3FindKey", "findSingleKey -k 6"},
		{"Cfm3GetAttribute", "getAttribute -o 6 -a 512 -out no"},
		{"Cfm3GetCert()", "getCert -f no -s 1"},
		{"Cfm3ExtractMaskedObject", "extractMaskedObject -o 6 -out no"},
		{"Cfm3Sign", "sign -f aes -k 8 -m 1 -out no"},
		{"Cfm3Verify", "verify -f aes -s aes -k 7 -m 1"},
		{"getCaviumPrivKey", "getCaviumPrivKey -k 8 -out no"},
		{"Cfm3GeneratePBEKey", "genPBEKey"},
		{"getToken failed:", "getToken -s 3 -u example_user -k 11 -f no"},
		{"delToken failed:", "delToken -a"},
		{"listTokens failed:", "listTokens"},
		{"Cfm3LogoutHSM", "logoutHSM"},
	} {
		text := d.line(c.line)
		require.Regexp(t, `(?m)^ *`+regexp.QuoteMeta(c.api)+`( returned)?:? *:?LIQUIDSECURITY: Invalid Operation$`, text, c.line)
		require.NotContains(t, text, "Cluster Error Status", c.line)
		require.NotContains(t, text, "0x", c.line)
		require.NotContains(t, d.files, "no", c.line)
	}
}
