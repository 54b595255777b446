package shell

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mvdan.cc/sh/v3/interp"
)

// descriptorDir is where redirections and programs find the numbers.
const descriptorDir = "/dev/fd/"

// closedName is the number of a descriptor that is closed.
const closedName = descriptorDir + "closed"

// closed is what stands behind a number that was closed.
type closed struct{}

func (closed) Read([]byte) (int, error)  { return 0, BadDescriptor }
func (closed) Write([]byte) (int, error) { return 0, BadDescriptor }
func (closed) Close() error              { return nil }

// descriptor is what stands behind a number above 2.
type descriptor struct {
	in    *bufio.Reader // nil: not open for reading
	out   io.Writer     // nil: not open for writing
	text  []byte        // of a process substitution that has been read already, for all who open it
	file  io.Closer     // closed with the number, nil where somebody else closes it
	over  chan struct{} // of a process substitution that reads: closed at its end
	drain *drained      // where that reads from

	under *descriptor // what the number stood for before, and stands for again
}

// descriptors are the numbers above 2 of one shell; the interpreter itself knows 0 to 2 only.
type descriptors struct {
	mu sync.Mutex
	at map[int]*descriptor
}

func (d *descriptors) get(n int) *descriptor {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.at[n]
}

// set puts a descriptor behind a number, nil to free it, and returns what was there.
func (d *descriptors) set(n int, to *descriptor) *descriptor {
	d.mu.Lock()
	defer d.mu.Unlock()
	old := d.at[n]
	if d.at == nil {
		d.at = map[int]*descriptor{}
	}
	d.at[n] = to
	if to == nil {
		delete(d.at, n)
	}
	return old
}

// inherit gives a script's shell the descriptors of the one that starts it.
func (d *descriptors) inherit(from *descriptors) {
	from.mu.Lock()
	defer from.mu.Unlock()
	d.at = maps.Clone(from.at)
	for n, row := range d.at {
		kept := *row
		kept.file, kept.over, kept.drain, kept.under = nil, nil, nil, nil
		d.at[n] = &kept
	}
}

// closeAll ends every descriptor of a shell that has ended, and waits for the processes that read
// from them.
func (d *descriptors) closeAll(ctx context.Context) {
	for n := range 256 {
		if row := d.get(n); row != nil {
			row.close(ctx)
			d.set(n, nil)
		}
	}
}

func (d *descriptor) close(ctx context.Context) {
	if d.file != nil {
		d.file.Close()
	}
	if d.over != nil {
		select {
		case <-d.over:
		case <-ctx.Done():
		}
	}
}

// openDescriptor opens a number for a redirection, or what a process substitution reads or writes.
// It is false for names of files.
func (b *bash) openDescriptor(ctx context.Context, name string, flags int, line uint) (io.ReadWriteCloser, bool, error) {
	if name == closedName {
		return closed{}, true, nil
	}
	if how, ok := strings.CutPrefix(name, traceName); ok {
		f, err := b.openTrace(ctx, how)
		return f, true, err
	}
	verb, number, ok := descriptorName(name)
	row := b.fds.get(number)
	if usual := strings.TrimPrefix(name, descriptorDir); !ok && name != usual && slices.Contains([]string{"0", "1", "2"}, usual) {
		row, ok = b.duplicate(interp.HandlerCtx(ctx), usual), true // `>&$fd`
	}
	if !ok {
		return nil, false, nil
	}
	switch {
	case row == nil:
	case verb == "fill" && row.text != nil:
		return openWriter{&filler{row, budgetOf(ctx)}}, true, nil
	case flags&(os.O_WRONLY|os.O_RDWR) != 0 && row.out != nil:
		return openWriter{row.out}, true, nil
	case row.drain != nil && verb == "drain":
		return row.drain, true, nil
	case row.drain != nil && flags&os.O_WRONLY == 0: // nobody would write what is read there, so it would not end
	case flags&(os.O_WRONLY|os.O_RDWR) == 0 && row.text != nil:
		return openRead{strings.NewReader(string(row.text))}, true, nil
	case flags&(os.O_WRONLY|os.O_RDWR) == 0 && row.in != nil:
		return openRead{row.in}, true, nil
	}
	return nil, true, b.refused(line, strconv.Itoa(number), BadDescriptor)
}

// descriptorName takes the name of a descriptor apart: /dev/fd/3, or what [lowerFDs] and
// [lowerProcSubst] have made.
func descriptorName(name string) (verb string, n int, ok bool) {
	rest, ok := strings.CutPrefix(name, descriptorDir)
	if !ok {
		return "", 0, false
	}
	verb, number, found := strings.Cut(rest, "/")
	if !found {
		verb, number = "", rest
	}
	n, err := strconv.Atoi(number)
	return verb, n, err == nil && n > 2 && n < 256
}

