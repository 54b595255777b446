package cmu

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

// signed runs an action whose servers want to see a second factor: it writes what is to be signed
// into a file, asks for the file, and goes on with what was put in. Without a file it goes on at
// once (spec/cmu.md 2.8). newKey is whether the public key is to be put in too.
func (t *Tool) signed(a action, file string, newKey bool, do func(*server, *hsm.SecondFactor) error) command.Outcome {
	s, refused := t.begin(a)
	if refused != nil {
		return *refused
	}
	answers := map[string]*hsm.SecondFactor{}
	s.do = func(at *server) (report, error) { return report{}, do(at, answers[at.partition]) }
	out := command.Outcome{Text: s.heading()}
	if file == "" {
		return out.Then(func(command.Outcome) command.Outcome { return s.run() })
	}
	if fault := t.write(file, s.challenges()); fault != nil {
		return out.Then(func(command.Outcome) command.Outcome { return *fault })
	}
	out.Text += fmt.Sprintf("Authentication data written to: \"%s\"\n", file) + authText(newKey)
	out.Ask = &command.Question{Prompt: "Enter filename:", Then: func(name string) command.Outcome {
		if name = trimmed(name); name == "" {
			name = file
		}
		if fault := t.readAnswers(name, newKey, s.Ahead, answers); fault != nil {
			return *fault
		}
		out := s.run()
		out.Text = "\n" + out.Text
		return out
	}}
	return out
}

// authText is the instruction; without the words about the public key it is provisional.
func authText(newKey bool) string {
	key := ""
	if newKey {
		key = " and the corresponding public key"
	}
	return "Generate Base64-encoded signatures for SHA256 digests in the authentication data\n" +
		"file. To generate the signatures, use the RSA private key, which is the second factor of\n" +
		"authentication for this user. Paste the signatures" + key + "\n" +
		"into the authentication data file and provide the file path below.\n" +
		"Leave this field blank to use the path initially provided.\n"
}

// challenges is the file of what is to be signed, in the layout of the guide.
func (s *sweep) challenges() []byte {
	var rows []string
	for _, at := range s.Ahead {
		digest := base64.StdEncoding.EncodeToString(at.link.Challenge())
		rows = append(rows, fmt.Sprintf("    {\n      \"HsmId\":\"%s\",\n      \"Digest\":\"%s\",\n      \"Signature\":\"\"\n    }", at.partition, digest))
	}
	return []byte("{\n  \"Version\":\"1.0\",\n  \"PublicKey\":\"\",\n  \"Data\":[\n" + strings.Join(rows, ",\n") + "\n  ]\n}\n")
}

// authData is the file after it was edited.
type authData struct {
	Version   string
	PublicKey string
	Data      []struct{ HsmId, Digest, Signature string }
}

// authDataMax is the largest such file that is read, in bytes.
const authDataMax = 256 << 10

// readAnswers reads the signatures by HSM, or says that it cannot.
func (t *Tool) readAnswers(name string, newKey bool, servers []*server, answers map[string]*hsm.SecondFactor) *command.Outcome {
	data, fault := t.read(name)
	if fault != nil {
		return fault
	}
	invalid := func(why string) *command.Outcome {
		out := local("Invalid authentication data file: "+name, voice.Say(voice.CMUAuthData, "file", name, "why", why))
		return &out
	}
	var auth authData
	if len(data) > authDataMax || json.Unmarshal(data, &auth) != nil || auth.Version != "1.0" {
		return invalid("it is not the JSON that the tool has written")
	}
	var key []byte
	if newKey {
		public, err := mech.PublicFromPEM([]byte(auth.PublicKey))
		if err != nil {
			return invalid("PublicKey holds no PEM text with \\n for its line ends")
		}
		key = public.SPKI
	}
	for _, row := range auth.Data {
		signature, err := base64.StdEncoding.DecodeString(strings.TrimSpace(row.Signature))
		if err != nil {
			return invalid("a Signature is not base64")
		}
		answers[row.HsmId] = &hsm.SecondFactor{Key: key, Signature: signature}
	}
	for _, at := range servers {
		if answers[at.partition] == nil {
			return invalid("the entry of " + at.partition + " is missing")
		}
	}
	return nil
}
