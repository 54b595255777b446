package kmu

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

var getAttribute = command.Spec[*Tool]{Name: "getAttribute", Summary: "Reads an attribute from an object",
	Means: "writes one or all attributes of a key to a file",
	Params: []command.Param{
		{Flag: "-o", Value: "object handle", Kind: command.Handle, Help: "specifies the object handle", Means: "a key that you can use"},
		{Flag: "-a", Value: "attribute constant", Kind: command.Number, Max: 1 << 32, Example: "512", Help: "specifies the attribute, 512 = all (see listAttributes)",
			Means: "the attribute's number; 512 is all of them", Values: attributeValues()},
		{Flag: "-out", Value: "file", Kind: command.Output, Example: "attr_7", Help: "specifies the file to which the attribute is written",
			Means: "the file to write; an old one is overwritten"},
	}, Run: (*Tool).getAttribute}

var listAttributes = command.Spec[*Tool]{Name: "listAttributes", Summary: "List all attributes for getAttributes",
	Means: "lists the attributes and their numbers", Run: (*Tool).listAttributes}

func attributeValues() []command.Value {
	values := []command.Value{{Word: "512", Means: "all of them"}}
	for _, row := range attr.Table {
		if row.Kind != attr.Pseudo {
			values = append(values, command.Value{Word: fmt.Sprint(uint32(row.Attr)), Means: row.Name + ": " + row.Means})
		}
	}
	return values
}

// listAttributes prints the table (spec/kmu.md 3.42, the variant of the getAttribute page).
func (t *Tool) listAttributes(command.Args) command.Outcome {
	lines := []string{"Description", "===========", "The following are all of the possible attribute values for getAttributes.", ""}
	for _, row := range attr.Table {
		if slices.Contains(t.wording().Listed, row.Attr) {
			lines = append(lines, fmt.Sprintf("      %-32s= %d", row.Name, uint32(row.Attr)))
		}
	}
	return (&output{}).add(lines...).outcome()
}

// getAttribute writes attributes to a file (spec/kmu.md 3.32, 4.2).
func (t *Tool) getAttribute(args command.Args) command.Outcome {
	const api = "Cfm3GetAttribute"
	h, file := handle(args, "-o"), args.Text("-out")
	which := attr.Attr(min(args.Int("-a"), 1<<32-1))
	k, err := t.client.Attribute(h, which)
	if err != nil {
		return t.denied(args, denial{api: api, err: err})
	}
	a := &output{}
	text := t.attributeText(a, k, which)
	if fault := t.write(file, []byte(text)); fault != nil {
		return *fault
	}
	line := fmt.Sprintf(t.wording().AttributesWritten, file)
	if len(a.groups) > 0 { // the size stands on the line above
		a.groups[0] += "\n" + line
	} else {
		a.add(line)
	}
	return a.returned(api, nil).outcome()
}

// attributeText returns the file's content and adds the line with the size to what is printed.
func (t *Tool) attributeText(a *output, k *hsm.Key, which attr.Attr) string {
	if which == attr.All {
		text, size, count := t.dump(k)
		a.add(fmt.Sprintf(t.wording().AttributesGot, size, count))
		return text
	}
	row, _ := attr.Lookup(which)
	value, _ := t.value(k, row, true)
	return row.Name + "\n" + value + "\n"
}

// dump returns all attributes as text, and the size and number that the tool prints: 8 bytes for
// each attribute and its value bytes.
func (t *Tool) dump(k *hsm.Key) (text string, size, count int) {
	size = t.wording().TextBytes
	var b strings.Builder
	for _, a := range t.wording().Dump {
		row, _ := attr.Lookup(a)
		value, has := t.value(k, row, false)
		if !has {
			continue
		}
		b.WriteString(row.Name + "\n" + value + "\n")
		count++
		size += 8
		if row.Kind != attr.Text {
			size += len(strings.TrimPrefix(value, "0x")) / 2
		}
	}
	return b.String(), size, count
}

// value returns an attribute of a key as the file shows it; single queries write small values as
// four bytes (spec/kmu.md 4.2). False where the key has no such attribute.
func (t *Tool) value(k *hsm.Key, row attr.Row, single bool) (string, bool) {
	small := "0x%02x"
	if single {
		small = "0x%08x"
	}
	text, has := written(k, row, small)
	if row.Kind == attr.Point && has {
		text = t.modulus(k)
	}
	return text, has
}

// modulus is written without 0x, but for RSA keys where the generation has it.
func (t *Tool) modulus(k *hsm.Key) string {
	text := hex.EncodeToString(k.Material.Modulus)
	if k.Material.Type == attr.RSA {
		return t.wording().ModulusOfRSA + text
	}
	return text
}

// written is an attribute of a key as the tool writes it; small is the form of switches, classes
// and types: 0x%08x where one attribute is asked for, 0x%02x among all (spec/kmu.md 4.2). False
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
