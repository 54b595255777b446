package hsm

import "strings"

// CheckName returns what an HSM has against the name of a new user, nil for nothing: a [Refusal],
// NameLetters for the first character that is no letter, digit or underscore, and NameLength where
// there are not 1 to 31 of them (spec/cmu.md 2.2, spec/cloudhsm-cli.md 1.8).
func CheckName(name string) error {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
	for _, r := range name {
		if !strings.ContainsRune(letters, r) {
			return Refusal{Reason: NameLetters, Value: string(r)}
		}
	}
	if len(name) < 1 || len(name) > NameMax {
		return Refusal{Reason: NameLength, Size: len(name), Max: NameMax}
	}
	return nil
}

// Passwords says what new passwords are like through a client.
type Passwords struct {
	Min, Max int    // how many characters
	Not      string // characters that none has
}

// The passwords of the older tools (spec/cmu.md 2.2) and of Client SDK 5 (spec/cloudhsm-cli.md
// 1.8), where a colon parts a name and a password.
var (
	OlderPasswords = Passwords{Min: PasswordMin, Max: PasswordMax}
	SDK5Passwords  = Passwords{Min: 8, Max: PasswordMax, Not: ":"}
)

// Check returns what there is against a new password, nil for nothing: a [Refusal], PasswordLetters
// where it is not made of printable ASCII without blanks, PasswordSize where it is too short or too
// long.
func (p Passwords) Check(password string) error {
	for _, r := range password {
		if r <= ' ' || r > '~' || strings.ContainsRune(p.Not, r) {
			return Refusal{Reason: PasswordLetters, Value: string(r)}
		}
	}
	if len(password) < p.Min || len(password) > p.Max {
		return Refusal{Reason: PasswordSize, Size: len(password)}
	}
	return nil
}
