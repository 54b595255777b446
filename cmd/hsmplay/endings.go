package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// ending is a signal that has ended a run, as the cause of its context.
type ending struct{ signal syscall.Signal }

// Error names the signal.
func (e ending) Error() string { return e.signal.String() }

// endedBy returns a context that ends with the first of some signals; the next one ends the program
// at once. What the program was started with as ignored, by nohup for one, stays ignored.
func endedBy(parent context.Context, signals ...os.Signal) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	came := make(chan os.Signal, 1)
	for _, s := range signals {
		if !signal.Ignored(s) {
			signal.Notify(came, s)
		}
	}
	go func() {
		select {
		case s := <-came:
			signal.Stop(came)
			cancel(ending{s.(syscall.Signal)})
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(came)
		cancel(nil)
	}
}

// endingStatus is the exit status of a run that was ended: 128 and the signal's number, as a shell
// tells it.
func endingStatus(ctx context.Context) int {
	if e, ok := context.Cause(ctx).(ending); ok {
		return 128 + int(e.signal)
	}
	return interrupted
}

// patient is an input whose reads end with a context too: a pipe may stay silent for ever.
type patient struct {
	ctx context.Context
	in  io.Reader
}

// Read reads. What arrives after the context's end is lost.
func (p patient) Read(data []byte) (int, error) {
	type result struct {
		n   int
		err error
	}
	own := make([]byte, len(data))
	came := make(chan result, 1)
	go func() {
		n, err := p.in.Read(own)
		came <- result{n, err}
	}()
	select {
	case r := <-came:
		copy(data, own[:r.n])
		return r.n, r.err
	case <-p.ctx.Done():
		return 0, p.ctx.Err()
	}
}

// outlet is an output that remembers whether it took everything. One that was closed before the
// program began (`>&-`) takes everything: Go opens /dev/null in its place before any code of ours
// runs, for reading and writing, and it has no mark that tells it from the /dev/null that Python's
// subprocess.DEVNULL and Node's 'ignore' hand over on purpose.
type outlet struct {
	io.Writer
	err error
}

// Write writes, until something is lost.
func (o *outlet) Write(data []byte) (n int, err error) {
	if o.err == nil {
		n, err = o.Writer.Write(data)
		o.err = err
	}
	return n, o.err
}

// lost says what became of the output, nil where it arrived.
func (o *outlet) lost() error {
	if o.err == nil {
		return nil
	}
	return fmt.Errorf("the output is lost: %w", o.err)
}
