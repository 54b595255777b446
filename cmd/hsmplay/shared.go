package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"hsmplay/core/sim"
)

// shared is a world in a file that several processes use at the same time. Each takes the lock for
// a part of a command only; whoever has it looks first whether another one has replaced the file
// since. A file is never changed in place, and the one that was read stays open, so that no later
// file can look like it.
type shared struct {
	*sim.World
	store
	options sim.Options
	seen    *os.File          // the file as this process knows it; nil: there was none
	rows    map[string]string // as saved last; empty before
	written int64             // when the file was, as the file system tells; wall milliseconds, as at
	at      int64             // up to when the world's clock has come
}

// errNoPlace is an environment that names no place for the world.
var errNoPlace = errors.New("none of HSMPLAY_STATE, XDG_STATE_HOME and HOME says where the world is to be kept")

// worldFile returns the file of the world that the tools share on this machine: $HSMPLAY_STATE, or
// one in the user's directory for such (XDG Base Directory Specification, which wants absolute
// paths).
func worldFile(env func(string) string) (string, error) {
	if file := env("HSMPLAY_STATE"); file != "" {
		return filepath.Abs(file)
	}
	dir := env("XDG_STATE_HOME")
	if !filepath.IsAbs(dir) {
		home := env("HOME")
		if !filepath.IsAbs(home) {
			return "", errNoPlace
		}
		dir = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(dir, "hsmplay", "world"), nil
}

// openShared gets ready for the world of a file, which need not exist yet.
func openShared(file string, warnings io.Writer) (*shared, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	store, err := newStore(file, warnings)
	if err != nil {
		return nil, err
	}
	store.patience = lockPatience
	return &shared{store: store, options: sim.Options{Seed: 1}}, nil
}

// lockPatience is how long a tool waits for the lock without a word: others have it for a moment
// only.
const lockPatience = 5 * time.Second

// close forgets the file.
func (s *shared) close() {
	if s.seen != nil {
		s.seen.Close()
	}
}

// changed reports whether another process has replaced the file.
func (s *shared) changed() bool {
	now, err := os.Stat(s.file)
	if s.seen == nil || err != nil {
		return s.seen != nil || err == nil
	}
	then, err := s.seen.Stat()
	return err != nil || !os.SameFile(now, then) || now.Size() != then.Size() || !now.ModTime().Equal(then.ModTime())
}

// refresh brings the world to this moment, and says whether it is another one than before. It is
// called with the lock.
func (s *shared) refresh() (another bool, err error) {
	if another = s.World == nil || s.changed(); another {
		if err := s.read(); err != nil {
			return true, err
		}
		endDead(s.World)
	}
	s.at = time.Now().UnixMilli()
	s.See(s.at, min(s.written, s.at))
	return another, nil
}

// due returns how long it is until something happens by itself: 0 is now, negative never.
func (s *shared) due() time.Duration {
	now, due := s.Clock()
	if due == 0 {
		return -1
	}
	return max(time.Duration(due-now-(time.Now().UnixMilli()-s.at))*time.Millisecond, 0)
}

// read reads the file, or makes a fresh world where there is none.
func (s *shared) read() error {
	s.close()
	s.seen, s.rows, s.written = nil, map[string]string{}, 0
	s.options.Wall = time.Now().UnixMilli()
	f, err := os.Open(s.file)
	if errors.Is(err, fs.ErrNotExist) {
		s.World = sim.New(s.options)
		return nil
	}
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return errors.Join(err, f.Close())
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return errors.Join(err, f.Close())
	}
	s.seen, s.written = f, info.ModTime().UnixMilli()
	s.World, err = s.decode(data, s.options)
	if err == nil || errors.Is(err, sim.ErrTooNew) {
		return err
	}
	return s.putAside(err)
}

// putAside renames a file that holds no world, and goes on with a fresh one.
func (s *shared) putAside(why error) error {
	s.close()
	s.seen, s.written = nil, 0
	aside := fmt.Sprintf("%s.broken-%d", s.file, time.Now().UnixMilli())
	if err := os.Rename(s.file, aside); err != nil {
		return errors.Join(why, err)
	}
	fmt.Fprintf(s.warnings, "hsmplay: %v\nhsmplay: it is kept as %s; a fresh world begins\n", why, aside)
	s.World = sim.New(s.options)
	return nil
}

// save replaces the file. It is called with the lock.
func (s *shared) save() error {
	for name, row := range s.Changes() {
		if row == nil {
			delete(s.rows, name)
		} else {
			s.rows[name] = *row
		}
	}
	if err := s.write(s.rows); err != nil {
		return fmt.Errorf("the world cannot be saved: %w", err)
	}
	f, err := os.Open(s.file)
	if err != nil {
		return err
	}
	s.close()
	s.seen = f
	return nil
}

// endDead ends the sessions of processes of this machine that are no more.
func endDead(w *sim.World) {
	for _, id := range w.Processes() {
		if !processRuns(id) {
			w.EndProcess(id)
		}
	}
}
