package unix

import (
	"cmp"
	"strings"

	"hsmplay/core/shell"
)

// fileSuffix is what stands behind the version in a file's name, such as .tar.gz.
var fileSuffix = shell.Pattern(`(\.[A-Za-z~][A-Za-z0-9~]*)*$`)

// compareVersions orders as sort -V does (coreutils' manual, Version sort ordering): names of dots
// first, then without what looks like a file's ending, then with it.
func compareVersions(a, b string) int {
	if a == "" || b == "" {
		return cmp.Compare(len(a), len(b))
	}
	if order := cmp.Compare(hiddenRank(a), hiddenRank(b)); order != 0 {
		return order
	}
	if order := compareRuns(withoutSuffix(a), withoutSuffix(b)); order != 0 {
		return order
	}
	return compareRuns(a, b)
}

// hiddenRank puts . before .. before other names with a dot in front, and those before all others.
func hiddenRank(name string) int {
	switch {
	case name == ".":
		return 0
	case name == "..":
		return 1
	case name[0] == '.':
		return 2
	}
	return 3
}

// withoutSuffix cuts the ending off and leaves at least one character.
func withoutSuffix(name string) string {
	return name[:1+fileSuffix().FindStringIndex(name[1:])[0]]
}

// compareRuns compares text by text, and numbers between as numbers.
func compareRuns(a, b string) int {
	for a != "" || b != "" {
		for startsText(a) || startsText(b) {
			if order := cmp.Compare(versionOrder(a), versionOrder(b)); order != 0 {
				return order
			}
			a, b = a[1:], b[1:]
		}
		x, y := digitsOf(a), digitsOf(b)
		a, b = a[len(x):], b[len(y):]
		x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
		if order := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); order != 0 {
			return order
		}
	}
	return 0
}

func startsText(s string) bool { return s != "" && digit(s[0]) > 9 }

func digitsOf(s string) string { return s[:len(s)-len(strings.TrimLeft(s, "0123456789"))] }

// versionOrder is the place of a text's first character: ~ before the end, the end before digits,
// letters before all others.
func versionOrder(s string) int {
	switch {
	case s == "":
		return -1
	case s[0] == '~':
		return -2
	case digit(s[0]) < 10:
		return 0
	case s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z':
		return int(s[0])
	}
	return int(s[0]) + 256
}
