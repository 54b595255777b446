package sim

import (
	"context"
	"crypto/rsa"
	"errors"
	"slices"
	"strings"

	"hsmplay/core/retcode"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// errTried ends the making of an RSA key in a copy of the world: a line that gets as far works.
var errTried = errors.New("sim: only tried")

// lentMax and lentSize bound the files of a host's disk that a copy of the world gets: how many,
// and how large.
const lentMax, lentSize = 200, 64 << 10

// lend gives a copy the files of an instance's home that lie on a host's disk.
func (w *World) lend(f *World) {
	if w.options.Disk == nil {
		return
	}
	w.machine.Do(func() {
		files := w.machine.FS()
		list, _ := files.List(shell.Home)
		for _, row := range list[:min(len(list), lentMax)] {
			if row.Mode.IsRegular() && row.Size() <= lentSize {
				if data, err := files.Read(row.Path); err == nil {
					_ = f.memory.Put(&shell.File{Path: row.Path, Mode: row.Mode, Time: row.Time, Data: data}) // a copy may lack one
				}
			}
		}
	})
}

// try types a line in a copy of the world and reports whether it works there: it ends without a
// fault, asks, or waits. What the playground says to an HSM's refusal, or in bash, is the first
// result. Terminal 0 is a new one.
func (w *World) try(terminal int, line string) ([]shell.Note, bool) {
	turn, works := w.tried(terminal, line)
	switch {
	case turn.Code == nil:
		turn.Notes = slices.DeleteFunc(turn.Notes, func(n shell.Note) bool { return !ofThisMachine(n.ID) })
	case retcode.Code(*turn.Code) == retcode.Local:
		turn.Notes = nil
	}
	turn.Notes = slices.DeleteFunc(turn.Notes, func(n shell.Note) bool { return slices.Contains(ofOneLine, n.ID) })
	return turn.Notes, works
}

// ofOneLine are notes that are about the values of the line alone which was refused: beside another
// one, of which that line is the correction, they would be told as facts.
var ofOneLine = []voice.ID{voice.NotOpened, voice.NoKeyInside, voice.NoHeader, voice.FileNotOpened, voice.SignatureDiffers,
	voice.MValueTooHigh, voice.TooLongToWrap, voice.LengthNotWrapped, voice.BadIVFile, voice.MechanismRefused, voice.OtherMechanism}

// ofThisMachine reports whether a note is about bash or the switchboard, and no program's.
func ofThisMachine(id voice.ID) bool {
	return strings.HasPrefix(string(id), "shell.") || strings.HasPrefix(string(id), "sim.")
}

// tried types a line in a copy of the world, and reports whether it works.
func (w *World) tried(terminal int, line string) (Turn, bool) {
	made := false
	f := w.fork(func(context.Context, int) (*rsa.PrivateKey, error) {
		made = true
		return nil, errTried
	}, shell.Limits{})
	defer f.Shut()
	w.lend(f)
	if terminal == 0 {
		terminal = f.Open("", 0).Terminal
	}
	before := f.Now(terminal).Program
	turn := f.Type(terminal, line)
	started := turn.State == shell.Ready && turn.Code == nil && turn.Program != before && turn.Program != "bash"
	left := line == "exit" && turn.State == shell.Closed // with the status of the line before
	return turn, made || started || left || turn.Works() // the status is of the line before where a tool was started
}
