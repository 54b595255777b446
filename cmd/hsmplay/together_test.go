package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// patience bounds what may take a while on a busy machine.
const patience = 30 * time.Second

// screenOf collects what a running process prints.
type screenOf struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screenOf) Write(data []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(data)
}

func (s *screenOf) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// shows waits until the process has printed something.
func (s *screenOf) shows(t *testing.T, text string) {
	t.Helper()
	shown := func() bool { return strings.Contains(s.String(), text) }
	if !assert.Eventually(t, shown, patience, 5*time.Millisecond) {
		require.Contains(t, s.String(), text)
	}
}

// typist is a tool whose lines are typed one by one.
type typist struct {
	*exec.Cmd
	screen screenOf
	keys   io.WriteCloser
}

// begin starts key_mgmt_util.
func (p place) begin(args ...string) *typist {
	p.t.Helper()
	w := &typist{Cmd: p.command("", p.path("bin/key_mgmt_util"), args...)}
	w.Stdin, w.Stdout, w.Stderr = nil, &w.screen, &w.screen
	keys, err := w.StdinPipe()
	require.NoError(p.t, err)
	w.keys = keys
	require.NoError(p.t, w.Start())
	p.t.Cleanup(func() { w.Process.Kill() })
	return w
}

func (w *typist) types(t *testing.T, line string) {
	t.Helper()
	_, err := io.WriteString(w.keys, line+"\n")
	require.NoError(t, err)
}

// hsm types a line of the switchboard in a run of its own on the place's world.
func (p place) hsm(line string) {
	p.t.Helper()
	r := p.run("hsm "+line+"\n", "./hsmplay", "exec", "-state", "world")
	require.Equal(p.t, done, r.status, r.err)
}

// sessions returns how many processes the world holds.
func (p place) processes() int {
	p.t.Helper()
	data, err := os.ReadFile(p.path("world"))
	require.NoError(p.t, err)
	return strings.Count(string(data), `"process/`)
}

func TestManyProcessesLoseNoKey(t *testing.T) {
	p := installed(t)
	const processes, each = 20, 3
	var all sync.WaitGroup
	results := make([]result, processes*each)
	for i := range processes {
		all.Go(func() {
			for j := range each {
				results[i*each+j] = p.single("genSymKey", "-l", "together", "-t", "31", "-s", "32")
			}
		})
	}
	all.Wait()
	handles := map[string]bool{}
	for _, r := range results {
		require.Equal(t, done, r.status, r.err)
		handles[handleIn(t, r.out)] = true
	}
	require.Len(t, handles, processes*each, "no handle is given twice")
	require.Equal(t, strconv.Itoa(processes*each), p.keys("together"))
	require.Zero(t, p.processes())
}

var keyHandle = regexp.MustCompile(`Key Handle: (\d+)`)

// handleIn returns the handle that a creation has reported.
func handleIn(t *testing.T, text string) string {
	t.Helper()
	found := keyHandle.FindStringSubmatch(text)
	require.NotNil(t, found, text)
	return found[1]
}

func TestAWaitIsReleasedByAnotherProcess(t *testing.T) {
	p := installed(t)
	p.hsm("stop 2")
	single := p.begin(strings.Fields("singlecmd loginHSM -u CU -s example_user -p aws genECCKeyPair -i 14 -l three -min_srv 3")...)
	typed := p.begin()
	typed.types(t, "loginHSM -u CU -s example_user -p aws")
	typed.types(t, "genSymKey -l also -t 31 -s 32 -min_srv 3")
	single.screen.shows(t, "Command: genECCKeyPair")
	typed.screen.shows(t, "Cfm3LoginHSM returned: 0x00")
	require.Equal(t, "0", p.keys("three"), "others can work meanwhile, and see nothing that is half made")
	p.hsm("start 2")
	require.NoError(t, single.Wait())
	typed.screen.shows(t, "Key Handle: ")
	require.Equal(t, 1, strings.Count(single.screen.String(), "Cfm3LoginHSM returned"), "what was printed is not printed again")
	require.Equal(t, 1, strings.Count(single.screen.String(), "Command: genECCKeyPair"))
	require.Contains(t, single.screen.String(), "public key handle")
	require.Equal(t, "2", p.keys("three"))
	require.Equal(t, "1", p.keys("also"))
	require.NoError(t, typed.keys.Close())
	require.NoError(t, typed.Wait())
}

