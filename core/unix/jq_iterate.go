package unix

import (
	"fmt"
	"reflect"

	"github.com/itchyny/gojq"
)

// gojq goes through an object in the order of its keys' letters, and jq in the object's own. So
// .[] becomes .[_each], whose keys come in that order, also in what gojq's own functions are made
// of; and an object as a text is written as jq writes it.
const jqOwnOrder = `def map(f): [.[] | f];
def recurse: recurse(.[]?);
def paths: path(..) | select(. != []);
def paths(f): path(.. | select(f)) | select(. != []);
def leaf_paths: paths(scalars);
def to_entries: [keys_unsorted[] as $k | {key: $k, value: .[$k]}];
def with_entries(f): to_entries | map(f) | from_entries;
def tojson: _tojson;
def tostring: if type == "string" then . else _tojson end; .`

// jqDepth is how deep values of a parsed filter may stand in each other: what compiles it calls itself
// for each level, and a page's stack is small. 300 of try, or 1,000 pipes.
const jqDepth = 2000

// inOwnOrder puts these functions before a filter, and has all of it go through objects so.
// It is false for a filter that is too deep.
func inOwnOrder(query *gojq.Query) bool {
	own, err := gojq.Parse(jqOwnOrder)
	if err != nil {
		panic("unix: " + err.Error())
	}
	query.FuncDefs = append(own.FuncDefs, query.FuncDefs...)
	return eachTerm(reflect.ValueOf(query), jqDepth, func(term *gojq.Term) {
		for i := len(term.SuffixList) - 1; i >= 0; i-- {
			if term.SuffixList[i].Iter {
				indexEach(term, i)
				break // those before it are in the inner term now
			}
		}
	})
}

// indexEach turns T[] into (T | .[_each]), where it is the suffix i of a term.
func indexEach(term *gojq.Term, i int) {
	inner := *term
	inner.SuffixList = term.SuffixList[:i]
	each := &gojq.Query{Term: &gojq.Term{Type: gojq.TermTypeFunc, Func: &gojq.Func{Name: "_each"}}}
	index := &gojq.Term{Type: gojq.TermTypeIndex, Index: &gojq.Index{Start: each}}
	*term = gojq.Term{Type: gojq.TermTypeQuery, SuffixList: term.SuffixList[i+1:], Query: &gojq.Query{
		Left: &gojq.Query{Term: &inner}, Op: gojq.OpPipe, Right: &gojq.Query{Term: index}}}
}

// eachTerm shows the terms of a parsed filter, outer ones first, and is false where there are some
// deeper than room.
func eachTerm(v reflect.Value, room int, show func(*gojq.Term)) bool {
	if room == 0 {
		return false
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || !v.CanInterface() {
			return true
		}
		if term, ok := v.Interface().(*gojq.Term); ok {
			show(term)
		}
		return eachTerm(v.Elem(), room-1, show)
	case reflect.Slice:
		for i := range v.Len() {
			if !eachTerm(v.Index(i), room-1, show) {
				return false
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if !eachTerm(v.Field(i), room-1, show) {
				return false
			}
		}
	}
	return true
}

// eachKey gives the keys of an object or an array, one after the other.
func (j *jq) eachKey(v any, _ []any) gojq.Iter {
	switch v.(type) {
	case map[string]any, []any:
		return gojq.NewIter(j.keysUnsorted(v, nil).([]any)...)
	case nil:
		return gojq.NewIter[any](fmt.Errorf("cannot iterate over: null"))
	}
	return gojq.NewIter[any](fmt.Errorf("cannot iterate over: %s (%s)", gojq.TypeOf(v), gojq.Preview(v)))
}