// filler gathers what <( ) prints.
type filler struct {
	row    *descriptor
	budget *budget
}

// Write appends.
func (f *filler) Write(data []byte) (int, error) {
	if err := f.budget.room(int64(len(f.row.text) + len(data))); err != nil {
		return 0, err
	}
	f.row.text = append(f.row.text, data...)
	return len(data), nil
}

// drained is standard input of >( ); its end is the end of the process.
type drained struct {
	*io.PipeReader
	over chan struct{}
}

// Write fails: this end is for reading.
func (*drained) Write([]byte) (int, error) { return 0, errReadBack }

// Close says that the process has ended: who still writes to it has lost its reader.
func (d *drained) Close() error {
	close(d.over)
	return d.PipeReader.Close()
}

// fd carries out what a redirection of a number above 2 does, see [lowerFDs].
func (b *bash) fd(ctx context.Context, args []string) error {
	hc := interp.HandlerCtx(ctx)
	name, named := strings.CutPrefix(strings.TrimSuffix(args[1], "}"), "{")
	n, _ := strconv.Atoi(args[1])
	switch {
	case named && args[0] == "close":
		n, _ = strconv.Atoi(hc.Env.Get(name).String())
	case named:
		for n = firstNamed; b.fds.get(n) != nil; n++ {
		}
		if n > 255 {
			fmt.Fprintf(hc.Stderr, "%v\n", b.refused(uint(hc.Pos.Line()), name, Errno("Too many open files")))
			return interp.ExitStatus(1)
		}
	}
	row := &descriptor{}
	switch args[0] {
	case "fill":
		row.text = []byte{}
	case "sink":
		r, w := io.Pipe()
		over := make(chan struct{})
		row = &descriptor{out: w, file: w, over: over, drain: &drained{r, over}}
	case "here":
		data, err := io.ReadAll(io.LimitReader(hc.Stdin, maxText))
		if err != nil {
			return interp.ExitStatus(1)
		}
		row.in = bufio.NewReader(strings.NewReader(string(data)))
	case "dup":
		if row = b.duplicate(hc, args[2]); row == nil {
			fmt.Fprintf(hc.Stderr, "%v\n", b.refused(uint(hc.Pos.Line()), args[2], BadDescriptor))
			return interp.ExitStatus(1)
		}
	case "close", "end":
		return b.closeFD(ctx, n, args)
	default:
		flags := map[string]int{"<": os.O_RDONLY, ">": os.O_WRONLY | os.O_CREATE | os.O_TRUNC,
			">|": os.O_WRONLY | os.O_CREATE | os.O_TRUNC, ">>": os.O_WRONLY | os.O_CREATE | os.O_APPEND}[args[0]]
		file, err := b.openFile(ctx, args[2], flags, 0)
		if err != nil {
			fmt.Fprintf(hc.Stderr, "%v\n", err)
			return interp.ExitStatus(1)
		}
		row.file = file
		if row.out = file; flags == os.O_RDONLY {
			row.in, row.out = bufio.NewReader(file), nil
		}
	}
	row.under = b.fds.get(n)
	b.fds.set(n, row)
	if named {
		return hc.Builtin(ctx, []string{"eval", name + "=" + strconv.Itoa(n)})
	}
	return nil
}

// firstNamed is the first number that `exec {fd}>f` chooses.
const firstNamed = 10

// closeFD closes a number; the process that reads from it, if there is one, ends first. "end"
// stands behind the command that the number was opened for, and has its status.
func (b *bash) closeFD(ctx context.Context, n int, args []string) error {
	row := b.fds.get(n)
	if row != nil {
		row.close(ctx) // it keeps its number so long: the process may not have opened it yet
		b.fds.set(n, nil)
	}
	if args[0] != "end" {
		return nil
	}
	if row != nil {
		b.fds.set(n, row.under)
	}
	return b.exitStatus(ctx, args[2:])
}

// duplicate returns what a number stands for where a command is, nil for one that is not open.
func (b *bash) duplicate(hc interp.HandlerContext, number string) *descriptor {
	switch number {
	case "0":
		if hc.Stdin == nil {
			return nil
		}
		return &descriptor{in: bufio.NewReader(hc.Stdin)}
	case "1":
		return &descriptor{out: hc.Stdout}
	case "2":
		return &descriptor{out: raw(hc.Stderr)}
	}
	n, _ := strconv.Atoi(number)
	row := b.fds.get(n)
	if row == nil {
		return nil
	}
	kept := *row
	kept.file, kept.over, kept.drain, kept.under = nil, nil, nil, nil
	return &kept
}
