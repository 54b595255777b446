package main

import (
	"crypto/rand"
	"encoding/binary"
	"io"
	mathrand "math/rand/v2"
	"sync"
)

// A script that is run with -seed and -clock is a session that comes out the same each time, to the
// byte: keys, nonces and signatures too, so that what was signed or wrapped on the host between two
// runs fits. Then all chance of the process comes from the seed. Such keys are no secrets.

// replayed makes the chance of this process that of a seed, until restore.
//
// The package crypto takes the reader that is handed to its functions because of the setting
// cryptocustomrand in main.go.
func replayed(seed uint64) (restore func()) {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	before := rand.Reader
	rand.Reader = &dice{source: mathrand.NewChaCha8(key)}
	return func() { rand.Reader = before }
}

// dice is chance from a seed, for several goroutines.
type dice struct {
	mu     sync.Mutex
	source *mathrand.ChaCha8
}

var _ io.Reader = (*dice)(nil)

// Read reads chance. A single byte is one that the package crypto reads or does not read, by a toss
// of its own, so that nobody counts on what follows: it is 0 and costs nothing.
func (d *dice) Read(b []byte) (int, error) {
	if len(b) == 1 {
		b[0] = 0
		return 1, nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.source.Read(b)
}
