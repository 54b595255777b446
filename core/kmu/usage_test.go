package kmu

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/command"
)

// TestUsageOfTheDocumentedCommands compares with the literal texts of spec/kmu.md 2.2.
func TestUsageOfTheDocumentedCommands(t *testing.T) {
	require.Equal(t, `
Description
===========
Extracts a masked object out of an HSM.

Syntax: extractMaskedObject -h -o <object handle> -out <masked object file>

Where: -h         displays this information
       -o         specifies key handle to extract as a masked object.
       -out       specifies the file name to which the masked object needs to be saved.

`, Commands.Usage("extractMaskedObject"))
	require.Equal(t, `
Description
===========
Exports RSA/DSA/EC Public key

Syntax: exportPubKey -h -k <key handle> -out <key file>

Where: -h    displays this information
       -k    specifies the public key handle
       -out  specifies the file to write the exported public key

`, Commands.Usage("exportPubKey"))
}

func TestUsageOfOptionsAndTail(t *testing.T) {
	s := command.Shape{Name: "gen", Summary: "Makes", Tail: "\n  1 one\n", Params: []command.Param{
		{Flag: "-p", Value: "password", OneOf: "password", Help: "the password"},
		{Flag: "-ask", Kind: command.Switch, OneOf: "password", Help: "asks for it"},
		{Flag: "-min_srv", Value: "n", Optional: true, Help: "servers\nby default 1"},
		{Flag: "-nex", Kind: command.Switch, Optional: true, Help: "not extractable"},
	}}
	require.Equal(t, `
Description
===========
Makes

Syntax: gen -h {-p <password> | -ask} [-min_srv <n>] [-nex]

Where: -h        displays this information
       -p        the password
       -ask      asks for it
       -min_srv  servers
                 by default 1
       -nex      not extractable

  1 one

`, usage(s))
}
