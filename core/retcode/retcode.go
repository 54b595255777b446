// Package retcode holds the return codes of the tools: number, the literal text, whether a public
// page documents it, and for learners its cause and repair. A Code is an error, so the engine
// returns it as it is and a tool finds it again with [Of]. Numbers that no public source shows are
// not invented: such codes are in [Unnumbered] (spec/kmu.md section 5,
// spec/return-codes.md section 1).
package retcode

import (
	"errors"
	"fmt"
)

// Code is a return code. It implements error; Success never travels as an error.
type Code uint32

// The known codes.
const (
	Success           Code = 0
	BadPKCSData       Code = 0x1b
	MaxSessions       Code = 0x8c
	BadSession        Code = 0x90
	UserNotReady      Code = 0x9d
	LoginFailure      Code = 0xa3
	BadHandle         Code = 0xa8
	Policy            Code = 0xb3
	AccessDenied      Code = 0xc6
	NoSuchUser        Code = 0xce
	BadUserType       Code = 0xdb
	ServerUnavailable Code = 0x30000085
	DaemonSocket      Code = 0x40000040
)

// Row is one line of the table.
type Row struct {
	Code       Code
	Text       string // literal, prefix included
	Documented bool   // false: the wording or the use is the playground's own
	Cause      string // why it happens, for a learner
	Repair     string // what to do about it
	Source     string
}

// Page is the page about the code, as the site calls it; docs/codes has the same.
func (r Row) Page() string { return fmt.Sprintf("codes/0x%02x.html", uint32(r.Code)) }

// Lookup returns the row of a number and whether there is one.
func Lookup(c Code) (Row, bool) { return find(Table, c) }

func find(table []Row, c Code) (Row, bool) {
	for _, row := range table {
		if row.Code == c {
			return row, true
		}
	}
	return Row{}, false
}

// Public reports whether the number of a code is one that public sources show, or could. Other
// numbers are never printed.
func (c Code) Public() bool { return c < unnumbered }

// Number returns the number of a code for the page: -1 where none is public.
func (c Code) Number() int64 {
	if !c.Public() {
		return -1
	}
	return int64(c)
}

// Unknown is the provisional text of Error2String for a number that is not in the table
// (spec/kmu.md 3.39).
const Unknown = "HSM Error: Unknown error"

// Row returns the row of a code, be its number public or not, and whether there is one.
func (c Code) Row() (Row, bool) {
	if row, ok := find(Table, c); ok {
		return row, true
	}
	return find(Unnumbered, c)
}

// Text returns the literal text of a code.
func (c Code) Text() string {
	if row, ok := c.Row(); ok {
		return row.Text
	}
	return Unknown
}

// Error returns code and text as a return line shows them: `0xb3 : HSM Error: …`, without a number
// the text alone.
func (c Code) Error() string {
	if !c.Public() {
		return c.Text()
	}
	return fmt.Sprintf("0x%02x : %s", uint32(c), c.Text())
}

// Before is the error of a client that knows what an HSM would refuse, and does not ask it: [Local],
// for the HSM's reason.
func Before(reason error) error { return errors.Join(Local, reason) }

// Of returns the code within an error: Success for nil, Local for an error that carries none, so
// that a refusal never reads as success.
func Of(err error) Code {
	if err == nil {
		return Success
	}
	var c Code
	if errors.As(err, &c) {
		return c
	}
	return Local
}
