package lesson

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ReadError is what is wrong with the text of a lesson: where, and what was expected there.
type ReadError struct {
	File string
	Line int // from 1
	Want string
}

// Error is file:line: what was expected.
func (e ReadError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Want) }

// Read reads the text of a lesson. file names it in errors, and the lesson: 03-first-key-pair.md is
// first-key-pair. All errors are returned, each a ReadError, joined.
func Read(file, text string) (*Lesson, error) {
	r := &reader{file: file, lesson: &Lesson{Name: nameOf(file)}}
	r.split(text)
	r.front()
	r.intro()
	for r.more() {
		r.step()
	}
	r.whole()
	if err := r.err(); err != nil {
		return nil, err
	}
	return r.lesson, nil
}

// nameOf is the name of a lesson in a file: without folder, number and ending.
func nameOf(file string) string {
	file = strings.TrimSuffix(file[strings.LastIndex(file, "/")+1:], ".md")
	if number, name, ok := strings.Cut(file, "-"); ok {
		if _, err := strconv.Atoi(number); err == nil {
			return name
		}
	}
	return file
}

// reader goes through the lines of a lesson.
type reader struct {
	file   string
	lines  []string
	at     int // index of the next line
	lesson *Lesson
	errs   []error
}

// split takes a text apart into lines.
func (r *reader) split(text string) {
	for line := range strings.Lines(text) {
		r.lines = append(r.lines, strings.TrimRight(line, " \t\r\n"))
	}
}

// err is what was wrong, joined; nil for nothing.
func (r *reader) err() error { return errors.Join(r.errs...) }

func (r *reader) more() bool { return r.at < len(r.lines) }

// fail notes an error at a line, counted from 1.
func (r *reader) fail(line int, want string, args ...any) {
	r.errs = append(r.errs, ReadError{r.file, line, fmt.Sprintf(want, args...)})
}

// front reads the front matter: key: value lines between two lines of three dashes.
func (r *reader) front() {
	if !r.more() || r.lines[0] != "---" {
		r.fail(1, "a lesson begins with --- and its front matter")
		return
	}
	seen := map[string]bool{}
	for r.at = 1; r.more() && r.lines[r.at] != "---"; r.at++ {
		key, value, ok := strings.Cut(r.lines[r.at], ":")
		i := slices.IndexFunc(fronts, func(f front) bool { return f.key == key })
		switch value = strings.TrimSpace(value); {
		case r.lines[r.at] == "":
		case !ok || i < 0:
			r.fail(r.at+1, "%q is no key of the front matter: these are %s", key, frontNames())
		case seen[key] && !fronts[i].several:
			r.fail(r.at+1, "%s stands once", key)
		default:
			if err := fronts[i].set(r.lesson, value); err != nil {
				r.fail(r.at+1, "%s: %v", key, err)
			}
		}
		seen[key] = true
	}
	if !r.more() {
		r.fail(len(r.lines), "the front matter ends with ---")
		return
	}
	r.at++
}

// intro reads what stands before the first step.
func (r *reader) intro() {
	r.lesson.Intro = r.prose(func(block) { r.fail(r.at, "blocks belong to a step, below a line ## Title") })
}

// step reads a title and what belongs to it.
func (r *reader) step() {
	s := Step{Line: r.at + 1, Title: strings.TrimSpace(strings.TrimPrefix(r.lines[r.at], "## "))}
	r.at++
	s.Prose = r.prose(func(b block) {
		i := slices.IndexFunc(blocks, func(k blockKind) bool { return k.name == b.kind })
		if i < 0 {
			r.fail(b.line, "%q is no block of a step: these are %s", b.kind, blockNames())
			return
		}
		if b.arg != "" != blocks[i].takesID {
			r.fail(b.line, "a block reads ```%s", blocks[i].form())
			return
		}
		blocks[i].read(r, &s, b)
	})
	r.lesson.Steps = append(r.lesson.Steps, s)
}

// block is a fenced block of a step.
type block struct {
	kind, arg string
	lines     []string
	line      int // of its fence, from 1; its first line is the next
}

// prose reads paragraphs up to the next step, and hands the blocks between them over.
func (r *reader) prose(each func(block)) string {
	var text []string
	for r.more() && !strings.HasPrefix(r.lines[r.at], "## ") {
		fence, ok := strings.CutPrefix(r.lines[r.at], "```")
		if !ok {
			text = append(text, r.lines[r.at])
			r.at++
			continue
		}
		b := block{line: r.at + 1}
		b.kind, b.arg, _ = strings.Cut(fence, " ")
		for r.at++; r.more() && r.lines[r.at] != "```"; r.at++ {
			b.lines = append(b.lines, r.lines[r.at])
		}
		if !r.more() {
			r.fail(b.line, "a block ends with a line ```")
			break
		}
		r.at++
		each(b)
	}
	return paragraphs(text)
}

// paragraphs joins lines to paragraphs, parted by one empty line.
func paragraphs(lines []string) string {
	text := strings.TrimSpace(strings.Join(lines, "\n"))
	for strings.Contains(text, "\n\n\n") {
		text = strings.ReplaceAll(text, "\n\n\n", "\n\n")
	}
	return text
}

// whole checks what only the whole lesson can lack.
func (r *reader) whole() {
	l := r.lesson
	switch {
	case l.Title == "":
		r.fail(1, "the front matter has a title")
	case l.Minutes == 0:
		r.fail(1, "the front matter says how many minutes it takes")
	case len(l.Steps) == 0:
		r.fail(len(r.lines), "a lesson has a step: ## Title")
	}
	for _, s := range l.Steps {
		if len(s.Goals) == 0 {
			r.fail(s.Line, "the step %q has a goal: ```goal", s.Title)
		}
		if len(s.Solution) == 0 {
			r.fail(s.Line, "the step %q has a solution: ```solution", s.Title)
		}
	}
}
