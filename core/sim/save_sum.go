package sim

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// rowSum says what the other rows are.
const rowSum = "sum"

// sum is what a saved world must contain: how many rows of each kind, and a digest over all of
// them. The digest is the sum of a fingerprint of each row, so that a row that changes takes its
// own out and puts another in. It tells a world that was damaged; it keeps nobody from making one
// up.
type sum struct {
	Rows   map[string]int `json:"rows"` // by what stands before the first slash of the name
	Digest string         `json:"digest"`

	digest uint64
}

// NotWhole is the error of a saved world in which rows are missing, changed or too many.
type NotWhole struct{ Reason string }

// Error gives the reason.
func (e NotWhole) Error() string { return "sim: the saved world is not whole: " + e.Reason }

// counted are the kinds of rows that a world is made of; whatever else a host keeps beside them is
// not looked at.
var counted = []string{rowWorld, "node", "material", "backup", "page", rowFile, "terminal", "ran", "process"}

// sumOf returns what rows contain.
func sumOf(rows map[string]string) *sum {
	s := &sum{Rows: map[string]int{}}
	for name, text := range rows {
		if slices.Contains(counted, kindOf(name)) {
			s.Rows[kindOf(name)]++
			s.digest += fingerprint(name, text)
		}
	}
	return s.sealed()
}

// sealed writes the digest out.
func (s *sum) sealed() *sum {
	s.Digest = strconv.FormatUint(s.digest, 16)
	return s
}

// kindOf is what stands before the first slash of a row's name.
func kindOf(name string) string {
	kind, _, _ := strings.Cut(name, "/")
	return kind
}

// fingerprint mixes a row's name and text, eight bytes at a time (after FNV-1a, RFC 9923, with a
// shift so that high bits reach low ones).
func fingerprint(name, text string) uint64 {
	h := mix(0xcbf29ce484222325, name)
	return mix(h^0xff, text)
}

const prime = 0x9e3779b97f4a7c15

// blend takes a number into a fingerprint.
func blend(h, number uint64) uint64 {
	h = (h ^ number) * prime
	return h ^ h>>29
}

func mix(h uint64, text string) uint64 {
	h = (h ^ uint64(len(text))) * prime
	for ; len(text) >= 8; text = text[8:] {
		word := uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
			uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
		h = blend(h, word)
	}
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * prime
		h ^= h >> 29
	}
	return h
}

// sum brings what the rows contain up to date with what has changed.
func (c *changes) sum() {
	s := c.saver
	if s.sums == nil {
		s.sums, s.sum = map[string]uint64{}, &sum{Rows: map[string]int{}}
	}
	for name, row := range c.rows {
		before, there := s.sums[name]
		if there {
			s.sum.digest -= before
			s.sum.Rows[kindOf(name)]--
			delete(s.sums, name)
		}
		if row != nil { // all are of kinds that count
			s.sums[name] = fingerprint(name, *row)
			s.sum.digest += s.sums[name]
			s.sum.Rows[kindOf(name)]++
		}
		if s.same != nil && there == (row != nil) && s.sums[name] == before {
			delete(c.rows, name) // written by another look, it is the same
		}
	}
	maps.DeleteFunc(s.sum.Rows, func(_ string, count int) bool { return count == 0 })
	if len(c.rows) > 0 {
		c.put(rowSum, s.sum.sealed())
	}
}

// whole returns NotWhole unless the rows are what they say they are.
func (l *loader) whole() error {
	var says sum
	if l.rows[rowSum] == "" {
		return NotWhole{"it does not say what is in it"}
	}
	if err := json.Unmarshal([]byte(l.rows[rowSum]), &says); err != nil {
		return NotWhole{"what it says of itself cannot be read"}
	}
	is := sumOf(l.rows)
	kinds := maps.Clone(is.Rows)
	maps.Copy(kinds, says.Rows)
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		if is.Rows[kind] != says.Rows[kind] {
			return NotWhole{fmt.Sprintf("of %d rows %q there are %d", says.Rows[kind], kind, is.Rows[kind])}
		}
	}
	if is.Digest != says.Digest {
		return NotWhole{"a row was changed"}
	}
	return nil
}
