package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"math/big"
	"syscall/js"
)

// keyByBrowser makes an RSA key by SubtleCrypto, beside the page's work and many times faster than
// Go in WebAssembly. Where the browser refuses, as it does on pages without https, Go makes the
// key.
func keyByBrowser(ctx context.Context, bits int) (*rsa.PrivateKey, error) {
	subtle := js.Global().Get("crypto").Get("subtle")
	if subtle.IsUndefined() {
		return rsa.GenerateKey(rand.Reader, bits)
	}
	key, err := generate(ctx, subtle, bits)
	if err != nil && ctx.Err() == nil {
		return rsa.GenerateKey(rand.Reader, bits)
	}
	return key, err
}

// generate asks SubtleCrypto for a key pair with e = 65537 and reads it back as a JSON Web Key
// (RFC 7518, 6.3).
func generate(ctx context.Context, subtle js.Value, bits int) (*rsa.PrivateKey, error) {
	exponent := js.Global().Get("Uint8Array").New(3)
	for i, b := range []int{1, 0, 1} {
		exponent.SetIndex(i, b)
	}
	pair, err := await(ctx, subtle.Call("generateKey", map[string]any{
		"name": "RSASSA-PKCS1-v1_5", "hash": "SHA-256", "modulusLength": bits, "publicExponent": exponent,
	}, true, []any{"sign", "verify"}))
	if err != nil {
		return nil, err
	}
	jwk, err := await(ctx, subtle.Call("exportKey", "jwk", pair.Get("privateKey")))
	if err != nil {
		return nil, err
	}
	return fromJWK(jwk)
}

// fromJWK builds the key from modulus, private exponent and primes, and checks that they belong
// together.
func fromJWK(jwk js.Value) (*rsa.PrivateKey, error) {
	var numbers [4]*big.Int
	for i, name := range []string{"n", "d", "p", "q"} {
		data, err := base64.RawURLEncoding.DecodeString(jwk.Get(name).String())
		if err != nil {
			return nil, err
		}
		numbers[i] = new(big.Int).SetBytes(data)
	}
	key := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: numbers[0], E: 65537},
		D:         numbers[1],
		Primes:    numbers[2:],
	}
	if err := key.Validate(); err != nil {
		return nil, err
	}
	key.Precompute()
	return key, nil
}

// pairsOf is how an engine gets the EC pairs that its host has ready, where the host hands some out:
// by a function from a curve's name to bytes, or to undefined. web/engine/pairs.ts is the page's.
func pairsOf(given []js.Value) func(curve string) []byte {
	if len(given) == 0 || given[0].Type() != js.TypeFunction {
		return nil
	}
	return func(curve string) []byte {
		ready := given[0].Invoke(curve)
		if ready.IsUndefined() {
			return nil
		}
		pair := make([]byte, ready.Get("length").Int())
		js.CopyBytesToGo(pair, ready)
		return pair
	}
}

// await waits for a promise, or until ctx is over.
func await(ctx context.Context, promise js.Value) (js.Value, error) {
	type settled struct {
		value js.Value
		err   error
	}
	result := make(chan settled, 1)
	kept := js.FuncOf(func(_ js.Value, args []js.Value) any { result <- settled{value: args[0]}; return nil })
	refused := js.FuncOf(func(_ js.Value, args []js.Value) any {
		result <- settled{err: errors.New(args[0].Call("toString").String())}
		return nil
	})
	promise.Call("then", kept, refused)
	select {
	case s := <-result:
		kept.Release()
		refused.Release()
		return s.value, s.err
	case <-ctx.Done():
		// The promise settles later and still needs its callbacks, so they stay.
		return js.Value{}, ctx.Err()
	}
}
