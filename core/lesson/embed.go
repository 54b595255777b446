//go:build !js

package lesson

import (
	"embed"
	"io/fs"
	"path"
)

// course is built into native programs; the page fetches a file of it.
//
//go:embed course
var course embed.FS

// Course reads the lessons that are built in, in their order, with their texts by file name.
func Course() (lessons []*Lesson, texts map[string]string, err error) {
	return ReadAll(course, "course")
}

// ReadAll reads the lessons of a folder, in their order, with the texts by file name. Errors are
// those of Read, joined, and those of the folder.
func ReadAll(folder fs.FS, dir string) (lessons []*Lesson, texts map[string]string, err error) {
	names, err := fs.Glob(folder, path.Join(dir, "*.md"))
	if err != nil {
		return nil, nil, err
	}
	texts = map[string]string{}
	for _, name := range names {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, nil, err
		}
		texts[name] = string(text)
		l, err := Read(name, string(text))
		if err != nil {
			return nil, nil, err
		}
		lessons = append(lessons, l)
	}
	return lessons, texts, nil
}
