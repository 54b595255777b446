package unix

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
)

// jqOrder is in which order the keys of objects are printed: as jq has them, though gojq's objects
// are maps. An object that was read has its own order for as long as the filter passes it on; one
// that the filter makes has that of the filter's text, and any other that of the input as a whole.
type jqOrder struct {
	read   map[uintptr]jqObject // by the map's address; it is kept, so that no other gets the address
	input  map[string]int       // when a key was read first
	filter map[string]int       // when a key of an object stands in the filter first
}

type jqObject struct {
	object map[string]any
	keys   []string
}

// newJqOrder returns the order of a filter before anything was read.
func newJqOrder(filter string) *jqOrder {
	o := &jqOrder{read: map[uintptr]jqObject{}, input: map[string]int{}, filter: map[string]int{}}
	for i, c := range filter {
		if c == '{' || c == ',' {
			if key := filterKey(filter[i+1:]); key != "" {
				first(o.filter, key)
			}
		}
	}
	return o
}

// first numbers a key when it is seen for the first time.
func first(seen map[string]int, key string) {
	if _, has := seen[key]; !has {
		seen[key] = len(seen)
	}
}

// filterKey is the key of an object that a text of a filter begins with, "" for none.
func filterKey(text string) string {
	text = strings.TrimLeft(text, " \t\r\n")
	key, rest := "", ""
	if quoted, ok := strings.CutPrefix(text, `"`); ok {
		if key, rest, ok = strings.Cut(quoted, `"`); !ok {
			return ""
		}
	} else {
		text = strings.TrimPrefix(text, "$")
		end := strings.IndexFunc(text, func(r rune) bool {
			return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
		})
		if end < 0 {
			return ""
		}
		key, rest = text[:end], text[end:]
	}
	if rest = strings.TrimLeft(rest, " \t\r\n"); rest != "" && strings.IndexByte(":,}", rest[0]) >= 0 {
		return key
	}
	return ""
}

// note keeps the order in which an object's keys were read.
func (o *jqOrder) note(object map[string]any, keys []string) {
	for _, key := range keys {
		first(o.input, key)
	}
	o.read[reflect.ValueOf(object).Pointer()] = jqObject{object, keys}
}

// keys are an object's keys in their order.
func (o *jqOrder) keys(object map[string]any) []string {
	if was, ok := o.read[reflect.ValueOf(object).Pointer()]; ok && len(was.keys) == len(object) {
		return was.keys
	}
	keys := sortedKeys(object)
	ranks := []map[string]int{o.input, o.filter}
	if !slices.ContainsFunc(keys, func(key string) bool { _, has := o.filter[key]; return !has }) {
		ranks = []map[string]int{o.filter}
	}
	slices.SortStableFunc(keys, func(a, b string) int {
		for _, rank := range ranks {
			i, hasA := rank[a]
			j, hasB := rank[b]
			switch {
			case hasA && hasB:
				return cmp.Compare(i, j)
			case hasA:
				return -1
			case hasB:
				return 1
			}
		}
		return 0
	})
	return keys
}
