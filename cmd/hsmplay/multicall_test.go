package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMain lets the tests' own binary be the program, under any other name than its own.
func TestMain(m *testing.M) {
	if _, is := calledAs(os.Args[0]); is || filepath.Base(os.Args[0]) == "hsmplay" {
		main()
	}
	os.Exit(m.Run())
}

// place is a directory with the installed tools and a world.
type place struct {
	t   *testing.T
	dir string
	env []string
}

// installed makes a place.
func installed(t *testing.T) place {
	t.Helper()
	p := place{t: t, dir: t.TempDir()}
	p.env = append(os.Environ(), "HSMPLAY_STATE="+p.path("world"), "HSMPLAY_HINTS=")
	self, err := os.Executable()
	require.NoError(t, err)
	if os.Link(self, p.path("hsmplay")) != nil {
		require.NoError(t, duplicate(self, p.path("hsmplay")))
	}
	require.Equal(t, done, p.run("", "./hsmplay", "install", "bin").status)
	return p
}

func (p place) path(name string) string { return filepath.Join(p.dir, name) }

// command is a call in the place's directory.
func (p place) command(input, name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir, c.Env, c.Stdin = p.dir, p.env, strings.NewReader(input)
	return c
}

// run runs a call to its end.
func (p place) run(input, name string, args ...string) result {
	p.t.Helper()
	var out, err bytes.Buffer
	c := p.command(input, name, args...)
	c.Stdout, c.Stderr = &out, &err
	failure := c.Run()
	var exit *exec.ExitError
	if failure != nil && !errors.As(failure, &exit) {
		require.NoError(p.t, failure)
	}
	return result{out.String(), err.String(), c.ProcessState.ExitCode()}
}

// bash runs a script in the machine's bash.
func (p place) bash(script string) result {
	p.t.Helper()
	if _, err := exec.LookPath("bash"); err != nil {
		p.t.Skip("no bash on this machine")
	}
	return p.run(script, "bash")
}

// single runs a command of key_mgmt_util by singlecmd.
func (p place) single(words ...string) result {
	p.t.Helper()
	return p.run("", "bin/key_mgmt_util", append(strings.Fields("singlecmd loginHSM -u CU -s example_user -p aws"), words...)...)
}

// keys returns how many keys with a label there are.
func (p place) keys(label string) string {
	p.t.Helper()
	_, after, _ := strings.Cut(p.single("findKey", "-l", label).out, "Total number of keys present ")
	number, _, _ := strings.Cut(after, "\n")
	return strings.TrimSpace(number)
}

func TestTheDocumentedLoop(t *testing.T) {
	p := installed(t)
	r := p.bash(`for i in {1..30}; do ./bin/key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws genSymKey -l aes -t 31 -s 32 -min_srv 1 -timeout 1; done`)
	require.Equal(t, done, r.status)
	require.Empty(t, r.err, "notes are not for scripts")
	require.Equal(t, 30, strings.Count(r.out, "Cfm3GenerateSymmetricKey returned: 0x00 : HSM Return: SUCCESS"))
	require.Equal(t, "30", p.keys("aes"))
}

func TestTheToolsStatusIsTheProgramsStatus(t *testing.T) {
	p := installed(t)
	for _, c := range []struct {
		args   string
		status int
		says   string
	}{
		{"singlecmd loginHSM -u CU -s example_user -p aws listUsers", 0, "example_user"},
		{"Cfm3Util singlecmd loginHSM -u CU -s example_user -p aws listECCCurveIds", 0, "NID_secp384r1"},
		{"singlecmd loginHSM -u CU -s example_user -p wrong__ listUsers", 1, "0xa3"},
		{"singlecmd loginHSM -u CU -s example_user -p aws genECCKeyPair -i 13 -l x", 1, "0xb3"},
		{"singlecmd loginHSM -u CU -s example_user -p aws nonsense", 1, "Invalid command: nonsense"},
		{"singlecmd", 1, "loginHSM"},
	} {
		r := p.run("", p.path("bin/key_mgmt_util"), strings.Fields(c.args)...)
		require.Equal(t, c.status, r.status, c.args)
		require.Contains(t, r.out, c.says)
		require.Empty(t, r.err)
	}
}

