package lesson

import (
	"bytes"
	"crypto/aes"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/sim"
	"hsmplay/core/view"
)

// home is where relative names of files are.
const home = "/home/ec2-user/"

// homely is a path as one writes it in the home directory.
func homely(path string) string { return strings.TrimPrefix(path, home) }

// looked is a file, and what is recognised in it once that is asked for.
type looked struct {
	view.FileRow
	world *sim.World
	asked string // the path in the goal
	in    *sim.Inspection
	data  []byte
	read  bool
}

// inspect looks into the file.
func (f *looked) inspect() sim.Inspection {
	if f.in == nil {
		in, err := f.world.Inspect(f.Path)
		if err != nil {
			in = sim.Inspection{Kind: noneMark}
		}
		if f.Directory {
			in.Kind = "directory"
		}
		f.in = &in
	}
	return *f.in
}

// content is what is in the file.
func (f *looked) content() []byte {
	if !f.read && !f.Directory {
		f.data, _ = f.world.Read(f.Path) // one that cannot be read has no content
		f.read = true
	}
	return f.data
}

// pathOf is the path that a goal asks for, "" for any.
func pathOf(g Goal) string {
	for _, t := range g.Tests {
		if t.Field == "path" && t.Op == "=" && t.name() == "" {
			return t.Value
		}
	}
	return ""
}

// files are files and directories of the instance.
var files = table[*looked]{
	name: "file", main: "path", called: "a file", lasting: true,
	rows: func(e *eyes, g Goal) (all []*looked) {
		var rows []view.FileRow
		if path := pathOf(g); path != "" {
			for alternative := range strings.SplitSeq(path, "|") {
				rows = append(rows, e.world.Glob(alternative)...)
			}
		} else {
			rows = e.world.Files(0).Rows
		}
		for _, r := range rows {
			all = append(all, &looked{FileRow: r, world: e.world, asked: pathOf(g)})
		}
		return all
	},
	id: func(_ *eyes, f *looked) string { return f.ID },
	is: func(e *eyes, f *looked) string { return e.tongue.say("row.file", "name", homely(f.Path)) },
	fact: func(e *eyes, f *looked) string {
		return e.tongue.say(plural("fact.file", int(f.Size)), "name", homely(f.Path), "n", f.Size)
	},
	columns: []column[*looked]{
		{"path", func(_ *eyes, f *looked) value { return text(homely(f.Path)) }}, // see tries
		{"name", func(_ *eyes, f *looked) value { return text(f.Path[strings.LastIndex(f.Path, "/")+1:]) }},
		{"directory", func(_ *eyes, f *looked) value { return flag(f.Directory) }},
		{"text", func(_ *eyes, f *looked) value { return flag(f.Text) }},
		{"size", func(_ *eyes, f *looked) value { return number(f.Size) }},
		{"mode", func(_ *eyes, f *looked) value { return text(strconv.FormatUint(uint64(f.Mode), 8)) }},
		{"owner", func(_ *eyes, f *looked) value {
			if f.Root {
				return text("root")
			}
			return text("ec2-user")
		}},
		{"kind", func(_ *eyes, f *looked) value { return text(f.inspect().Kind) }},
		{"blocks", func(_ *eyes, f *looked) value { return f.blocks(func(b sim.BlockRow) string { return b.Label }) }},
		{"block-kinds", func(_ *eyes, f *looked) value { return f.blocks(func(b sim.BlockRow) string { return b.Kind }) }},
		{"handle", func(_ *eyes, f *looked) value { return orNone(f.handle()) }},
		{"class", func(_ *eyes, f *looked) value { return orNone(f.inspect().Class) }},
		{"type", func(_ *eyes, f *looked) value { return keyType(f.keyType()) }},
		{"label", func(_ *eyes, f *looked) value { return orNone(f.inspect().Label) }},
		{"here", func(_ *eyes, f *looked) value { return flag(f.inspect().Here) }},
		{"subject", func(_ *eyes, f *looked) value {
			return orNone(f.first(func(b sim.BlockRow) string { return b.Subject }))
		}},
		{"issuer", func(_ *eyes, f *looked) value {
			return orNone(f.first(func(b sim.BlockRow) string { return b.Issuer }))
		}},
		{"kcv", func(_ *eyes, f *looked) value { return value{texts: []string{f.kcv()}, hex: true} }},
		{"same", func(_ *eyes, f *looked) value { return text(homely(f.Path)) }}, // see tries
	},
	tries: func(_ *eyes, f *looked, field, want string) (ok, tried bool) {
		switch field {
		case "path": // the rows are those of the path
			return true, !strings.HasPrefix(want, "$") && f.asked == want
		case "same":
			other, err := f.world.Read(want)
			return err == nil && bytes.Equal(other, f.content()), true
		}
		return false, false
	},
	relates: func(e *eyes, f *looked, g Goal, n names) ([]names, []Differs) { return f.relates(e, g, n) },
}

