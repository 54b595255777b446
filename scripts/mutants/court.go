package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"
)

// judge is some of a package's own tests.
type judge struct {
	name, dir string
	args      []string
}

// judges are the tests that must notice, in the order in which they are asked: the slow ones come
// last, and none before those of the package where a fault is, since packages import earlier ones.
var judges = []judge{
	{"core/attr", "core/attr", nil},
	{"core/hsm", "core/hsm", nil},
	{"core/cluster", "core/cluster", []string{"-test.skip=Schedules"}},
	{"core/cluster's schedules", "core/cluster", []string{"-test.run=Schedules", "-rapid.nofailfile", "-rapid.seed=1"}},
}

// court has the packages' tests with all faults in them, each by its number.
type court struct {
	dir    string
	faults map[int]mutant
	whole  []int          // the faults that have tests of their own
	calm   []func() error // what each judge says while all faults sleep
}

// newCourt builds the tests; its files go below dir.
func newCourt(dir string, faults map[int]mutant) (*court, error) {
	c := &court{dir: dir, faults: faults}
	files := map[string]map[int]mutant{}
	for n, m := range faults {
		if files[m.file] == nil {
			files[m.file] = map[int]mutant{}
		}
		files[m.file][n] = m
	}
	changed := map[string]string{}
	for _, j := range judges {
		changed[j.dir+"/mutant_awake.go"] = fmt.Sprintf(waker, path.Base(j.dir), wake)
	}
	for file, faults := range files {
		w, err := weaveFile(".", file, faults)
		if err != nil {
			return nil, err
		}
		changed[file] = w.text
		c.whole = append(c.whole, w.whole...)
	}
	for _, j := range judges {
		c.calm = append(c.calm, sync.OnceValue(func() error {
			if noticed, out := j.notices(c.tests(0), 0); noticed {
				return fmt.Errorf("%s fails without any fault:\n%s", j.name, out)
			}
			return nil
		}))
	}
	return c, c.build(0, changed, "core/attr", "core/hsm", "core/cluster")
}

// tests is where the tests that have a fault lie: 0 stands for those that have all.
func (c *court) tests(n int) string { return filepath.Join(c.dir, strconv.Itoa(n)) }

// build makes the tests of packages with changed files.
func (c *court) build(n int, changed map[string]string, packages ...string) error {
	dir := c.tests(n)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	replace := map[string]string{}
	for i, file := range slices.Sorted(maps.Keys(changed)) {
		place, err := filepath.Abs(file)
		if err != nil {
			return err
		}
		replace[place] = filepath.Join(dir, strconv.Itoa(i)+".go")
		if err := os.WriteFile(replace[place], []byte(changed[file]), 0o600); err != nil {
			return err
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return err
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		return err
	}
	words := []string{"test", "-c", "-overlay", list, "-vet=off", "-ldflags=-s -w", "-o", dir + "/"}
	for _, p := range packages {
		words = append(words, "./"+p)
	}
	out, err := exec.Command("go", words...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("does not compile: %s", out)
	}
	return nil
}

var errSurvived = errors.New("not noticed")

// try wakes a fault and returns who noticed it.
func (c *court) try(n int) (verdict string, err error) {
	home := path.Dir(c.faults[n].file)
	first := slices.IndexFunc(judges, func(j judge) bool { return j.dir == home })
	for i := first; i < len(judges); i++ {
		j := judges[i]
		if err := c.calm[i](); err != nil {
			return "", err
		}
		tests, err := c.testsWith(n, j.dir)
		if err != nil {
			return "", err
		}
		noticed, out := j.notices(tests, n)
		if !noticed {
			continue
		}
		test, how := failed(out)
		if test != "" {
			// What fails once in a hundred runs is a fault of the test, and no notice.
			if again, _ := j.notices(tests, n, "-test.run=^"+test+"$"); !again {
				return "", fmt.Errorf("noticed by chance: %s, %s", j.name, how)
			}
		}
		return fmt.Sprintf("%s, %s", j.name, how), nil
	}
	return "", errSurvived
}

// testsWith returns where the tests of a package lie that have a fault, which may have to be built
// alone.
func (c *court) testsWith(n int, dir string) (string, error) {
	if !slices.Contains(c.whole, n) {
		return c.tests(0), nil
	}
	m := c.faults[n]
	text, err := m.apply(".")
	if err != nil {
		return "", err
	}
	return c.tests(n), c.build(n, map[string]string{m.file: text}, dir)
}

// notices runs the judge's tests, which lie in a folder, with a fault awake.
func (j judge) notices(tests string, n int, more ...string) (noticed bool, out []byte) {
	run := exec.Command(filepath.Join(tests, path.Base(j.dir)+".test"),
		slices.Concat([]string{"-test.failfast", "-test.timeout=5m"}, j.args, more)...)
	run.Dir = j.dir
	run.Env = append(os.Environ(), wake+"="+strconv.Itoa(n))
	out, err := run.CombinedOutput()
	return err != nil, out
}

var failing = regexp.MustCompile(`(?m)^--- FAIL: (\S+)|^panic: test timed out`)

// failed returns the name of the test that failed, from what the tests print; it is empty where
// they died or did not end.
func failed(out []byte) (test, how string) {
	switch m := failing.FindSubmatch(out); {
	case m == nil:
		return "", "which died"
	case len(m[1]) == 0:
		return "", "which did not end"
	default:
		return string(m[1]), string(m[1])
	}
}
