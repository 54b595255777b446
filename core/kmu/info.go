package kmu

import (
	"fmt"
	"strconv"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var error2String = command.Spec[*Tool]{Name: "Error2String", Summary: "Converts Error codes to Strings",
	Means:  "says what a return code means",
	Params: []command.Param{{Flag: "-r", Value: "response code", Example: "0xb3", Help: "specifies the response code in hexadecimal, 0x...", Means: "a code such as 0xb3, with its 0x", Values: codeValues()}},
	Run:    (*Tool).error2String}

var listECCCurveIds = command.Spec[*Tool]{Name: "listECCCurveIds", Summary: "List HSM supported ECC CurveIds",
	Means: "lists the curves and their ids", Run: (*Tool).listECCCurveIds}

func codeValues() []command.Value {
	var values []command.Value
	for _, row := range retcode.Table {
		values = append(values, command.Value{Word: fmt.Sprintf("0x%02x", uint32(row.Code)), Means: row.Text})
	}
	return values
}

// error2String prints the text of a code (spec/kmu.md 3.39). Without 0x, or with what is no code,
// it prints its usage.
func (t *Tool) error2String(args command.Args) command.Outcome {
	word := args.Text("-r")
	digits, ok := strings.CutPrefix(word, "0x")
	n, err := strconv.ParseUint(digits, 16, 32)
	if !ok || err != nil {
		return *t.declined(args, voice.CodeForm, "word", word)
	}
	row, known := retcode.Lookup(retcode.Code(n))
	if !known {
		row.Text = retcode.Unknown
	}
	out := (&output{}).add(fmt.Sprintf("%sError Code %x maps to %s", indent, n, row.Text)).outcome()
	if known {
		out.Notes = []voice.Note{voice.Say(voice.CodeMeans, "code", word, "cause", row.Cause, "repair", row.Repair)}
	} else {
		out.Notes = []voice.Note{voice.Say(voice.CodeUnknown, "code", word)}
	}
	return out
}

// curveTail is the list of curves below the options of genECCKeyPair.
func curveTail() string { return "\n" + strings.Join(curveLines(), "\n") + "\n" }

// curveLines are the curves in the frame of listAttributes (spec/kmu.md 3.43, provisional).
func curveLines() []string {
	var lines []string
	for _, c := range curves {
		lines = append(lines, fmt.Sprintf("      %-32s= %d", c.Name, c.ID))
	}
	return lines
}

// listECCCurveIds prints the curves (spec/return-codes.md 2.2).
func (t *Tool) listECCCurveIds(command.Args) command.Outcome {
	lines := []string{"Description", "===========", "The following are HSM supported ECC CurveIds"}
	out := (&output{}).add(append(lines, curveLines()...)...).outcome()
	if t.client.FIPS() {
		out.Notes = []voice.Note{voice.Say(voice.CurvesInFIPS)}
	}
	return out
}

// curveValues offers the curves with what people call them; FIPS mode's first.
func curveValues() []command.Value {
	var fips, others []command.Value
	for _, c := range curves {
		if fipsCurve(c.Curve) {
			fips = append(fips, command.Value{Word: fmt.Sprint(c.ID), Means: c.Curve.Nick + ", " + c.Name})
		} else {
			others = append(others, command.Value{Word: fmt.Sprint(c.ID), Means: c.Curve.Nick + ", refused in FIPS mode"})
		}
	}
	return append(fips, others...)
}
