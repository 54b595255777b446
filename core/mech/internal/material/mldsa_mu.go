package material

import (
	"bytes"
	"crypto/sha3"
	"io"
	"math/bits"
)

// Verifying by ML-DSA with the representative of a message in place of the message (FIPS 204,
// algorithm 8 from its step 8 on). The library signs a representative and does not verify one, so
// this half is here, after the standard's algorithms. Nothing in it is secret.

// latticeNumbers are the parameters of a set (FIPS 204, table 1) that verifying takes.
type latticeNumbers struct {
	k, l       int   // rows and columns of the matrix
	tau        int   // coefficients of the challenge that are not 0
	beta       int32 // how far z stays from the ends of its range
	gamma1Bits int   // the range of z is 2 to that
	gamma2     int32 // the range of the low order part
	omega      int   // hints at most
	lambda     int   // strength in bits
}

// The ring (FIPS 204, 2.3 and 4).
const (
	modQ     = 8380417
	degree   = 256
	dropped  = 13 // low bits that a public key leaves out
	rootOf1  = 1753
	inverse  = 8347681 // of degree, modulo modQ
	rowBytes = 320     // of a public key, 10 bits a coefficient
)

// poly is a polynomial, or its transform; coefficients are 0 … modQ-1.
type poly [degree]int32

// zetas are the powers of the root in bit-reversed order (FIPS 204, appendix B).
var zetas = func() (table [degree]int32) {
	power := int64(1)
	for i := range degree {
		reversed := 0
		for bit := range 8 {
			reversed |= i >> bit & 1 << (7 - bit)
		}
		table[reversed] = int32(power)
		power = power * rootOf1 % modQ
	}
	return table
}()

func times(a, b int32) int32 { return int32(int64(a) * int64(b) % modQ) }

// reduce returns a number of -modQ … 2*modQ-1 within 0 … modQ-1.
func reduce(a int32) int32 { return (a + modQ) % modQ }

// transform is algorithm 41.
func (w *poly) transform() {
	m := 0
	for size := degree / 2; size >= 1; size /= 2 {
		for start := 0; start < degree; start += 2 * size {
			m++
			for j := start; j < start+size; j++ {
				t := times(zetas[m], w[j+size])
				w[j], w[j+size] = reduce(w[j]+t), reduce(w[j]-t)
			}
		}
	}
}

// back is algorithm 42.
func (w *poly) back() {
	m := degree
	for size := 1; size < degree; size *= 2 {
		for start := 0; start < degree; start += 2 * size {
			m--
			for j := start; j < start+size; j++ {
				a, b := w[j], w[j+size]
				w[j], w[j+size] = reduce(a+b), times(modQ-zetas[m], reduce(a-b))
			}
		}
	}
	for j := range w {
		w[j] = times(w[j], inverse)
	}
}

// unpack reads numbers of so many bits, the lowest first.
func unpack(data []byte, bits int) (numbers poly) {
	var held uint64
	have, next := 0, 0
	for i := range numbers {
		for ; have < bits; have += 8 {
			held |= uint64(data[next]) << have
			next++
		}
		numbers[i] = int32(held & (1<<bits - 1))
		held, have = held>>bits, have-bits
	}
	return numbers
}

// pack writes them (algorithm 16).
func (w *poly) pack(bits int) []byte {
	out := make([]byte, 0, degree*bits/8)
	held, have := 0, 0
	for _, number := range w {
		held |= int(number) << have
		for have += bits; have >= 8; have -= 8 {
			out = append(out, byte(held))
			held >>= 8
		}
	}
	return out
}

// matrixEntry is algorithm 30: the transform of the matrix' element in a row and column.
func matrixEntry(rho []byte, row, column int) (a poly) {
	h := sha3.NewSHAKE128()
	h.Write(rho)
	h.Write([]byte{byte(column), byte(row)})
	var three [3]byte
	for i := 0; i < degree; {
		io.ReadFull(h, three[:]) // never fails
		if z := int32(three[0]) | int32(three[1])<<8 | int32(three[2]&0x7f)<<16; z < modQ {
			a[i] = z
			i++
		}
	}
	return a
}

