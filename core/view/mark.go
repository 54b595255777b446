package view

// mark is a fingerprint in the making: FNV-1a of 64 bits (RFC 9923, 2) over the fields of rows,
// each text with its length.
type mark struct{ sum uint64 }

func newMark() *mark { return &mark{0xcbf29ce484222325} }

// The loops stand in the functions: in the page's engine a call is not inlined.

const prime = 0x100000001b3

func (m *mark) byte(b byte) { m.sum = (m.sum ^ uint64(b)) * prime }

func (m *mark) number(n int64) {
	sum := m.sum
	for range 8 {
		sum = (sum ^ uint64(byte(n))) * prime
		n >>= 8
	}
	m.sum = sum
}

func (m *mark) text(s string) {
	m.number(int64(len(s)))
	sum := m.sum
	for i := range len(s) {
		sum = (sum ^ uint64(s[i])) * prime
	}
	m.sum = sum
}

func (m *mark) flag(set bool) {
	if set {
		m.byte(1)
	} else {
		m.byte(0)
	}
}

func (m *mark) numbers(list []int) {
	m.number(int64(len(list)))
	for _, n := range list {
		m.number(int64(n))
	}
}

func (m *mark) texts(list []string) {
	m.number(int64(len(list)))
	for _, s := range list {
		m.text(s)
	}
}

// version is the fingerprint as a number that JavaScript holds exactly, and never 0, which is the
// version of nothing.
func (m *mark) version() int64 { return max(int64(m.sum>>11), 1) }
