// Command mutants breaks the rules of the HSMs, one small fault at a time, and looks whether the
// own tests of core/attr, core/hsm or core/cluster notice. What the tools' transcripts would see
// does not count: a rule is tested where it lives.
//
//	go run ./scripts/mutants [-only WORD] [-p N]
//
// It runs at the top of the repository and changes nothing there: go test gets each fault as an
// overlay. It prints a line for each fault and exits 1 where one is not noticed, does not compile,
// or names a text that does not stand in its file exactly once.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// mutant is one small fault: in a file, a text and what stands there instead. Rule is what it
// breaks.
type mutant struct {
	rule, file, old, new string
}

// judges are the tests that must notice, in the order in which they are asked: the slow ones come
// last.
var judges = []struct {
	name string
	args []string
}{
	{"core/attr", []string{"./core/attr"}},
	{"core/hsm", []string{"./core/hsm"}},
	{"core/cluster", []string{"-skip", "Seeded", "./core/cluster", "-rapid.nofailfile"}},
	{"core/cluster's schedules", []string{"-run", "Seeded", "./core/cluster", "-rapid.nofailfile"}},
}

func main() {
	only := flag.String("only", "", "only faults whose rule or file has this word")
	jobs := flag.Int("p", 2, "how many to try at once")
	flag.Parse()
	if missed := run(*only, *jobs); missed > 0 {
		fmt.Printf("%d of %d not noticed\n", missed, len(mutants))
		os.Exit(1)
	}
}

// run tries the faults and returns how many were not noticed.
func run(only string, jobs int) (missed int) {
	dir, err := os.MkdirTemp("", "mutants")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer os.RemoveAll(dir)
	var lock sync.Mutex
	var all sync.WaitGroup
	free := make(chan bool, max(jobs, 1))
	for i, m := range mutants {
		if !strings.Contains(m.rule+" "+m.file, only) {
			continue
		}
		free <- true
		all.Go(func() {
			since := time.Now()
			verdict, err := m.try(filepath.Join(dir, fmt.Sprint(i)))
			<-free
			lock.Lock()
			defer lock.Unlock()
			if err != nil {
				missed++
				verdict = "FAIL: " + err.Error()
			}
			fmt.Printf("%-36s %5.1f s  %s (%s)\n", verdict, time.Since(since).Seconds(), m.rule, m.file)
		})
	}
	all.Wait()
	return missed
}

var errSurvived = errors.New("not noticed")

// try returns which package noticed the fault. Files go below dir.
func (m mutant) try(dir string) (verdict string, err error) {
	text, err := m.apply(".")
	if err != nil {
		return "", err
	}
	overlay, err := m.overlay(dir, text)
	if err != nil {
		return "", err
	}
	for _, judge := range judges {
		words := slices.Concat([]string{"test", "-overlay", overlay, "-vet=off", "-ldflags=-s -w", "-failfast", "-timeout", "5m"}, judge.args)
		out, err := exec.Command("go", words...).CombinedOutput()
		switch {
		case err == nil:
		case strings.Contains(string(out), "[build failed]"), strings.Contains(string(out), "[setup failed]"):
			return "", fmt.Errorf("does not compile: %s", out)
		default:
			return "noticed by " + judge.name, nil
		}
	}
	return "", errSurvived
}

// apply returns the file with the fault in it.
func (m mutant) apply(root string) (string, error) {
	data, err := os.ReadFile(filepath.Join(root, m.file))
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(data), m.old); n != 1 {
		return "", fmt.Errorf("%s has the old text %d times", m.file, n)
	}
	return strings.Replace(string(data), m.old, m.new, 1), nil
}

// overlay writes the changed file and the overlay that puts it in place, and returns the overlay's
// path.
func (m mutant) overlay(dir, text string) (string, error) {
	place, err := filepath.Abs(m.file)
	if err != nil {
		return "", err
	}
	changed := filepath.Join(dir, filepath.Base(m.file))
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {place: changed}})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(dir, "overlay.json")
	return overlay, errors.Join(os.Mkdir(dir, 0o700), os.WriteFile(changed, []byte(text), 0o600),
		os.WriteFile(overlay, replace, 0o600))
}