// challenge is algorithm 29.
func challenge(seed []byte, tau int) (c poly) {
	h := sha3.NewSHAKE256()
	h.Write(seed)
	var signs [8]byte
	io.ReadFull(h, signs[:])
	var j [1]byte
	for i := degree - tau; i < degree; i++ {
		for io.ReadFull(h, j[:]); int(j[0]) > i; {
			io.ReadFull(h, j[:])
		}
		bit := i + tau - degree
		c[i], c[j[0]] = c[j[0]], 1
		if signs[bit/8]>>(bit%8)&1 == 1 {
			c[j[0]] = modQ - 1
		}
	}
	return c
}

// hints is algorithm 21: false where they are not written in the one way.
func (n latticeNumbers) hints(y []byte) ([]poly, bool) {
	h := make([]poly, n.k)
	next := 0
	for i := range h {
		end := int(y[n.omega+i])
		if end < next || end > n.omega {
			return nil, false
		}
		for first := next; next < end; next++ {
			if next > first && y[next-1] >= y[next] {
				return nil, false
			}
			h[i][y[next]] = 1
		}
	}
	return h, len(bytes.Trim(y[next:n.omega], "\x00")) == 0
}

// high is algorithms 36 and 40: the high order part of a coefficient, put right by a hint.
func (n latticeNumbers) high(r, hint int32) int32 {
	steps := (modQ - 1) / (2 * n.gamma2)
	low := r % (2 * n.gamma2)
	if low > n.gamma2 {
		low -= 2 * n.gamma2
	}
	high := (r - low) / (2 * n.gamma2)
	if r-low == modQ-1 {
		high, low = 0, low-1
	}
	switch {
	case hint == 0:
		return high
	case low > 0:
		return (high + 1) % steps
	}
	return (high + steps - 1) % steps
}

// center takes z from its packed form (algorithm 19), false where it is too large.
func (n latticeNumbers) center(z *poly) bool {
	gamma1, ok := int32(1)<<n.gamma1Bits, true
	for i, packed := range z {
		value := gamma1 - packed
		ok = ok && max(value, -value) < gamma1-n.beta
		z[i] = reduce(value)
	}
	return ok
}

// commitment is a row of what the signer has committed to, as the verifier knows it: A z - c t
// (algorithm 8, step 9). z and c are transforms.
func (n latticeNumbers) commitment(key []byte, z []poly, c *poly, row int) (w poly) {
	t := unpack(key[32+row*rowBytes:], 10)
	for j := range t {
		t[j] <<= dropped
	}
	t.transform()
	for j := range w {
		w[j] = reduce(-times(c[j], t[j]))
	}
	for column := range z {
		a := matrixEntry(key[:32], row, column)
		for j := range w {
			w[j] = reduce(w[j] + times(a[j], z[column][j]) - modQ)
		}
	}
	w.back()
	return w
}

// highBits is how many bits a high order part takes.
func (n latticeNumbers) highBits() int { return bits.Len32(uint32((modQ-1)/(2*n.gamma2) - 1)) }

// verifyMu reports whether a signature is one of the message that mu stands for.
func (l *Lattice) verifyMu(key, mu, signature []byte) bool {
	n := l.numbers
	seedSize, zBits := n.lambda/4, n.gamma1Bits+1
	zSize := degree * zBits / 8
	if len(signature) != seedSize+n.l*zSize+n.omega+n.k {
		return false
	}
	seed, z, hint := signature[:seedSize], signature[seedSize:], signature[seedSize+n.l*zSize:]
	hints, ok := n.hints(hint)
	vector := make([]poly, n.l)
	for i := range vector {
		vector[i] = unpack(z[i*zSize:], zBits)
		ok = n.center(&vector[i]) && ok
		vector[i].transform()
	}
	if !ok {
		return false
	}
	c := challenge(seed, n.tau)
	c.transform()
	h := sha3.NewSHAKE256()
	h.Write(mu)
	for i := range n.k {
		w := n.commitment(key, vector, &c, i)
		for j := range w {
			w[j] = n.high(w[j], hints[i][j])
		}
		h.Write(w.pack(n.highBits()))
	}
	want := make([]byte, seedSize)
	io.ReadFull(h, want)
	return bytes.Equal(want, seed)
}
