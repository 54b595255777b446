// Command wasm is the engine of the page: the methods of core/sim as promises of JSON. web/hsm.d.ts
// is the contract; a test compares the names. Nothing here knows HSMs, and but for the files that
// end in _js nothing knows a browser.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"hsmplay/core/sim"
)

// request is the argument of every method; each reads the fields it has in the contract.
type request struct {
	Terminal int               `json:"terminal"`
	Name     string            `json:"name"`
	Columns  int               `json:"columns"`
	Line     string            `json:"line"`
	Cursor   int               `json:"cursor"` // UTF-16 units
	Ms       int64             `json:"ms"`
	Since    int64             `json:"since"`
	Calls    int64             `json:"calls"`
	From     int               `json:"from"`
	To       int               `json:"to"`
	Count    int               `json:"count"`
	Filter   string            `json:"filter"`
	Path     string            `json:"path"`
	Tool     string            `json:"tool"`
	Base64   string            `json:"base64"`
	Type     *typed            `json:"type"`
	View     *seen             `json:"view"`
	Rows     bool              `json:"rows"`
	Lesson   act               `json:"lesson"`
	Handle   uint32            `json:"handle"`
	Stored   map[string]string `json:"stored"`
}

// method is one method of the bridge.
type method struct {
	name string
	run  func(*sim.World, request) (any, error)
	desk func(*desk, request) (any, error) // in place of run, for what may put another world there
}

// fields is a small result.
type fields map[string]any

// methods are all of them, as interface Engine in web/hsm.d.ts has them.
var methods = []method{
	{name: "open", run: func(w *sim.World, r request) (any, error) { return w.Open(r.Name, r.Columns), nil }},
	{name: "close", run: func(w *sim.World, r request) (any, error) { w.Close(r.Terminal); return fields{}, nil }},
	{name: "terminals", run: func(w *sim.World, _ request) (any, error) { return w.TerminalsView(), nil }},
	{name: "type", run: func(w *sim.World, r request) (any, error) { return whole(w.Type(r.Terminal, r.Line)), nil }},
	{name: "interrupt", run: func(w *sim.World, r request) (any, error) { return whole(w.Interrupt(r.Terminal)), nil }},
	{name: "end", run: func(w *sim.World, r request) (any, error) { return whole(w.End(r.Terminal)), nil }},
	{name: "resize", run: func(w *sim.World, r request) (any, error) { w.Resize(r.Terminal, r.Columns); return fields{}, nil }},
	{name: "complete", run: complete},
	{name: "explain", run: func(w *sim.World, r request) (any, error) {
		x := w.Explain(r.Terminal, r.Line, bytesOf(r.Line, r.Cursor))
		x.Slots = orEmpty(x.Slots)
		return x, nil
	}},
	{name: "would", run: func(w *sim.World, r request) (any, error) { return w.Would(r.Terminal, r.Line), nil }},
	{name: "why", run: func(w *sim.World, r request) (any, error) { return w.Why(r.Terminal, r.Line), nil }},
	{name: "next", run: func(w *sim.World, r request) (any, error) { return fields{"lines": orEmpty(w.Next(r.Terminal))}, nil }},
	{name: "advance", run: func(w *sim.World, r request) (any, error) {
		now, due := w.Advance(max(r.Ms, 0))
		return fields{"now": now, "due": due}, nil
	}},
	{name: "cluster", run: func(w *sim.World, r request) (any, error) { return w.Cluster(r.Since, r.Calls), nil }},
	{name: "keys", run: func(w *sim.World, r request) (any, error) {
		return w.Keys(r.Since, r.Terminal, r.From, r.Count, r.Filter), nil
	}},
	{name: "users", run: func(w *sim.World, r request) (any, error) { return w.Users(r.Since), nil }},
	{name: "audit", run: func(w *sim.World, r request) (any, error) {
		if r.Count == 0 && r.Handle == 0 {
			return fields{"rows": w.Audit()}, nil
		}
		return fields{"rows": w.Trail(r.Handle, r.Count)}, nil
	}},
	{name: "sight", run: func(w *sim.World, r request) (any, error) { return w.Sight(r.Name, r.Terminal), nil }},
	{name: "access", run: func(w *sim.World, _ request) (any, error) { return access(w.Access()), nil }},
	{name: "ran", run: func(w *sim.World, r request) (any, error) { return fields{"rows": w.Ran(r.Terminal, r.Since)}, nil }},
	{name: "calls", run: func(w *sim.World, r request) (any, error) {
		return fields{"rows": w.CallLog(r.Terminal, int64(r.From), int64(r.To))}, nil
	}},
	{name: "files", run: func(w *sim.World, r request) (any, error) { return w.Files(r.Since), nil }},
	{name: "inspect", run: inspect},
	{name: "selftest", run: func(w *sim.World, _ request) (any, error) { return fields{"answers": w.SelfTest()}, nil }},
	{name: "read", run: read},
	{name: "write", run: write},
	{name: "batch", run: batch},
	{name: "changes", run: func(w *sim.World, _ request) (any, error) { return withRows{fields{}, w.Changes()}, nil }},
	{name: "save", run: func(w *sim.World, _ request) (any, error) { return withRows{fields{}, w.Whole()}, nil }},
	{name: "lesson", desk: (*desk).act},
	{name: "timeline", desk: (*desk).timeline},
	{name: "travel", desk: (*desk).travel},
	{name: "differs", desk: (*desk).differs},
	{name: "points", desk: (*desk).points},
	{name: "join", desk: (*desk).join},
	{name: "recall", desk: (*desk).recall},
	{name: "terms", run: func(*sim.World, request) (any, error) { return fields{"rows": sim.Terms()}, nil }},
	{name: "same", run: same},
}

