package cluster

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
)

// Arg is an argument of a call, as the call log shows it. Secrets and long data are told by their
// length alone: Value is then that, "" where not even the length is known any more.
type Arg struct {
	Name   string
	Value  string
	Secret bool
}

// argMax is how many bytes of a value are shown.
const argMax = 200

// hidden is a password.
func hidden(name, text string) Arg {
	return Arg{Name: name, Value: strconv.Itoa(utf8.RuneCountInString(text)) + " characters", Secret: true}
}

// secret is data that nobody is to see.
func secret(name string, data []byte) Arg {
	a := sized(name, data)
	a.Secret = true
	return a
}

// sized is data that is too long to be shown.
func sized(name string, data []byte) Arg {
	return Arg{Name: name, Value: strconv.Itoa(len(data)) + " bytes"}
}

func counted(name string, n int) Arg { return Arg{Name: name, Value: strconv.Itoa(n)} }

func typed(t hsm.UserType) Arg { return Arg{Name: "type", Value: string(t)} }

func served(s hsm.Service) Arg { return Arg{Name: "service", Value: s.Name()} }

// keyed is the key that something is about, 0 for none.
func keyed(handle uint32) Arg { return Arg{Name: "key", Value: handleText(handle)} }

func switched(on bool) Arg { return Arg{Name: "on", Value: strconv.FormatBool(on)} }

func attributed(a attr.Attr) Arg {
	row, _ := attr.Find(a)
	return Arg{Name: "attribute", Value: row.Name}
}

// signing are the arguments of a signature.
func signing(r hsm.SignRequest) []Arg {
	m := r.Mechanism
	name := string(m.Scheme)
	if m.Hash != 0 {
		name += " with " + m.Hash.String()
	}
	return []Arg{{Name: "mechanism", Value: name}, sized("message", r.Message)}
}

// valued is a value that is no secret.
func valued(name, value string) Arg { return Arg{Name: name, Value: value[:min(len(value), argMax)]} }

// creating are the arguments of a request for keys: what they are to be, never what they are made
// of.
func creating(r Request) (args []Arg) {
	t := r.Templates[0]
	say := func(name, value string) { args = append(args, valued(name, value)) }
	if len(r.Templates) > 1 {
		say("kind", t.Type.Show()+" pair")
	} else {
		say("kind", t.Type.Show()+" "+t.Class.Name()+" key")
	}
	switch {
	case t.Curve != nil:
		say("curve", t.Curve.Name)
	case t.Class == attr.Secret && t.Size > 0:
		say("size", strconv.Itoa(t.Size)+" bytes")
	case t.Size > 0:
		say("size", strconv.Itoa(t.Size)+" bits")
	}
	if t.Label != "" {
		say("label", t.Label)
	}
	if t.ID != "" {
		say("id", t.ID)
	}
	if t.InSession {
		say("session key", "true")
	}
	if r.Templates[len(r.Templates)-1].NotExtractable {
		say("extractable", "false")
	}
	if len(t.Shared) > 0 {
		say("with", fmt.Sprint(t.Shared))
	}
	if t.MValue > 0 {
		say("approvals", strconv.Itoa(t.MValue))
	}
	if a, came := r.Recipe.(*hsm.Arrival); came && a != nil {
		args = append(args, Arg{Name: "material", Secret: true})
	}
	say("servers", strconv.Itoa(max(r.Servers, 1)))
	return args
}
