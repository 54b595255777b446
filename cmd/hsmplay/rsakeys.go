package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
)

// rsaKeys makes the RSA keys of one command, and remembers them: a command that is carried out
// again because another process has changed the world meanwhile gets the same ones in the same
// order, at once.
type rsaKeys struct {
	made []*rsa.PrivateKey
	next int
}

// forget begins another command.
func (r *rsaKeys) forget() { *r = rsaKeys{} }

// again begins the same command again.
func (r *rsaKeys) again() { r.next = 0 }

// make returns a key with e = 65537. It ends when the context does, also in the middle of the
// search for primes.
func (r *rsaKeys) make(ctx context.Context, bits int) (*rsa.PrivateKey, error) {
	if r.next < len(r.made) && r.made[r.next].N.BitLen() == bits {
		r.next++
		return r.made[r.next-1], nil
	}
	type result struct {
		key *rsa.PrivateKey
		err error
	}
	found := make(chan result, 1)
	go func() {
		key, err := rsa.GenerateKey(rand.Reader, bits)
		found <- result{key, err}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case f := <-found:
		if f.err == nil {
			r.made, r.next = append(r.made[:r.next:r.next], f.key), r.next+1
		}
		return f.key, f.err
	}
}
