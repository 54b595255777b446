package shell

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// random makes the numbers of RANDOM: by the machine's chance, and once it was given a value as bash
// makes them, which scripts count on to be the same each time.
type random struct {
	seeded      bool
	state, last uint32
}

// seed begins the numbers that follow a value.
func (r *random) seed(value string) {
	n, _ := strconv.ParseInt(strings.TrimSpace(value), 0, 64)
	*r = random{seeded: true, state: uint32(n)}
}

// next is the next number, never the same twice. The generator is Park and Miller's (bash 5.1 and
// later, lib/sh/random.c).
func (r *random) next(chance *rand.Rand) int64 {
	if !r.seeded {
		return int64(chance.IntN(32768))
	}
	for {
		if r.state == 0 {
			r.state = 123459876
		}
		high, low := r.state/127773, r.state%127773
		if r.state = 16807*low - 2836*high; int32(r.state) < 0 {
			r.state += 0x7fffffff
		}
		if number := (r.state>>16 ^ r.state) & 32767; number != r.last {
			r.last = number
			return int64(number)
		}
	}
}
