package unix

import (
	"encoding/base64"
	"strings"
)

func runBase64(p *Process) int {
	o := p.options(1, "diw:", "decode=d", "ignore-garbage=i", "wrap=w")
	columns := p.count(o, 'w', 76)
	data, ok := p.readOne(o.args)
	if !ok {
		return 1
	}
	if o.has('d') {
		return p.decode64(o, string(data))
	}
	text := base64.StdEncoding.EncodeToString(data)
	for columns > 0 && len(text) > columns {
		p.Print(text[:columns] + "\n")
		text = text[columns:]
	}
	if text != "" {
		p.Print(text)
		if columns > 0 {
			p.Print("\n")
		}
	}
	return 0
}

func (p *Process) decode64(o options, text string) int {
	clean := strings.Map(func(r rune) rune {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("+/=", r)
		if r == '\n' || o.has('i') && !letter {
			return -1
		}
		return r
	}, text)
	data, err := base64.StdEncoding.DecodeString(clean)
	p.Print(string(data))
	if err != nil {
		return p.Complain("invalid input")
	}
	return 0
}
