package sim

import (
	"slices"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/shell"
)

// root is a world at one moment. Rows are shared with the world, and tables with the root before
// where they are the same: a command costs what it has changed.
type root struct {
	options   Options
	cluster   *cluster.Cluster // its HSMs are without their keys
	keys      [][][]*hsm.Key   // by HSM, in chunks
	memory    *shell.Memory
	ran       ran // without the tables of the last line
	progress  progress
	lines     int64
	rest      shell.Rest
	processes []restingProcess
}

// restingProcess is a tool that runs on the host.
type restingProcess struct {
	id    string
	saved savedProcess
}

// root returns the world as it is now; before is an earlier root of it, nil for none. It is called
// under the world's lock.
func (w *World) root(before *root) *root {
	fork, tables := w.cluster.Part()
	r := &root{options: w.options, cluster: fork, memory: w.memory, ran: w.ran.shared(), progress: w.progress.fork(),
		lines: w.lines, rest: w.machine.Rest()}
	if before == nil {
		before = &root{memory: &shell.Memory{}}
	}
	if r.memory = before.memory; !w.memory.Same(before.memory) {
		r.memory = w.memory.Fork()
	}
	was := before.nodes()
	for i, n := range r.cluster.All() {
		var keys [][]*hsm.Key
		if i < len(was) {
			keys = before.keys[i]
			if slices.Equal(was[i].HSM.Users, n.HSM.Users) {
				n.HSM.Users = was[i].HSM.Users
			}
		}
		var beside [][]*hsm.Key
		if i > 0 {
			beside = r.keys[0]
		}
		r.keys = append(r.keys, chunked(tables[i], beside, keys))
	}
	for _, p := range w.processes {
		r.processes = append(r.processes, restingProcess{p.id, p.save()})
	}
	return r
}

// whole are the HSMs of all clusters with their keys.
func (r *root) whole() (nodes []*cluster.Node) {
	for i, n := range r.nodes() {
		node, h := *n, *n.HSM
		h.Keys = slices.Concat(r.keys[i]...)
		node.HSM = &h
		nodes = append(nodes, &node)
	}
	return nodes
}

// gist tells two worlds apart between which no line has run: keys that a wait has made, files that
// came from outside.
func (r *root) gist() uint64 {
	h := uint64(len(r.keys))
	for i, n := range r.nodes() {
		h = blend(h, uint64(n.HSM.Node))
		for _, chunk := range r.keys[i] {
			for _, k := range chunk {
				if k != nil {
					h = blend(h, uint64(k.Handle))
				}
			}
		}
	}
	for _, f := range r.memory.Rows() {
		h = blend(blend(mix(h, f.Path), uint64(f.Size())), uint64(f.Time))
	}
	return h
}

// nodes are the HSMs of all clusters, without their keys.
func (r *root) nodes() []*cluster.Node {
	if r.cluster == nil {
		return nil
	}
	return r.cluster.All()
}

// chunked parts a table of keys. A table that is the same as one of the others is that one, and so
// is a chunk.
func chunked(keys []*hsm.Key, others ...[][]*hsm.Key) [][]*hsm.Key {
	for _, other := range others {
		if joins(other, keys) {
			return other
		}
	}
	chunks := make([][]*hsm.Key, 0, (len(keys)+chunk-1)/chunk)
	for now := range slices.Chunk(keys, chunk) {
		chunks = append(chunks, sharedChunk(now, len(chunks), others))
	}
	return chunks
}

// joins reports whether chunks are a table of keys.
func joins(chunks [][]*hsm.Key, keys []*hsm.Key) bool {
	for _, c := range chunks {
		if len(c) > len(keys) || !slices.Equal(c, keys[:len(c)]) {
			return false
		}
		keys = keys[len(c):]
	}
	return len(keys) == 0
}

// sharedChunk is a chunk of the others that is the same, or a copy of this one.
func sharedChunk(now []*hsm.Key, i int, others [][][]*hsm.Key) []*hsm.Key {
	for _, other := range others {
		if i < len(other) && slices.Equal(other[i], now) {
			return other[i]
		}
	}
	return slices.Clone(now)
}

// sameChunk reports whether two chunks are one.
func sameChunk(a, b []*hsm.Key) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// world returns a world that goes on from a root. Calls to HSMs are numbered from one on.
func (r *root) world(call int64) *World {
	w := &World{options: r.options, lines: r.lines, memory: r.memory.Fork(), ran: r.ran.shared(), progress: r.progress.fork()}
	nodes := r.nodes()
	for i, n := range nodes {
		n.HSM.Keys = slices.Concat(r.keys[i]...)
	}
	w.cluster = r.cluster.Fork()
	for _, n := range nodes {
		n.HSM.Keys = nil
	}
	w.cluster.NumberFrom(call)
	w.machine = r.rest.Machine(w.instance())
	for _, p := range r.processes {
		w.goOn(p.id, p.saved)
	}
	for _, t := range w.machine.Resting() {
		w.hold(t.Tool, t.State)
	}
	w.machine.Do(w.cluster.EndOrphans)
	w.ran.call = w.cluster.LastEvent()
	w.ran.last.remember(w, nil)
	return w
}

// shared returns what ran with the lists of its rows shared, and without the tables of the last
// line.
func (r *ran) shared() ran {
	s := *r
	s.last = tables{}
	s.logs = slices.Clone(r.logs)
	for i, l := range s.logs {
		s.logs[i].rows = l.rows[:len(l.rows):len(l.rows)]
	}
	return s
}
