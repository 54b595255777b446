package openssl

import (
	"bufio"
	"bytes"
	"encoding/pem"
	"errors"
	"io"
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
	"hsmplay/core/voice"
)

// phraseMax is the longest pass phrase, in bytes; sourceMax the longest word in front of the colon of
// -passin.
const (
	phraseMax = 1024
	sourceMax = 4
)

// phrases are the pass phrases that options gave; nil for none.
type phrases struct{ in, out []byte }

// phraseWords are what -passin takes.
var phraseWords = []string{"pass:", "env:", "file:", "stdin"}

// phraseOption is an option that says where a pass phrase comes from.
func phraseOption(name, help string) command.Param {
	p := text(name, help, phraseWords...)
	p.Reads = phraseSource
	p.Hides = func(text string) bool { return strings.HasPrefix(text, "pass:") }
	return p
}

// phraseSource is where a pass phrase was meant to come from: what names no source is the phrase itself.
func phraseSource(text string) string {
	for _, word := range phraseWords {
		if strings.HasPrefix(text, word) {
			return text
		}
	}
	return "pass:" + text
}

// gotPhrases reads what -passin and -passout name, before anything else is done. Where both name
// the same source, they take a line each of it.
func (c *call) gotPhrases() error {
	in, out := c.last("passin"), c.last("passout")+c.last("pass")
	var lines *bufio.Reader
	var err error
	if in != "" {
		c.phrases.in, err = c.phrase(in, &lines)
	}
	if err == nil && out != "" {
		if in != out {
			lines = nil
		}
		c.phrases.out, err = c.phrase(out, &lines)
	}
	var r *refusal
	if errors.As(err, &r) {
		r.text += noPhrase(c.name)
	}
	return err
}

// noPhrase is what a subcommand says when it did not get a pass phrase.
func noPhrase(name string) string {
	if slices.Contains([]string{"rsa", "ec", "pkey", "pkcs8", "req"}, name) {
		return "Error getting passwords\n"
	}
	return "Error getting password\n"
}

// phrase reads one source of a pass phrase; lines are what is left of the one before.
func (c *call) phrase(source string, lines **bufio.Reader) ([]byte, error) {
	kind, value, colon := strings.Cut(source, ":")
	switch {
	case kind == "pass" && colon:
		return []byte(value), nil
	case kind == "env" && colon:
		phrase := c.Env(value)
		if phrase == "" {
			return nil, refuse("No environment variable %s", value)
		}
		return []byte(phrase), nil
	case source == "stdin":
		if *lines == nil {
			*lines = c.In
		}
	case kind == "file" && colon:
		if *lines == nil {
			data, err := c.ReadFile(value)
			if err != nil {
				return nil, refuse("Can't open file %s", value)
			}
			*lines = bufio.NewReader(bytes.NewReader(data))
		}
	case !colon || len(kind) > sourceMax:
		return nil, refuse("Invalid password argument, missing ':' within the first %d chars", sourceMax+1)
	default:
		return nil, refuse("Invalid password argument, starting with \"%s:\"", kind)
	}
	return phraseLine(*lines)
}

// phraseLine reads one line.
func phraseLine(lines *bufio.Reader) ([]byte, error) {
	none := refuse("Error reading password from BIO")
	if lines == nil {
		return nil, none
	}
	line, err := lines.ReadString('\n')
	if line == "" || err != nil && !errors.Is(err, io.EOF) || len(line) > phraseMax {
		return nil, none
	}
	line, _, _ = strings.Cut(line, "\n")
	return []byte(strings.TrimRight(line, "\r")), nil
}

// opening is the pass phrase of a locked file, nil where nobody gives one. The words of the
// question are OpenSSL's.
func (c *call) opening(name string, block *pem.Block) []byte {
	if c.phrases.in != nil {
		return c.phrases.in
	}
	question := "Enter pass phrase:"
	switch {
	case c.name == "pkcs8" && !c.has("topk8"):
		question = "Enter Password:"
	case name != "":
		question = "Enter pass phrase for " + name + ":"
	case block.Type != lockedLabel:
		question = "Enter PEM pass phrase:"
	}
	return c.asked(question)
}

// asked is a hidden answer on the terminal, nil for none.
func (c *call) asked(question string) []byte {
	if c.Ask == nil {
		c.warn(question)
		return nil
	}
	answer, ok := c.Ask(question)
	if !ok {
		return nil
	}
	return []byte(answer)
}

// closings is how subcommands ask for the phrase of a key that they write, and what they say
// without one, in OpenSSL 3.0's words.
var closings = []struct {
	name, question, failed string
	min                    int // bytes
}{
	{"ec", "Enter pass phrase for PEM:", "unable to write EC key\n", 1},
	{"rsa", "Enter pass phrase:", "unable to write key\n", 0},
	{"pkcs8", "Enter Encryption Password:", "", 0},
	{"genpkey", "Enter PEM pass phrase:", "Error writing key\n", 4},
	{"", "Enter PEM pass phrase:", "", 4},
}

