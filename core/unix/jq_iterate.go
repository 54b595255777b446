package unix

import (
	"cmp"
	"fmt"
	"math/big"
	"reflect"

	"github.com/itchyny/gojq"
)

// gojq goes through an object in the order of its keys' letters, and jq in the object's own. So
// .[] becomes .[_each], whose keys come in that order, also in what gojq's own functions are made
// of; and an object as a text is written as jq writes it. ltrimstr and rtrimstr leave what they are
// not for as it is.
const jqOwnOrder = `def map(f): [.[] | f];
def recurse: recurse(.[]?);
def paths: path(..) | select(. != []);
def paths(f): path(.. | select(f)) | select(. != []);
def first: .[0];
def last: .[-1];
def nth($n): .[$n];
def leaf_paths: paths(scalars);
def to_entries: [keys_unsorted[] as $k | {key: $k, value: .[$k]}];
def with_entries(f): to_entries | map(f) | from_entries;
def tojson: _tojson;
def ltrimstr($x): if type == "string" and ($x | type) == "string" and startswith($x) then .[($x | length):] else . end;
def rtrimstr($x): if type == "string" and ($x | type) == "string" and endswith($x) then .[:length - ($x | length)] else . end;
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
			suffix := term.SuffixList[i]
			if at := atKey(suffix.Index, false); at != nil || suffix.Iter {
				indexBy(term, i, cmp.Or(at, called("_each")))
				break // those before it are in the inner term now
			}
		}
		if at := atKey(term.Index, true); at != nil {
			term.Index = &gojq.Index{Start: at}
		}
		if term.Type == gojq.TermTypeFormat && term.Str == nil && term.Format == "@base64" {
			textual(term)
		}
	})
}

// called is a call of a function.
func called(name string, args ...*gojq.Query) *gojq.Query {
	return &gojq.Query{Term: &gojq.Term{Type: gojq.TermTypeFunc, Func: &gojq.Func{Name: name, Args: args}}}
}

// atKey is what `.[KEY]` is read as: `.[_at(KEY)]`, which knows what is indexed there, see
// [jq.keyAt]. Behind another term that is true of constants only. nil is for what stays as it is.
func atKey(index *gojq.Index, anyKey bool) *gojq.Query {
	if index == nil || index.IsSlice || index.Start == nil || index.Start.Term == nil {
		return nil
	}
	switch term := index.Start.Term; {
	case term.Func != nil && (term.Func.Name == "_at" || term.Func.Name == "_each"):
		return nil
	case anyKey, term.Type == gojq.TermTypeNumber, term.Type == gojq.TermTypeUnary, term.Func != nil && term.Func.Name[0] == '$':
		return called("_at", index.Start)
	}
	return nil
}

// notIndexed says, as jq does, that values of a type have no places of a type.
type notIndexed struct{ of, by string }

func (n notIndexed) Error() string { return "Cannot index " + n.of + " with " + n.by }

// keyAt gives a key back with which a value may be indexed. gojq takes letters out of strings by
// number, and jq 1.6 does not.
func (j *jq) keyAt(v any, args []any) any {
	switch args[0].(type) {
	case nil, bool:
		return notIndexed{gojq.TypeOf(v), gojq.TypeOf(args[0])}
	case int, float64, *big.Int:
		if _, text := v.(string); text {
			return notIndexed{"string", "number"}
		}
	}
	return args[0]
}

// textual turns @FORMAT into (tostring | @FORMAT), for objects in their own order.
func textual(term *gojq.Term) {
	format := &gojq.Query{Term: &gojq.Term{Type: gojq.TermTypeFormat, Format: term.Format, Str: &gojq.String{
		Queries: []*gojq.Query{{Term: &gojq.Term{Type: gojq.TermTypeIdentity}}}}}}
	*term = gojq.Term{Type: gojq.TermTypeQuery, SuffixList: term.SuffixList, Query: &gojq.Query{
		Left: called("tostring"), Op: gojq.OpPipe, Right: format}}
}

// indexBy turns T[] into (T | .[KEY]), where it is the suffix i of a term.
func indexBy(term *gojq.Term, i int, key *gojq.Query) {
	inner := *term
	inner.SuffixList = term.SuffixList[:i]
	index := &gojq.Term{Type: gojq.TermTypeIndex, Index: &gojq.Index{Start: key}}
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