// whole is a turn as the contract has it, also of a terminal that is not there.
func whole(t sim.Turn) sim.Turn {
	t.Notes = orEmpty(t.Notes)
	return t
}

// complete converts the offsets in both directions.
func complete(w *sim.World, r request) (any, error) {
	c := w.Complete(r.Terminal, r.Line, bytesOf(r.Line, r.Cursor))
	c.From, c.To = unitsOf(r.Line, c.From), unitsOf(r.Line, c.To)
	c.Choices = orEmpty(c.Choices)
	return c, nil
}

// same is a line in other words, or why it has none.
func same(w *sim.World, r request) (any, error) {
	a, err := w.Same(r.Tool, r.Line)
	if err != nil {
		return fields{"same": nil, "why": err.Error()}, nil
	}
	return fields{"same": a, "why": ""}, nil
}

func read(w *sim.World, r request) (any, error) {
	data, err := w.Read(r.Path)
	return fields{"base64": base64.StdEncoding.EncodeToString(data)}, err
}

// inspect looks at a file, or at bytes where there are some.
func inspect(w *sim.World, r request) (any, error) {
	if r.Base64 == "" {
		return w.Inspect(r.Path)
	}
	data, err := base64.StdEncoding.DecodeString(r.Base64)
	return w.InspectBytes(data), err
}

func write(w *sim.World, r request) (any, error) {
	data, err := base64.StdEncoding.DecodeString(r.Base64)
	if err != nil {
		return nil, err
	}
	return fields{}, w.Write(r.Path, data)
}

// orEmpty makes a nil slice an empty one, which JSON writes as [].
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// access has empty lists where there are none.
func access(a sim.Access) sim.Access {
	a.Sessions, a.Tokens, a.Daemon.Reaches = orEmpty(a.Sessions), orEmpty(a.Tokens), orEmpty(a.Daemon.Reaches)
	for i := range a.Tokens {
		a.Tokens[i].Approvers = orEmpty(a.Tokens[i].Approvers)
	}
	return a
}

// options start an engine; rows are a saved world.
type options struct {
	Rows map[string]string `json:"rows"`
	Seed *uint64           `json:"seed"`
}

// world makes the engine's world, fresh or from saved rows.
func world(text string, o sim.Options) (*sim.World, error) {
	var given options
	if err := json.Unmarshal([]byte(text), &given); err != nil {
		return nil, err
	}
	o.Wall = time.Now().UnixMilli()
	o.Seed = uint64(time.Now().UnixNano())
	if given.Seed != nil {
		o.Seed = *given.Seed
	}
	if given.Rows == nil {
		return sim.New(o), nil
	}
	return sim.Load(given.Rows, o)
}

// fault is what a method answers that could not.
type fault struct {
	Code     string `json:"code"` // panic, request or failed
	Message  string `json:"message"`
	Terminal int    `json:"terminal,omitempty"`
}

// call runs a method on its JSON argument. A panic is a fault of the program and ends that call
// only.
func call(d *desk, m method, arg string) (answer string) {
	var r request
	defer func() {
		if p := recover(); p != nil {
			answer = encode(fields{"error": fault{"panic", fmt.Sprint(p), r.Terminal}})
		}
	}()
	if err := json.Unmarshal([]byte(arg), &r); err != nil {
		return encode(fields{"error": fault{"request", err.Error(), 0}})
	}
	result, err := m.on(d, r)
	if err != nil {
		return encode(fields{"error": fault{"failed", err.Error(), r.Terminal}})
	}
	return encode(result)
}

// encode writes JSON; what the bridge answers is plain data, so it always can.
func encode(value any) string {
	if a, ok := value.(interface{ text() string }); ok {
		return a.text()
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic("wasm: " + err.Error())
	}
	return b.String()
}

// bytesOf converts an offset in a line from UTF-16 units, as JavaScript counts, to bytes.
func bytesOf(line string, units int) int {
	for i, r := range line {
		if units <= 0 {
			return i
		}
		units -= max(1, utf16.RuneLen(r))
	}
	return len(line)
}

// unitsOf converts an offset in a line from bytes to UTF-16 units.
func unitsOf(line string, bytes int) int {
	units := 0
	for i := 0; i < len(line) && i < bytes; {
		r, size := utf8.DecodeRuneInString(line[i:])
		units += max(1, utf16.RuneLen(r))
		i += size
	}
	return units
}
