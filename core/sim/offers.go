package sim

import (
	"context"
	"crypto/rsa"
	"errors"

	"hsmplay/core/retcode"
	"hsmplay/core/shell"
)

// errTried ends the making of an RSA key in a copy of the world: a line that gets as far works.
var errTried = errors.New("sim: only tried")

// try types a line in a copy of the world and reports whether it works there: it ends without a fault, asks, or waits. What the
// playground says to an HSM's refusal is the first result.
func (w *World) try(terminal int, line string) ([]shell.Note, bool) {
	made := false
	f := w.fork(func(context.Context, int) (*rsa.PrivateKey, error) {
		made = true
		return nil, errTried
	})
	defer f.Shut()
	turn := f.Type(terminal, line)
	if turn.Code == nil || retcode.Code(*turn.Code) == retcode.Local {
		turn.Notes = nil
	}
	return turn.Notes, made || turn.Works()
}