// closing is the pass phrase that locks a key: of -passout, or asked for twice.
func (c *call) closing() ([]byte, error) {
	i := 0
	for closings[i].name != c.name && closings[i].name != "" {
		i++
	}
	row := closings[i]
	if c.name == "rsa" && c.has("traditional") {
		row.question, row.min = closings[0].question, closings[0].min
	}
	if c.phrases.out != nil {
		if len(c.phrases.out) < min(row.min, 1) {
			return nil, (&refusal{text: row.failed}).because(voice.OpenSSLShortPhrase, "min", row.min)
		}
		return c.phrases.out, nil
	}
	phrase := c.asked(row.question)
	if phrase == nil || len(phrase) < row.min || len(phrase) > phraseMax {
		return nil, (&refusal{text: row.failed}).because(voice.OpenSSLShortPhrase, "min", max(1, row.min))
	}
	if again := c.asked("Verifying - " + row.question); !bytes.Equal(again, phrase) {
		return nil, (&refusal{text: "Verify failure\n" + row.failed}).because(voice.OpenSSLVerify)
	}
	return phrase, nil
}

// opened returns a private key's file as it is without its pass phrase.
func (c *call) opened(name, what string, data []byte) (plain []byte, err error) {
	block := lockedBlock(data)
	if block == nil {
		return data, nil
	}
	failed := cannotRead(name, what)
	if c.name == "pkcs8" && !c.has("topk8") {
		failed = refuse("Error decrypting key")
	}
	file := voice.Word(fileWords(name))
	s, ok := sealOf(block)
	if !ok {
		return nil, failed.because(voice.OpenSSLEncrypted, "file", file, "ciphers", strings.Join(keyCipherNames(), ", "))
	}
	phrase := c.opening(name, block)
	if phrase == nil {
		return nil, failed.because(voice.OpenSSLPhrase, "file", file)
	}
	c.Secret()
	if plain, ok = s.open(phrase); !ok {
		return nil, failed.because(voice.OpenSSLPhrase, "file", file)
	}
	return plain, nil
}

// lockedBlock is the locked private key of a file, in PEM or DER, nil if its first is not locked.
func lockedBlock(data []byte) *pem.Block {
	if !isPEMFile(data) {
		if _, _, ok := parseLocked(data); ok {
			return &pem.Block{Type: lockedLabel, Bytes: data}
		}
		return nil
	}
	if found := blocks(data, privateLabels...); len(found) > 0 && isLocked(found[0]) {
		return found[0]
	}
	return nil
}

// locking is the cipher that a key is written under, nil for none.
func (c *call) locking() *keyCipher {
	switch {
	case c.name == "req":
		if c.has("nodes") || c.has("noenc") || c.unlocked {
			return nil
		}
		return keyCipherNamed("des3")
	case c.name != "pkcs8":
		return keyCipherNamed(c.last("*"))
	case !c.has("topk8"), c.has("nocrypt"):
		return nil
	case c.has("v2"):
		return keyCipherNamed(c.last("v2"))
	}
	return keyCipherNamed("aes256")
}

// private returns a private key as the options want it: as PKCS#8 or in the traditional format of
// its type, under a pass phrase or not.
func (c *call) private(key *mech.Material, wanted bool) ([]byte, error) {
	x, binary := c.locking(), isDER(c.last("outform"))
	if c.name == "pkey" && binary && x != nil {
		return nil, refuse("Error: Cipher options are supported only for PEM output")
	}
	label, data := "PRIVATE KEY", secret.Value(key)
	plain := binary && (c.name == "pkey" || c.name == "genpkey") // 3.0 writes DER of a key's type there
	switch {
	case on25519(key) && plain: // has no other encoding
		return data, nil
	case on25519(key) && wanted && c.name == "pkey":
		return nil, &refusal{}
	case !on25519(key) && (wanted || plain):
		label, data = traditional(key)
	}
	data = c.params(key, data)
	if x == nil || label != "PRIVATE KEY" && binary {
		return c.encode(label, data), nil
	}
	phrase, err := c.closing()
	if err != nil {
		return nil, err
	}
	if label != "PRIVATE KEY" {
		return lock(label, data, x, phrase), nil
	}
	rounds := max(1, c.count("iter", lockRounds))
	if rounds > kdfRoundsMax {
		return nil, refuse("Error encrypting key")
	}
	return c.encode(lockedLabel, lockPKCS8(data, x, rounds, phrase)), nil
}

// traditional returns the encoding that a key's type had before PKCS#8, and its label.
func traditional(key *mech.Material) (label string, data []byte) {
	switch key.Type {
	case attr.EC:
		return "EC PRIVATE KEY", sec1(key)
	case attr.DSA:
		return "DSA PRIVATE KEY", dsaNumbers(key).encoded()
	}
	data, _ = inner(secret.Value(key))
	return "RSA PRIVATE KEY", data
}
