package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"hsmplay/core/sim"
)

// store keeps a world in a file, as JSON rows. A lock file beside it makes runs on the same file
// take turns.
type store struct {
	file     string // links followed: a rename would replace one
	lock     *flock.Flock
	warnings io.Writer
	patience time.Duration // how long another run may have the lock before that is said; 0 says it at once
}

// lockRetry is how often a taken lock is tried again.
const lockRetry = 5 * time.Millisecond

// newStore is a store whose lock is not taken yet. It fails where the file can hold no world, or
// must not be changed.
func newStore(file string, warnings io.Writer) (store, error) {
	file, err := followed(file)
	if err == nil {
		err = keeps(file)
	}
	return store{file: file, lock: flock.New(file + ".lock"), warnings: warnings}, err
}

// linksMax is how many links a file may be behind.
const linksMax = 40

// followed returns the file that a name leads to by links, also where it is not there yet.
func followed(file string) (string, error) {
	for range linksMax {
		target, err := os.Readlink(file)
		if err != nil {
			return file, nil // no link
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(file), target)
		}
		file = target
	}
	return "", fmt.Errorf("%s is a link that leads nowhere", file)
}

// keeps reports why a file cannot keep a world. One that nobody may write is not replaced, also not
// for root, who could.
func keeps(file string) error {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is no file that can hold a world", file)
	case info.Mode().Perm()&0o222 == 0:
		return fmt.Errorf("%s is read-only", file)
	}
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

// take takes the lock, waiting for another process to give it back.
func (s *store) take(ctx context.Context) error {
	got, err := s.lock.TryLock()
	if err == nil && !got && s.patience > 0 {
		soon, cancel := context.WithTimeout(ctx, s.patience)
		got, _ = s.lock.TryLockContext(soon, lockRetry) // not in that time: said below, and waited for
		cancel()
	}
	if err == nil && !got && ctx.Err() == nil {
		fmt.Fprintf(s.warnings, "hsmplay: another run has %s; waiting for it to end\n", s.file)
		_, err = s.lock.TryLockContext(ctx, lockRetry)
	}
	if err = errors.Join(err, ctx.Err()); err != nil {
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

// write replaces the file by a rename, so that a crash leaves the old world. Mode and owner stay.
func (s *store) write(rows map[string]string) error {
	data, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	// Whoever has the lock writes alone: what a killed process has left under this name is in
	// nobody's way.
	name := s.file + ".part"
	if err := ignoreMissing(os.Remove(name)); err != nil {
		return err
	}
	part, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = part.Write(data)
	if old, none := os.Stat(s.file); none == nil {
		err = errors.Join(err, part.Chmod(old.Mode().Perm()))
		own(part, old)
	}
	err = errors.Join(err, part.Sync(), part.Close())
	if err == nil {
		err = os.Rename(name, s.file)
	}
	if err != nil {
		return errors.Join(err, ignoreMissing(os.Remove(name)))
	}
	return nil
}
