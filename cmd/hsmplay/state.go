package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/gofrs/flock"

	"hsmplay/core/sim"
)

// store keeps a world in a file, as JSON rows. A lock file beside it makes runs on the same file take turns.
type store struct {
	file string
	lock *flock.Flock
}

// lockRetry is how often a taken lock is tried again.
const lockRetry = 5 * time.Millisecond

// newStore is a store whose lock is not taken yet.
func newStore(file string) store { return store{file, flock.New(file + ".lock")} }

// openStore takes the lock, waiting for another run to end.
func openStore(ctx context.Context, file string) (*store, error) {
	s := newStore(file)
	return &s, s.take(ctx)
}

// take takes the lock, waiting for another process to give it back.
func (s *store) take(ctx context.Context) error {
	if _, err := s.lock.TryLockContext(ctx, lockRetry); err != nil {
		return fmt.Errorf("the lock of %s: %w", s.file, err)
	}
	return nil
}

// close gives the lock back.
func (s *store) close() error { return s.lock.Close() }

// load returns the world of the file, or a fresh one where there is no file yet.
func (s *store) load(o sim.Options) (*sim.World, error) {
	data, err := os.ReadFile(s.file)
	if errors.Is(err, fs.ErrNotExist) {
		return sim.New(o), nil
	}
	if err != nil {
		return nil, err
	}
	w, err := s.decode(data, o)
	if err == nil {
		endDead(w)
	}
	return w, err
}

// decode returns the world of a file's content; an empty file is a fresh one, as mktemp makes it.
func (s *store) decode(data []byte, o sim.Options) (*sim.World, error) {
	if len(data) == 0 {
		return sim.New(o), nil
	}
	var rows map[string]string
	if err := json.Unmarshal(data, &rows); err != nil {
		return nil, fmt.Errorf("%s is no saved world: %w", s.file, err)
	}
	w, err := sim.Load(rows, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.file, err)
	}
	return w, nil
}

// save replaces the file.
func (s *store) save(w *sim.World) error { return s.write(w.Save()) }

// write replaces the file by a rename, so that a crash leaves the old world.
func (s *store) write(rows map[string]string) error {
	data, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	// Whoever has the lock writes alone: what a killed process has left under this name is in nobody's way.
	name := s.file + ".part"
	if err := ignoreMissing(os.Remove(name)); err != nil {
		return err
	}
	part, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = part.Write(data)
	err = errors.Join(err, part.Sync(), part.Close())
	if err == nil {
		err = os.Rename(name, s.file)
	}
	if err != nil {
		return errors.Join(err, ignoreMissing(os.Remove(name)))
	}
	return nil
}