func TestPipedLinesAreTypedAtThePrompt(t *testing.T) {
	p := installed(t)
	here := p.bash("./bin/key_mgmt_util <<EOF\nloginHSM -u CU -s example_user -hpswd\naws\r\ngenECCKeyPair -i 14 -l piped\nexit\nnot reached\nEOF\n")
	require.Equal(t, done, here.status)
	require.Contains(t, here.out, "Command:  \nEnter password: \n\n        Cfm3LoginHSM returned: 0x00")
	require.Contains(t, here.out, "public key handle")
	require.NotContains(t, here.out, "not reached")
	require.Equal(t, "2", p.keys("piped"))
	playground := hsmplay(t, "key_mgmt_util <<EOF\nloginHSM -u CU -s example_user -hpswd\naws\ngenECCKeyPair -i 14 -l piped\nexit\nEOF\n", "exec")
	require.Equal(t, playground.out, here.out, "it says the same as on the simulated instance")

	require.Equal(t, done, p.run("", "bin/key_mgmt_util").status, "the end of the input is exit")
	require.Equal(t, done, p.run("loginStatus", "bin/key_mgmt_util").status, "the last line may have no end")
}

func TestHintsAreAskedFor(t *testing.T) {
	p := installed(t)
	require.Empty(t, p.run("genEccKeypair\n", "bin/key_mgmt_util").err)
	p.env = append(p.env, "HSMPLAY_HINTS=1")
	r := p.run("genEccKeypair\n", "bin/key_mgmt_util")
	require.Contains(t, r.err, "hint: ")
	require.Contains(t, r.err, "genECCKeyPair")
	require.NotContains(t, r.out, "hint")
	p.run("", "bin/cloudhsm-client", "stop")
	require.Contains(t, p.single("findKey").err, "`cloudhsm-client start`", "what is installed here is no service")
}

func TestFilesAreTheMachines(t *testing.T) {
	p := installed(t)
	elsewhere := t.TempDir()
	handle := p.bash(`out=$(./bin/key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws genECCKeyPair -i 2 -l pair)
mkdir d && cd d && ../bin/key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws getAttribute -o 7 -a 512 -out attr_F >/dev/null
../bin/key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws exportPubKey -k 6 -out ` + elsewhere + `/pub.pem >/dev/null
`)
	require.Equal(t, done, handle.status, handle.err)
	dumped, err := os.ReadFile(p.path("d/attr_F"))
	require.NoError(t, err)
	require.Contains(t, string(dumped), "OBJ_ATTR_KCV")
	public, err := os.ReadFile(filepath.Join(elsewhere, "pub.pem"))
	require.NoError(t, err)
	require.Contains(t, string(public), "BEGIN PUBLIC KEY")
}

func TestTheManagementToolFindsItsConfiguration(t *testing.T) {
	p := installed(t)
	r := p.run("quit\n", "bin/cloudhsm_mgmt_util", "/opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg")
	require.Contains(t, r.out, "aws-cloudhsm>")
	require.Equal(t, done, r.status)
}

func TestTheSwitchboardIsACommandToo(t *testing.T) {
	p := installed(t)
	require.Equal(t, result{"HSM 2 stopped\n2 of 3 HSMs up\n", "", done}, p.run("", "bin/hsm", "stop", "2"))
	require.NotContains(t, p.single("listUsers").out, "Node id 2")
	for _, args := range [][]string{{"stop", "9"}, {"stop", "'; echo $HOME; '"}, {"none"}} {
		r := p.run("", "bin/hsm", args...)
		require.NotEqual(t, done, r.status, "%v", args)
		require.NotContains(t, r.out, "ec2-user")
	}
	require.Equal(t, done, p.run("", "bin/hsm", "start", "2").status)
	require.Contains(t, p.single("listUsers").out, "Node id 2")
}