func TestATimeoutIsCountedFromTheBeginning(t *testing.T) {
	p := installed(t)
	p.hsm("stop 2")
	began := time.Now()
	w := p.begin(strings.Fields("singlecmd loginHSM -u CU -s example_user -p aws genSymKey -l late -t 31 -s 32 -min_srv 3 -timeout 1")...)
	w.screen.shows(t, "Command: genSymKey")
	for range 5 { // each of these makes the waiting command begin again
		p.single("genSymKey", "-l", "other", "-t", "31", "-s", "32")
	}
	require.Error(t, w.Wait())
	require.GreaterOrEqual(t, time.Since(began), time.Second)
	require.Equal(t, failed, w.ProcessState.ExitCode())
	require.Contains(t, w.screen.String(), "Cfm3GenerateSymmetricKey returned: 0x30000085")
	require.Equal(t, "0", p.keys("late"))
	require.Equal(t, "5", p.keys("other"))
}

func TestAnOtherProcessChangesTheWorldDuringAQuestion(t *testing.T) {
	p := installed(t)
	w := p.begin()
	w.types(t, "loginHSM -u CU -s example_user -hpswd")
	w.screen.shows(t, "Enter password: ")
	require.Equal(t, done, p.single("genSymKey", "-l", "meanwhile", "-t", "31", "-s", "32").status)
	w.types(t, "aws")
	w.types(t, "findKey -l meanwhile")
	w.screen.shows(t, "Total number of keys present 1")
	require.Equal(t, 1, strings.Count(w.screen.String(), "Enter password"))
}

func TestASessionEndsWithItsProcess(t *testing.T) {
	p := installed(t)
	w := p.begin()
	w.types(t, "loginHSM -u CU -s example_user -p aws")
	w.types(t, "genSymKey -l brief -t 31 -s 32 -sess")
	w.screen.shows(t, "Key Handle: ")
	require.Contains(t, p.single("getPartitionInfo").out, "OccupiedSessionKeys         :1", "it goes on while others come and go")
	require.Equal(t, 1, p.processes())
	w.types(t, "findKey -l brief")
	w.screen.shows(t, "Total number of keys present 1")
	require.NoError(t, w.Process.Kill())
	_ = w.Wait()
	require.Contains(t, p.single("getPartitionInfo").out, "OccupiedSessionKeys         :0")
	require.Zero(t, p.processes())
}

func TestRSAKeysOfManyProcesses(t *testing.T) {
	p := installed(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { p.single("genRSAKeyPair", "-m", "2048", "-e", "65537", "-l", "rsa") })
	}
	all.Wait()
	require.Equal(t, "8", p.keys("rsa"))
}

func TestKilledProcessesLeaveNothingHalf(t *testing.T) {
	p := installed(t)
	login := "loginHSM -u CU -s example_user -p aws\n"
	made := strings.Repeat("genSymKey -l killed -t 31 -s 32\n", 400)
	reported := map[string]bool{}
	const kills = 30
	for i := range kills {
		w := p.begin()
		go io.WriteString(w.keys, login+made)
		time.Sleep(time.Duration(i*i) * time.Millisecond / 3)
		require.NoError(t, w.Process.Kill())
		_ = w.Wait()
		for _, found := range keyHandle.FindAllStringSubmatch(w.screen.String(), -1) {
			require.False(t, reported[found[1]], "handle %s is reported twice", found[1])
			reported[found[1]] = true
		}
	}
	list := p.single("findKey", "-l", "killed").out
	require.NotEmpty(t, reported)
	for handle := range reported {
		require.Regexp(t, `[^\d]`+handle+`[^\d]`, list)
	}
	there, err := strconv.Atoi(p.keys("killed"))
	require.NoError(t, err)
	require.LessOrEqual(t, there, len(reported)+kills, "a kill leaves at most the key that was not reported yet")
	require.Zero(t, p.processes())
	require.NoFileExists(t, p.path("world.part"))
	files, err := os.ReadDir(p.dir)
	require.NoError(t, err)
	require.Len(t, files, 4, "bin, hsmplay, world and its lock")
}
