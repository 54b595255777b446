package cmu

import (
	"encoding/hex"
	"fmt"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/voice"
)

var getAttribute = row{Spec: command.Spec[*Tool]{Name: "getAttribute", Means: "shows an attribute of a key on each server",
	Params: []command.Param{handleParam, attributeParam,
		{Value: "filename", Kind: command.Output, Optional: true, Example: "attr.txt", Means: "a file for the answer, in place of the screen"}},
	Run: (*Tool).getAttribute}, synopsis: "getAttribute <key handle> <attribute id> [<filename>]", in: globalMode | serverMode}

var setAttribute = row{Spec: command.Spec[*Tool]{Name: "setAttribute", Means: "changes an attribute of a key on every server",
	Params: []command.Param{handleParam, settableParam,
		{Value: "value", Optional: true, Example: "1", Means: "0 or 1, or a label without blanks; left out, it is asked for"}},
	Run: (*Tool).setAttribute}, synopsis: "setAttribute <key handle> <attribute id> <value>", in: globalMode | serverMode}

var listAttributes = row{Spec: command.Spec[*Tool]{Name: "listAttributes", Means: "lists the attributes and their numbers",
	Params: []command.Param{{Flag: "-h", Kind: command.Switch, Optional: true, Means: "changes nothing"}},
	Run:    (*Tool).listAttributes}, synopsis: "listAttributes [-h]", in: globalMode | serverMode, plain: true}

var attributeParam = command.Param{Value: "attribute id", Kind: command.Number, Example: "512", Values: attributeValues(),
	Means: "the attribute's number; 512 is all of them"}

var settableParam = command.Param{Value: "attribute id", Kind: command.Number, Example: "134", Values: settableValues(),
	Means: "the attribute's number; 134, TRUSTED, is the officers' and the others are the owner's"}

func attributeValues() []command.Value {
	values := []command.Value{{Word: "512", Means: "all of them"}}
	for _, row := range attr.Table {
		if row.Kind != attr.Pseudo {
			values = append(values, attributeValue(row.Attr))
		}
	}
	return values
}

func settableValues() []command.Value {
	var values []command.Value
	for _, row := range attr.Table {
		if row.Changeable() {
			values = append(values, attributeValue(row.Attr))
		}
	}
	return values
}

func attributeValue(a attr.Attr) command.Value {
	row, _ := attr.Lookup(a)
	return command.Value{Word: fmt.Sprint(uint32(a)), Means: row.Name + ": " + row.Means}
}

// listing is the order of listAttributes here (spec/cmu.md 3.14).
var listing = []attr.Attr{attr.ClassAttr, attr.Token, attr.Private, attr.Label, attr.Trusted, attr.KeyTypeAttr, attr.ID,
	attr.Sensitive, attr.Encrypt, attr.Decrypt, attr.Wrap, attr.Unwrap, attr.Sign, attr.Verify, attr.Derive, attr.Local,
	attr.Modulus, attr.ModulusBits, attr.PublicExponent, attr.ValueLen, attr.Extractable, attr.NeverExtractable,
	attr.AlwaysSensitive, attr.Destroyable, attr.KCV, attr.WrapWithTrusted, attr.WrapTemplate, attr.UnwrapTemplate, attr.All}

func (t *Tool) listAttributes(command.Args) command.Outcome {
	var b strings.Builder
	b.WriteString("\nFollowing are the possible attribute values for getAttribute:\n\n")
	for _, a := range listing {
		row, _ := attr.Lookup(a)
		fmt.Fprintf(&b, "      %-31s = %d\n", row.Name, uint32(a))
	}
	return command.Outcome{Text: b.String()}
}

// getAttribute prints what each server holds (spec/cmu.md 3.9).
func (t *Tool) getAttribute(args command.Args) command.Outcome {
	handle, which := handleOf(args, "key handle"), attr.Attr(min(args.Int("attribute id"), 1<<32-1))
	file := &sink{name: args.Text("filename")}
	return t.close(file, t.sweep(action{name: "getAttribute", note: t.aboutKey(handle), do: func(at *server) (report, error) {
		k, err := cluster.Value(at.link.ReadAttribute(handle, which))
		if err != nil {
			return report{}, err
		}
		values := t.wording().attribute(k, which)
		return report{before: file.print("\nAttribute Value on " + at.label() + ":\n" + values), silent: true}, nil
	}}))
}

// written is an attribute of a key as the tool writes it; small is the form of switches, classes
// and types: 0x%08x where one attribute is asked for, 0x%02x among all (spec/cmu.md 3.9). False
// where the key has no such attribute.
func written(k *hsm.Key, row attr.Row, small string) (string, bool) {
	value, has := k.Value(row)
	switch row.Kind {
	case attr.Bool, attr.Small:
		return fmt.Sprintf(small, value.Number), has
	case attr.Number:
		return fmt.Sprintf("0x%08x", value.Number), has
	case attr.Text:
		return value.Text, has
	}
	return "0x" + hex.EncodeToString(value.Bytes), has
}

// attribute is name and value of an attribute, or of all in the order of a dump.
func (w *Wording) attribute(k *hsm.Key, which attr.Attr) string {
	if which != attr.All {
		row, _ := attr.Lookup(which)
		value, _ := written(k, row, "0x%08x")
		return row.Name + "\n" + value + "\n"
	}
	var b strings.Builder
	for _, a := range w.Dump {
		row, _ := attr.Lookup(a)
		if value, has := written(k, row, "0x%02x"); has {
			b.WriteString(row.Name + "\n" + value + "\n")
		}
	}
	return b.String()
}

// setAttribute changes an attribute; a value that was left out is asked for (spec/cmu.md 3.22), a
// boolean one until there is a 0 or a 1 (spec/return-codes.md 3.4).
func (t *Tool) setAttribute(args command.Args) command.Outcome {
	handle, which := handleOf(args, "key handle"), attr.Attr(min(args.Int("attribute id"), 1<<32-1))
	row, _ := attr.Lookup(which)
	if !row.Changeable() || args.Has("value") {
		return t.changeAttribute(handle, which, args.Text("value"))
	}
	text, prompt := "         This attribute is defined as a boolean value.\n", "          Enter the boolean attribute value (0 or 1):"
	if row.Kind == attr.Text {
		text, prompt = "         This attribute is defined as a string value.\n", "          Enter the string attribute value:"
	}
	ask := &command.Question{Prompt: prompt}
	ask.Then = func(value string) command.Outcome {
		if value = trimmed(value); row.Kind != attr.Text && !hsm.Takes(row, value) {
			return command.Outcome{Ask: ask}
		}
		return t.changeAttribute(handle, which, value)
	}
	return command.Outcome{Text: text, Ask: ask}
}

func (t *Tool) changeAttribute(handle uint32, which attr.Attr, value string) command.Outcome {
	if row, _ := attr.Lookup(which); row.Changeable() && !hsm.Takes(row, value) {
		return local("Invalid attribute value", voice.Say(voice.CMUBadValue, "max", hsm.LabelMax))
	}
	return cautiously(func() command.Outcome {
		return t.sweep(action{name: "setAttribute", ask: retryIgnoreAbort, shared: true, note: t.aboutAttribute(handle, which),
			do: func(at *server) (report, error) {
				return report{}, cluster.FirstError(at.link.SetAttribute(handle, which, value))
			}})
	})
}
