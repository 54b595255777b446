package jsonrow

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// flags and word are types of the rows' own.
type (
	flags uint32
	word  string
)

// sample is a row with a field of each kind.
type sample struct {
	Number int64
	Big    uint64
	Flags  flags
	List   []int
	Pair   [2]uint32
	Word   word
	Text   string
	Seldom int `json:",omitempty"`
	Bytes  []byte
}

func (s *sample) code(c *Coder) {
	c.Object(func() {
		Number(c, "Number", &s.Number)
		Number(c, "Big", &s.Big)
		Number(c, "Flags", &s.Flags)
		Numbers(c, "List", &s.List)
		Array(c, "Pair", s.Pair[:])
		Text(c, "Word", &s.Word)
		Text(c, "Text", &s.Text)
		if c.Has("Seldom", s.Seldom != 0) {
			Number(c, "Seldom", &s.Seldom)
		}
		Bytes(c, "Bytes", &s.Bytes)
	})
}

func samples(rows *[]*sample) func(*Coder) {
	return func(c *Coder) { List(c, rows, func(s *sample) { s.code(c) }) }
}

// A row is written as encoding/json writes it, and reads as it reads it.
func TestRowsAreThoseOfEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOf(rapid.Custom(func(t *rapid.T) *sample {
			if rapid.Bool().Draw(t, "null") {
				return nil
			}
			return &sample{
				Number: rapid.Int64().Draw(t, "number"), Big: rapid.Uint64().Draw(t, "big"), Flags: flags(rapid.Uint32().Draw(t, "flags")),
				List: rapid.SliceOf(rapid.Int()).Draw(t, "list"), Pair: [2]uint32{rapid.Uint32().Draw(t, "first"), rapid.Uint32().Draw(t, "second")},
				Word: word(rapid.StringMatching(`[a-z"<]*`).Draw(t, "word")), Text: rapid.String().Draw(t, "text"),
				Seldom: rapid.IntRange(0, 2).Draw(t, "seldom"), Bytes: rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"),
			}
		})).Draw(t, "rows")
		want, err := json.Marshal(rows)
		require.NoError(t, err)
		require.Equal(t, string(want), string(Write(1<<14, samples(&rows))))

		var got, theirs []*sample
		if Read(string(want), samples(&got)) {
			require.NoError(t, json.Unmarshal(want, &theirs))
			require.Equal(t, theirs, got)
		}
	})
}

// What is read is what encoding/json reads; whatever is odd is left to it.
func TestOddRowsAreLeft(t *testing.T) {
	plain := `[{"Number":1,"Big":2,"Flags":3,"List":[4,5],"Pair":[6,7],"Word":"a","Text":"b","Seldom":8,"Bytes":"YQ=="},null]`
	var rows []*sample
	require.True(t, Read(plain, samples(&rows)))
	require.Equal(t, []*sample{{1, 2, 3, []int{4, 5}, [2]uint32{6, 7}, "a", "b", 8, []byte("a")}, nil}, rows)
	for _, odd := range []struct{ from, to string }{
		{`"Number":1`, `"Number":01`}, {`"Number":1`, `"Number":`}, {`"Number":1`, `"Number":1.5`}, {`"Number":1`, `"Number":9223372036854775808`},
		{`"Flags":3`, `"Flags":4294967296`}, {`"Number":1,`, `"Number":1`}, {`"Number":1,`, ``}, {`{"Number"`, `{,"Number"`}, {`[4,5]`, `[4,5,]`},
		{`[4,5]`, `[,4]`}, {`[4,5]`, `[4 ,5]`}, {`[4,5]`, `[4,5`}, {`[6,7]`, `[6]`}, {`[6,7]`, `[6,7,8]`}, {`[6,7]`, `null`}, {`"a"`, `"\u0061"`},
		{`"a"`, `"ä"`}, {`"a"`, `a`}, {`"a"`, `null`}, {`"YQ=="`, `"YQ="`}, {`"YQ=="`, `"Y\nQ=="`}, {`"YQ=="}`, `"YQ==","More":1}`},
		{`null]`, `null,]`}, {`null]`, `null`}, {`null]`, `null] `}, {`null]`, `nul]`}, {plain, ``}, {plain, `[{}]`}, {plain, `[1]`},
	} {
		require.Contains(t, plain, odd.from)
		i := len(plain) - len(odd.from)
		for plain[i:i+len(odd.from)] != odd.from {
			i--
		}
		require.False(t, Read(plain[:i]+odd.to+plain[i+len(odd.from):], samples(&rows)), "%s for %s", odd.to, odd.from)
	}
	require.True(t, Read("null", samples(&rows)))
	require.Nil(t, rows)
	require.True(t, Read("[]", samples(&rows)))
	require.Equal(t, []*sample{}, rows)
}

// BenchmarkRow is a row of 32 samples, beside encoding/json.
func BenchmarkRow(b *testing.B) {
	var rows []*sample
	for i := range 32 {
		rows = append(rows, &sample{Number: int64(i), Big: 1 << 40, Flags: 4801, Pair: [2]uint32{6, 7}, Word: "CN_LOGIN",
			Text: "example_user", Bytes: make([]byte, 200)})
	}
	text := string(Write(1<<14, samples(&rows)))
	for _, row := range []struct {
		name string
		do   func()
	}{
		{"Write", func() { Write(1<<14, samples(&rows)) }},
		{"Marshal", func() { _, _ = json.Marshal(rows) }},
		{"Read", func() { Read(text, samples(&rows)) }},
		{"Unmarshal", func() { _ = json.Unmarshal([]byte(text), &rows) }},
	} {
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				row.do()
			}
		})
	}
}
