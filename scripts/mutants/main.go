// Command mutants breaks the rules of the HSMs, one small fault at a time, and looks whether the
// own tests of core/attr, core/hsm or core/cluster notice. What the tools' transcripts would see
// does not count: a rule is tested where it lives.
//
//	go run ./scripts/mutants [-only WORD] [-p N]
//
// It runs at the top of the repository and changes nothing there. The tests are built once, with
// all faults asleep in them; each fault is woken in processes of its own (weave.go). It prints a
// line for each fault with the test that noticed it, and exits 1 where one is not noticed, does not
// compile, or names a text that does not stand in its file exactly once; also where a test fails
// while all faults sleep.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// mutant is one small fault: in a file, a text and what stands there instead. Rule is what it
// breaks.
type mutant struct {
	rule, file, old, new string
}

func main() {
	only := flag.String("only", "", "only faults whose rule or file has this word")
	jobs := flag.Int("p", 2, "how many to try at once")
	flag.Parse()
	tried, missed, err := run(*only, *jobs)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Printf("%d of %d not noticed\n", missed, tried)
	if missed > 0 {
		os.Exit(1)
	}
}

// run tries the faults and returns how many they were and how many were not noticed.
func run(only string, jobs int) (tried, missed int, err error) {
	chosen := map[int]mutant{}
	for i, m := range mutants {
		if strings.Contains(m.rule+" "+m.file, only) {
			chosen[i+1] = m
		}
	}
	dir, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return 0, 0, err
	}
	defer os.RemoveAll(dir)
	c, err := newCourt(dir, chosen)
	if err != nil {
		return 0, 0, err
	}
	var lock sync.Mutex
	var all sync.WaitGroup
	free := make(chan bool, max(jobs, 1))
	for _, n := range ordered(chosen) {
		free <- true
		all.Go(func() {
			since := time.Now()
			verdict, err := c.try(n)
			<-free
			lock.Lock()
			defer lock.Unlock()
			if err != nil {
				missed++
				verdict = "FAIL: " + err.Error()
			}
			m := chosen[n]
			fmt.Printf("%5.1f s  %s (%s): %s\n", time.Since(since).Seconds(), m.rule, m.file, verdict)
		})
	}
	all.Wait()
	return len(chosen), missed, nil
}

// apply returns the file with the fault in it.
func (m mutant) apply(root string) (string, error) {
	text, err := m.read(root)
	return strings.Replace(text, m.old, m.new, 1), err
}

// read returns the file's text, which must have the old one exactly once.
func (m mutant) read(root string) (string, error) {
	data, err := os.ReadFile(filepath.Join(root, m.file))
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(data), m.old); n != 1 {
		return "", fmt.Errorf("%s: %s has the old text %d times", m.rule, m.file, n)
	}
	return string(data), nil
}
