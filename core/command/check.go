package command

import (
	"strconv"
	"strings"
)

// checks says for each kind of value what is wrong with a text, 0 for nothing.
var checks = [...]func(p *Param, text string) FaultKind{
	Text:    checkLength,
	Number:  checkNumber,
	Hex:     checkHex,
	Switch:  checkLength,
	Path:    checkLength,
	Output:  checkLength,
	Secret:  checkLength,
	Handle:  checkNumber,
	Users:   checkUsers,
	User:    checkLength,
	Node:    checkNumber,
	Choices: checkChoice,
	Named:   checkChoice,
}

func checkLength(p *Param, text string) FaultKind {
	if p.Max > 0 && int64(len(text)) > p.Max {
		return TooLong
	}
	return 0
}

func checkNumber(p *Param, text string) FaultKind {
	if !digits(text) {
		return NotANumber
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || p.Max > 0 && (n < p.Min || n > p.Max) {
		return OutOfRange
	}
	return 0
}

func checkHex(_ *Param, text string) FaultKind {
	text = hexDigits(text)
	if text == "" || strings.Trim(text, "0123456789abcdefABCDEF") != "" {
		return NotHex
	}
	return 0
}

func checkUsers(_ *Param, text string) FaultKind {
	for id := range strings.SplitSeq(text, ",") {
		if !digits(id) {
			return NotAList
		}
		if _, err := strconv.ParseInt(id, 10, 64); err != nil {
			return OutOfRange
		}
	}
	return 0
}

// checkChoice takes numbers by what they are worth, so 014 is 14; words only as they stand.
func checkChoice(p *Param, text string) FaultKind {
	if !p.numeric() {
		if p.value(text) == nil {
			return NotAChoice
		}
		return 0
	}
	if !digits(text) {
		return NotANumber
	}
	if p.value(text) == nil {
		return NotAChoice
	}
	return 0
}

// numeric reports whether all values that are offered are numbers.
func (p *Param) numeric() bool {
	for i := range p.Values {
		if !digits(p.Values[i].Word) {
			return false
		}
	}
	return len(p.Values) > 0
}

// value returns the offered value that a text stands for, nil for none.
func (p *Param) value(text string) *Value {
	if p.numeric() {
		if text = strings.TrimLeft(text, "0"); text == "" {
			text = "0"
		}
	}
	for i := range p.Values {
		if word := p.Values[i].Word; word == text || p.AnyCase && strings.EqualFold(word, text) {
			return &p.Values[i]
		}
	}
	return nil
}

// digits reports whether a text is a decimal number without a sign.
func digits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

// hexDigits is a hexadecimal text without its 0x.
func hexDigits(text string) string {
	if len(text) > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') {
		return text[2:]
	}
	return text
}
