package command

import "strings"

// desk is the state of the tests' tool: it remembers what ran.
type desk struct{ ran []string }

// curves are some of genECCKeyPair's.
var curves = []Value{{Word: "1", Means: "prime192v1"}, {Word: "2", Means: "prime256v1"}, {Word: "3", Means: "sect163k1"}, {Word: "14", Means: "secp384r1"}, {Word: "16", Means: "secp256k1"}}

// note keeps a command and two of its values.
func note(name string, flags ...string) func(*desk, Args) Outcome {
	return func(d *desk, a Args) Outcome {
		words := []string{name}
		for _, flag := range flags {
			words = append(words, a.Text(flag))
		}
		d.ran = append(d.ran, strings.Join(words, "|"))
		return Outcome{Text: "ran " + name + "\n"}
	}
}

// kmuish is a table like key_mgmt_util's, with one command for each rule.
func kmuish() Table[*desk] {
	return Table[*desk]{
		Tool:  "key_mgmt_util",
		Style: Style{Quotes: DoubleQuotes, Help: []string{"-h"}, Usage: usage, Refuse: refuse},
		Specs: []Spec[*desk]{
			{Name: "exit", Summary: "Exits this application", Run: note("exit")},
			{Name: "quit", Hidden: true, Run: note("quit")},
			{Name: "loginHSM", Summary: "Login to the HSM", Means: "logs in on every HSM", Run: note("loginHSM", "-s", "-p"),
				Params: []Param{
					{Flag: "-u", Value: "user type", Kind: Choices, Values: []Value{{Word: "CU", Means: "crypto user"}, {Word: "CO", Means: "officer"}},
						Help: `specifies the user type as "CU"`},
					{Flag: "-s", Value: "username", Kind: User, Help: "specifies the user name"},
					{Flag: "-p", Value: "password", Kind: Secret, OneOf: "password", Help: "specifies the password"},
					{Flag: "-hpswd", Kind: Switch, OneOf: "password", Help: "asks for the password"},
				}},
			{Name: "genECCKeyPair", Summary: "Generates an ECC Key Pair", Means: "makes a pair", Run: note("genECCKeyPair", "-i", "-l"),
				Params: []Param{
					{Flag: "-i", Value: "EC curve id", Kind: Choices, Values: curves, Lone: true, Example: "14", Help: "specifies the Curve ID",
						Means: "the curve"},
					{Flag: "-l", Value: "label", Max: 127, Help: "specifies the label"},
					{Flag: "-id", Value: "key ID", Optional: true},
					{Flag: "-min_srv", Value: "minimum number of servers", Kind: Number, Min: 1, Max: 1 << 31, Optional: true},
					{Flag: "-m_value", Value: "0..8", Kind: Number, Max: 8, Optional: true, Needs: "-u"},
					{Flag: "-nex", Kind: Switch, Optional: true},
					{Flag: "-timeout", Value: "number of seconds", Kind: Number, Optional: true, Needs: "-min_srv"},
					{Flag: "-u", Value: "user-ids", Kind: Users, Optional: true, Means: "shares"},
				}},
			{Name: "genRSAKeyPair", Summary: "Generates an RSA Key Pair", Run: note("genRSAKeyPair")},
			{Name: "genDSAKeyPair", Summary: "Generates a DSA Key Pair", Run: note("genDSAKeyPair")},
			{Name: "extractMaskedObject", Summary: "Extracts a masked object", Usage: "Extracts a masked object out of an HSM.",
				Column: 11, Run: note("extractMaskedObject", "-o", "-out"),
				Params: []Param{
					{Flag: "-o", Value: "object handle", Kind: Handle, Help: "specifies key handle to extract as a masked object."},
					{Flag: "-out", Value: "masked object file", Kind: Output,
						Help: "specifies the file name to which the masked object needs to be saved."},
				}},
			{Name: "exportPubKey", Summary: "Exports RSA/DSA/EC Public key", Run: note("exportPubKey"),
				Params: []Param{
					{Flag: "-k", Value: "key handle", Kind: Handle, Help: "specifies the public key handle"},
					{Flag: "-out", Value: "key file", Kind: Output, Help: "specifies the file to write the exported public key"},
				}},
			{Name: "deleteKey", Summary: "Delete Key", Run: note("deleteKey", "-k"),
				Params: []Param{{Flag: "-k", Value: "key handle", Kind: Handle, Means: "a key"}}},
			{Name: "Error2String", Summary: "Converts Error codes to Strings", Run: note("Error2String", "-r"),
				Params: []Param{{Flag: "-r", Value: "response code", Kind: Hex, Example: "0xb3"}}},
			{Name: "sign", Summary: "Generates a signature", Run: note("sign")},
			{Name: "cat", Summary: "Shows a file", Run: note("cat", "file"), Params: []Param{{Value: "file", Kind: Path}}},
		},
		Live: func(_ *desk, p Param, _ string) []Choice {
			switch p.Kind {
			case Handle:
				return []Choice{{Word: "6", Means: "public"}, {Word: "7", Means: "private"}, {Word: "262150"}}
			case Users:
				return []Choice{{Word: "4", Means: "user4"}, {Word: "5", Means: "user5"}, {Word: "42"}}
			case User:
				return []Choice{{Word: "example_user"}, {Word: `Jane "Doe"`}, {Word: "Jane Doe"}}
			case Path, Output:
				return []Choice{{Word: "keys/"}, {Word: "my key"}, {Word: "attr_7"}, {Word: "-l"}, {Word: "a\x00b"}}
			}
			return nil
		},
		Leave: "exit",
		Others: func(*desk) []Other {
			return []Other{
				{Tool: "cloudhsm_mgmt_util", Start: "cloudhsm_mgmt_util", Names: []string{"createUser", "shareKey", "syncKey"}},
			}
		},
	}
}

// cmuish is a table like cloudhsm_mgmt_util's: words in their places, and beginnings will do.
func cmuish() Table[*desk] {
	return Table[*desk]{
		Tool:  "cloudhsm_mgmt_util",
		Style: Style{Prefixes: true, Usage: usage, Refuse: refuse},
		Specs: []Spec[*desk]{
			{Name: "listUsers", Run: note("listUsers")},
			{Name: "listTokens", Run: note("listTokens")},
			{Name: "logoutHSM", Run: note("logoutHSM")},
			{Name: "createUser", Run: note("createUser", "user-type", "user-name", "password", "-2fa"),
				Params: []Param{
					{Value: "user-type", Kind: Choices, Values: []Value{{Word: "CO", Means: "officer"}, {Word: "CU", Means: "crypto user"}}},
					{Value: "user-name", Kind: User},
					{Value: "password", Kind: Secret, Max: 32, OneOf: "password"},
					{Flag: "-hpswd", Kind: Switch, OneOf: "password"},
					{Flag: "-2fa", Value: "authdata", Kind: Path, Optional: true},
				}},
			{Name: "findAllKeys", Run: note("findAllKeys", "user id", "file"),
				Params: []Param{{Value: "user id", Kind: Number}, {Value: "file", Kind: Output, Optional: true}}},
		},
	}
}

// usage is a layout of the tests.
func usage(s Shape) string { return "Usage: " + s.Syntax("-h") + "\n" }

// refuse is the tests' tool answering.
func refuse(f Fault, s Shape) Refusal {
	switch {
	case f.Kind == UnknownCommand:
		return Refusal{Text: "\n        Invalid command: " + f.Word + "\n\n"}
	case f.OfValue():
		return Refusal{Text: "\n        Error: invalid value for " + f.Param.Flag + "\n" + usage(s)}
	}
	return Refusal{Text: usage(s)}
}
