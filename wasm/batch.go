package main

import (
	"strconv"
	"strings"
	"sync"

	"hsmplay/core/sim"
)

// typed is a line that a batch types.
type typed struct {
	Terminal int    `json:"terminal"`
	Line     string `json:"line"`
}

// seen is what the reader of a batch knows already: versions of sections, the last call. keys asks
// for the first Count keys that match Filter, told for the user of Terminal.
type seen struct {
	Terminal int    `json:"terminal"`
	Cluster  int64  `json:"cluster"`
	Calls    int64  `json:"calls"`
	Keys     int64  `json:"keys"`
	Total    int    `json:"total"` // of keys
	Count    int    `json:"count"`
	Filter   string `json:"filter"`
	Users    int64  `json:"users"`
	Files    int64  `json:"files"`
}

// news answers a batch: the time, what has changed of the sections, as their own methods answer,
// and nothing else.
type news struct {
	seq, now, due               int64 // batches read one after another: their answers may overtake each other
	cluster, keys, users, files any   // nil for what has not changed
}

// text is the answer as JSON. Most have no section, and a burst has thousands, so it is put
// together without reflection.
func (n news) text() string {
	out := append(make([]byte, 0, 64), `{"seq":`...)
	out = append(strconv.AppendInt(out, n.seq, 10), `,"now":`...)
	out = append(strconv.AppendInt(out, n.now, 10), `,"due":`...)
	out = strconv.AppendInt(out, n.due, 10)
	for _, s := range []struct {
		name    string
		section any
	}{{"cluster", n.cluster}, {"keys", n.keys}, {"users", n.users}, {"files", n.files}} {
		if s.section != nil {
			out = append(append(append(out, `,"`...), s.name...), `":`...)
			out = append(out, strings.TrimSuffix(encode(s.section), "\n")...)
		}
	}
	return string(append(out, "}\n"...))
}

// reading is held while a batch reads. Several may be under way: a line that goes on does not keep
// others from typing.
var reading struct {
	sync.Mutex
	seq int64
}

// batch is all that an Enter needs in one call: it lets time pass, types a line if there is one,
// and then tells what has changed in the read model and in the rows to save.
func batch(w *sim.World, r request) (any, error) {
	var n news
	w.Advance(max(r.Ms, 0))
	if r.Type != nil {
		w.Type(r.Type.Terminal, r.Type.Line)
	}
	reading.Lock()
	defer reading.Unlock()
	n.now, n.due = w.Clock()
	if r.View != nil {
		n.view(w, *r.View)
	}
	var rows map[string]*string
	if r.Rows {
		rows = w.Changes()
	}
	reading.seq++
	n.seq = reading.seq
	return withRows{n, rows}, nil
}

// view reads the sections and keeps those that have another version than the reader's.
func (n *news) view(w *sim.World, s seen) {
	n.cluster = w.Cluster(s.Cluster, s.Calls)
	if keys := w.Keys(s.Keys, s.Terminal, 0, s.Count, s.Filter); keys.Version != s.Keys || keys.Total != s.Total {
		n.keys = keys
	}
	if users := w.Users(s.Users); users.Version != s.Users {
		n.users = users
	}
	if files := w.Files(s.Files); files.Version != s.Files {
		n.files = files
	}
}
