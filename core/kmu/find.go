package kmu

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var findKey = command.Spec[*Tool]{Name: "findKey", Summary: "Find Key", Means: "lists the keys that you can use",
	Params: []command.Param{
		{Flag: "-c", Value: "key class", Kind: command.Choices, Optional: true, Help: "specifies the key class (2 = public, 3 = private, 4 = secret)", Means: "only keys of this class",
			Values: []command.Value{{Word: "2", Means: "public keys"}, {Word: "3", Means: "private keys"}, {Word: "4", Means: "secret keys"}}},
		{Flag: "-t", Value: "key type", Kind: command.Choices, Optional: true, Help: "specifies the key type (0 = RSA, 1 = DSA, 3 = EC, 16 = GENERIC_SECRET, 18 = RC4, 21 = DES3, 31 = AES)", Means: "only keys of this type", Values: typeValues()},
		{Flag: "-l", Value: "key label", Optional: true, Help: "specifies the key label", Means: "only keys with exactly this label"},
		{Flag: "-id", Value: "key ID", Optional: true, Help: "specifies the key ID", Means: "only keys with exactly this id"},
		{Flag: "-sess", Value: "0/1", Kind: command.Choices, Optional: true, Help: "specifies 1 for session keys, 0 for persistent keys", Means: "only session keys, or only token keys",
			Values: []command.Value{{Word: "0", Means: "token keys"}, {Word: "1", Means: "keys of this session"}}},
		{Flag: "-u", Value: "user-ids", Kind: command.Users, Optional: true, Help: "specifies the ids of users who can use the key, separated by commas", Means: "only keys that all these users can use, too"},
		{Flag: "-m", Value: "modulus file", Kind: command.Path, Optional: true, Help: "specifies the file that contains the RSA modulus", Means: "only the RSA key with the modulus in this file"},
		{Flag: "-kcv", Value: "key check value", Kind: command.Hex, Optional: true, Help: "specifies the key check value", Means: "only keys with this check value, three bytes", Example: "bbb32a"},
	}, Run: (*Tool).findKey}

func typeValues() []command.Value {
	var values []command.Value
	for _, row := range attr.Types {
		if row.Name == "" {
			continue
		}
		values = append(values, command.Value{Word: fmt.Sprint(uint32(row.Type)), Means: row.Show})
	}
	return values
}

// findKey lists handles by slot (spec/kmu.md 3.30). Its return line comes after the cluster block.
func (t *Tool) findKey(args command.Args) command.Outcome {
	const api = "Cfm3FindKey"
	match, fault := t.filter(args)
	if fault != nil {
		return *fault
	}
	keys, answers := t.client.Find(match)
	if err := t.verdict(answers); len(answers) == 0 || retcode.Of(err) == retcode.UserNotReady {
		return t.denied(args, denial{api: api, err: err})
	}
	a := t.handles(keys)
	a.cluster(t.wording(), answers).returned(api, t.verdict(answers))
	out := a.outcome()
	if len(keys) == 0 && args.Has("-l") {
		out.Notes = t.labelNotes(args.Text("-l"))
	}
	return out
}

// labelNotes explains why a label was not found.
func (t *Tool) labelNotes(label string) []voice.Note {
	if strings.ContainsAny(label, "*?") {
		return []voice.Note{voice.Say(voice.NoWildcards)}
	}
	for _, k := range t.visible() {
		if k.Label != label && strings.EqualFold(k.Label, label) {
			return []voice.Note{voice.Say(voice.LabelCase, "label", k.Label)}
		}
	}
	return nil
}

// handles prints the found keys.
func (t *Tool) handles(keys []*hsm.Key) *output {
	a := (&output{}).add(fmt.Sprintf(t.wording().KeysFound, len(keys)))
	if len(keys) == 0 {
		return a
	}
	return a.lay(t.wording().Found, "last", len(keys)-1, "handles", t.wording().Handles.of(keys))
}

// of lists the handles of keys.
func (l HandleList) of(keys []*hsm.Key) string {
	var lines []string
	for row := range slices.Chunk(keys, max(cmp.Or(l.Line, len(keys)), 1)) {
		var handles []string
		for _, k := range row {
			handles = append(handles, strconv.FormatUint(uint64(k.Handle), 10))
		}
		lines = append(lines, l.Begin+strings.Join(handles, ", "))
	}
	return strings.Join(lines, l.End+"\n")
}

// kcvLen is the length of a key check value in bytes (spec/kmu.md 4.6).
const kcvLen = 3

// filter reads the options of findKey. All of them must hold.
func (t *Tool) filter(args command.Args) (func(*hsm.Key) bool, *command.Outcome) {
	if args.Has("-kcv") && len(args.Hex("-kcv")) != kcvLen {
		return nil, t.declined(args, voice.KCVForm, "word", args.Text("-kcv"))
	}
	var modulus []byte
	if args.Has("-m") {
		data, fault := t.read(args.Text("-m"))
		if fault != nil {
			return nil, fault
		}
		modulus = modulusIn(data)
	}
	class, kind, kcv, users := attr.Class(args.Int("-c")), attr.KeyType(args.Int("-t")), args.Hex("-kcv"), args.Ints("-u")
	session := args.Text("-sess")
	return func(k *hsm.Key) bool {
		m := k.Material
		switch {
		case args.Has("-c") && m.Class != class,
			args.Has("-t") && m.Type != kind,
			args.Has("-l") && k.Label != args.Text("-l"),
			args.Has("-id") && k.ID != args.Text("-id"),
			session == "1" && k.Session == 0,
			session == "0" && k.Session != 0,
			args.Has("-m") && (m.Type != attr.RSA || !slices.Equal(m.Modulus, modulus)),
			args.Has("-kcv") && !slices.Equal(m.KCV, kcv):
			return false
		}
		return !slices.ContainsFunc(users, func(id int64) bool { return !t.client.MayUse(int(min(id, 1<<30)), k) })
	}, nil
}

// modulusIn reads a modulus: hexadecimal digits with or without 0x, white space between them, or what getAttribute
// -a 288 writes, whose first line is the attribute's name (spec/kmu.md 3.30). Nil for anything else.
func modulusIn(data []byte) []byte {
	text := strings.TrimSpace(string(data))
	text = strings.TrimSpace(strings.TrimPrefix(text, "OBJ_ATTR_MODULUS"))
	text = strings.TrimPrefix(strings.TrimPrefix(text, "0x"), "0X")
	modulus, err := hex.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return nil
	}
	return slices.Clip(trimZeros(modulus))
}

func trimZeros(b []byte) []byte {
	for len(b) > 0 && b[0] == 0 {
		b = b[1:]
	}
	return b
}
