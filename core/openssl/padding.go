package openssl

import (
	"crypto"
	"crypto/rsa"
	"strconv"
	"strings"

	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

// setting is an n:v pair of -sigopt, -pkeyopt and -kdfopt, or a line of a configuration file.
type setting struct{ name, value string }

// settings splits n:v pairs; a pair without a colon is refused as the real one does.
func (c *call) settings(pairs []string) ([]setting, error) {
	var list []setting
	for _, pair := range pairs {
		name, value, ok := strings.Cut(pair, ":")
		if !ok {
			return nil, refuse(c.badSetting(), pair)
		}
		list = append(list, setting{name, value})
	}
	return list, nil
}

// saltLengths are the words of rsa_pss_saltlen beside numbers.
var saltLengths = []struct {
	word string
	salt int
}{
	{"digest", rsa.PSSSaltLengthEqualsHash}, {"-1", rsa.PSSSaltLengthEqualsHash},
	{"max", rsa.PSSSaltLengthAuto}, {"-3", rsa.PSSSaltLengthAuto},
	{"auto", rsa.PSSSaltLengthAuto}, {"-2", rsa.PSSSaltLengthAuto},
}

// padding reads how a signature is padded. The default salt of PSS is the longest one, as
// OpenSSL's.
func (c *call) padding(pairs []string, hash crypto.Hash) (mech.Prehashed, error) {
	how := mech.Prehashed{Hash: hash, Salt: rsa.PSSSaltLengthAuto}
	list, err := c.settings(pairs)
	if err != nil {
		return how, err
	}
	for _, s := range list {
		switch s.name {
		case "rsa_padding_mode":
			if s.value != "pss" && s.value != "pkcs1" {
				return how, c.unknownValue(s, "pkcs1 and pss")
			}
			how.PSS = s.value == "pss"
		case "rsa_pss_saltlen":
			if how.Salt, err = saltLength(s.value); err != nil {
				return how, c.unknownValue(s, "a number of bytes, digest, max and auto")
			}
			if !how.PSS {
				return how, c.unsettable(s)
			}
		case "digest":
			d := digestNamed(s.value)
			if d == nil {
				return how, c.unknownValue(s, strings.Join(digestNames(), ", "))
			}
			how.Hash = d.hash
		default:
			return how, c.unknownValue(s, "rsa_padding_mode, rsa_pss_saltlen and digest")
		}
	}
	return how, nil
}

// unsettable refuses a parameter that another one has to stand before.
func (c *call) unsettable(s setting) error {
	text := "Signature parameter error \"%s:%s\""
	if c.name == "pkeyutl" {
		text = "pkeyutl: Can't set parameter \"%s:%s\":"
	}
	return refuse(text, s.name, s.value).because(voice.OpenSSLBefore, "option", voice.Word(s.name), "first", "rsa_padding_mode:pss")
}

func saltLength(word string) (int, error) {
	for _, row := range saltLengths {
		if row.word == word {
			return row.salt, nil
		}
	}
	n, err := strconv.ParseUint(word, 10, 10)
	if err == nil && n == 0 {
		// Zero means something else to the library, and a salt of no bytes is of no use to a
		// learner.
		err = strconv.ErrRange
	}
	return int(n), err
}

// badSetting is how a command words a parameter that it does not take.
func (c *call) badSetting() string {
	return firstOf(badSettings[c.name], "Signature parameter error \"%s\"")
}

var badSettings = map[string]string{
	"genpkey": "genpkey: Error setting %s parameter:",
	"pkeyutl": "pkeyutl: Can't set parameter \"%s\":",
	"req":     "Key parameter error \"%s\"",
	"kdf":     "Parameter error '%s'",
}

// unknownValue refuses a parameter or its value.
func (c *call) unknownValue(s setting, known string) error {
	return refuse(c.badSetting(), s.name+":"+s.value).because(voice.OpenSSLValue,
		"command", c.name, "value", voice.Word(s.value), "option", voice.Word(s.name), "known", known)
}