// blocks lists a fact of each PEM block.
func (f *looked) blocks(of func(sim.BlockRow) string) value {
	v := value{list: true}
	for _, b := range f.inspect().Blocks {
		v.texts = append(v.texts, of(b))
	}
	return v
}

// first is the first fact of a PEM block that is one.
func (f *looked) first(of func(sim.BlockRow) string) string {
	i := slices.IndexFunc(f.inspect().Blocks, func(b sim.BlockRow) bool { return of(b) != "" })
	if i < 0 {
		return ""
	}
	return of(f.inspect().Blocks[i])
}

// handle is that of the key of the cluster that the file is about.
func (f *looked) handle() string {
	if in := f.inspect(); in.Handle != 0 {
		return strconv.FormatUint(uint64(in.Handle), 10)
	}
	return f.first(func(b sim.BlockRow) string { return b.Handle })
}

// keyType is the type of the key that the file is about.
func (f *looked) keyType() string {
	if in := f.inspect(); in.Type != "" {
		return in.Type
	}
	return f.first(func(b sim.BlockRow) string { return b.Type })
}

// kcv is the check value that the bytes have as an AES key (spec/kmu.md 4.6); none where they can
// be none.
func (f *looked) kcv() string {
	block, err := aes.NewCipher(f.content())
	if err != nil {
		return noneMark
	}
	var zeros [aes.BlockSize]byte
	block.Encrypt(zeros[:], zeros[:])
	return hex.EncodeToString(zeros[:3])
}

// attribute is the value of an attribute in a file of getAttribute.
func (f *looked) attribute(name string) (string, bool) {
	for _, a := range f.inspect().Attributes {
		if a.Name == name {
			return a.Value, true
		}
	}
	return "", false
}

// relates compares the file's content with what the goal says of it.
func (f *looked) relates(e *eyes, g Goal, n names) ([]names, []Differs) {
	if g.Relation == verifies {
		return f.verifies(g, n)
	}
	all, lacks := []names{n}, []Differs(nil)
	for _, text := range g.Texts {
		if !bytes.Contains(f.content(), []byte(n.fill(text))) {
			lacks = append(lacks, Differs{Field: holds, Want: n.fill(text), test: Test{holds, "~", text}})
		}
	}
	for _, t := range g.With {
		found, ok := f.attribute(t.Field)
		if !ok {
			if line := t.Field + t.Op + n.fill(t.Value); !bytes.Contains(f.content(), []byte(line)) {
				lacks = append(lacks, Differs{Field: holds, Want: line, test: t})
			}
			continue
		}
		v := value{texts: []string{found}, num: !strings.HasPrefix(found, "0x"), hex: strings.HasPrefix(found, "0x")}
		next, lack := e.compare(t, v, all)
		if lack != nil {
			lacks = append(lacks, *lack)
			continue
		}
		all = next
	}
	return all, lacks
}

// verifies verifies the signature that the file is, or that is in it.
func (f *looked) verifies(g Goal, n names) ([]names, []Differs) {
	with := map[string]string{}
	for _, t := range g.With {
		with[t.Field] = n.fill(t.Value)
	}
	name, over := with["data"]
	ok := false
	if over {
		data, err := f.world.Read(name)
		ok = err == nil && f.world.Verifies(f.content(), data, with["key"], with["mech"])
	} else {
		ok = f.world.Signed(f.content(), with["key"])
	}
	if ok {
		return []names{n}, nil
	}
	return nil, []Differs{{Field: verifies, Want: with["key"]}}
}
