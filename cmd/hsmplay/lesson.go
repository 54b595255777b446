package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hsmplay/core/lesson"
	"hsmplay/core/sim"
)

// lessonVerbs are what `hsmplay lesson` does.
var lessonVerbs = []struct {
	name string
	run  func(context.Context, host, []string) int
}{
	{"list", listLessons},
	{"check", checkLessons},
	{"new", newLesson},
	{"play", playLesson},
}

// lessons is the verb lesson.
func lessons(ctx context.Context, h host, args []string) int {
	if len(args) > 0 {
		for _, v := range lessonVerbs {
			if v.name == args[0] {
				return v.run(ctx, h, args[1:])
			}
		}
	}
	return h.misuse("lesson", errors.New("it lists, checks, plays or begins a lesson"))
}

// listLessons lists the course.
func listLessons(_ context.Context, h host, args []string) int {
	if len(args) > 0 {
		return h.misuse("lesson list", fmt.Errorf("%q is no flag", args[0]))
	}
	course, _, err := lesson.Course()
	if err != nil {
		return h.fail("lesson list", err)
	}
	for _, theme := range lesson.Themes {
		for _, l := range course {
			if l.Theme == theme {
				fmt.Fprintf(h.out, "%-10s %-28s %2d min  %s\n", theme, l.Name, l.Minutes, l.Title)
			}
		}
	}
	return done
}

// seeds are those of the noise in a proof.
var seeds = []uint64{1, 2, 3}

// checkLessons proves the lessons of folders and files.
func checkLessons(ctx context.Context, h host, args []string) int {
	if len(args) == 0 {
		return h.misuse("lesson check", errors.New("a folder, or files, are to be checked"))
	}
	var files []string
	for _, arg := range args {
		found, err := lessonFiles(arg)
		if err != nil {
			return h.fail("lesson check", err)
		}
		files = append(files, found...)
	}
	faults := 0
	for _, file := range files {
		if ctx.Err() != nil {
			return interrupted
		}
		found := checkLesson(h, file)
		faults += found
		if found == 0 {
			fmt.Fprintf(h.out, "%s: proved\n", file)
		}
	}
	if faults > 0 {
		return failed
	}
	return done
}

// checkLesson proves a lesson and tells what is wrong with it.
func checkLesson(h host, file string) int {
	text, err := os.ReadFile(file)
	if err != nil {
		fmt.Fprintln(h.out, err)
		return 1
	}
	l, err := lesson.Read(file, string(text))
	if err != nil {
		fmt.Fprintln(h.out, err)
		return 1
	}
	faults := l.Check(file, lesson.Proof{New: func() *sim.World { return sim.New(sim.Options{}) }, Seeds: seeds, Wrongs: true})
	for _, f := range faults {
		fmt.Fprintln(h.out, f)
	}
	return len(faults) + checkTranslations(h, file, string(text))
}

// checkTranslations reads the translations of a lesson: files of its name in folders beside it.
func checkTranslations(h host, file, text string) (faults int) {
	others, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*", filepath.Base(file)))
	if err != nil {
		return 0 // only of a pattern, and a file's name is none
	}
	for _, other := range others {
		said, err := os.ReadFile(other)
		if err == nil {
			var l *lesson.Lesson
			if l, err = lesson.Read(file, text); err == nil {
				err = l.Translate(other, string(said))
			}
		}
		if err != nil {
			fmt.Fprintln(h.out, err)
			faults++
		}
	}
	return faults
}

// lessonFiles are the lessons of a folder in their order, or the one file.
func lessonFiles(name string) ([]string, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.IsDir():
		return []string{name}, nil
	}
	files, err := filepath.Glob(filepath.Join(name, "*.md"))
	if len(files) == 0 && err == nil {
		return nil, fmt.Errorf("%s has no lesson: files end in .md", name)
	}
	slices.Sort(files)
	return files, err
}

// newLesson writes a skeleton.
func newLesson(_ context.Context, h host, args []string) int {
	if len(args) != 1 || strings.ContainsAny(args[0], "/\\ ") {
		return h.misuse("lesson new", errors.New("a lesson has a name, such as first-key-pair"))
	}
	name := strings.TrimSuffix(args[0], ".md") + ".md"
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return h.fail("lesson new", err)
	}
	_, err = f.WriteString(lesson.Skeleton)
	if err := errors.Join(err, f.Close()); err != nil {
		return h.fail("lesson new", err)
	}
	fmt.Fprintf(h.out, "%s: hsmplay lesson check %s\n", name, name)
	return done
}
