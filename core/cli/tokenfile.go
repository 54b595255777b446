package cli

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// tokenVersion is the version of token files (spec/cloudhsm-cli.md 5.2).
const tokenVersion = "2.0"

// tokenMax is the length up to which a token file is read: those of 28 HSMs and all users have far
// less.
const tokenMax = 1 << 20

// tokenFile is the file of a quorum token. The data are bytes in base64.
type tokenFile struct {
	Version    string     `json:"version"`
	Service    string     `json:"service,omitempty"`
	Key        string     `json:"key_reference,omitempty"`
	Data       string     `json:"approval_data"`
	Token      string     `json:"token"`
	Signatures []approval `json:"signatures"`
}

// approval is one approver's signature.
type approval struct {
	Username  string `json:"username"`
	Role      string `json:"role"`
	Signature string `json:"signature"`
}

// registrationFile is the file of a token of the registration service, with an empty signature to be
// filled in.
type registrationFile struct {
	Version    string         `json:"version"`
	Tokens     []registration `json:"tokens"`
	Signatures []approval     `json:"signatures"`
}

type registration struct {
	Data     string `json:"approval_data"`
	Unsigned string `json:"unsigned"`
	Signed   string `json:"signed"`
}

// challengeFile is the file of a second factor, with an entry for each HSM.
type challengeFile struct {
	Version string      `json:"version"`
	Tokens  []challenge `json:"tokens"`
}

type challenge struct {
	Unsigned string `json:"unsigned"`
	Signed   string `json:"signed"`
}

// encoded writes bytes as the files have them.
func encoded(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// decoded is the reverse.
func decoded(text string) ([]byte, error) { return base64.StdEncoding.DecodeString(text) }

// errToken is the error of a file that is no token file.
var errToken = errors.New("the file is no token file")

// parse reads the JSON of a file.
func parse(data []byte, into any) error {
	if len(data) > tokenMax || json.Unmarshal(data, into) != nil {
		return errToken
	}
	return nil
}

// readToken reads the file of a quorum token with its approvals. A signature that is empty is not
// there yet; one that is no base64 is kept as nothing, for the HSM to refuse.
func readToken(data []byte) (cluster.TokenFile, error) {
	var f tokenFile
	if err := parse(data, &f); err != nil {
		return cluster.TokenFile{}, err
	}
	records, err := decoded(f.Data)
	digest := sha256.Sum256(records)
	if err != nil || len(records) == 0 || f.Token != encoded(digest[:]) {
		return cluster.TokenFile{}, errToken
	}
	token := cluster.TokenFile{Data: records}
	for _, a := range f.Signatures {
		if a == (approval{}) {
			continue
		}
		signature, err := decoded(a.Signature)
		if err != nil {
			signature = nil
		}
		token.Approvals = append(token.Approvals, hsm.Approval{Type: hsm.InRole(a.Role), Name: a.Username, Signature: signature})
	}
	return token, nil
}

// tokenText is the file of a new token.
func tokenText(t cluster.TokenData) string {
	data, digest := encoded(t.Data), encoded(t.Digest[:])
	if t.Service == 0 {
		return written(registrationFile{tokenVersion, []registration{{data, digest, ""}}, []approval{{}}})
	}
	f := tokenFile{Version: tokenVersion, Data: data, Token: digest, Signatures: []approval{}}
	for _, row := range hsm.TokenServices {
		if row.Service == t.Service {
			f.Service = row.InFile
		}
	}
	if t.Handle != 0 {
		f.Key = reference(t.Handle)
	}
	return written(f)
}

// approved is on for a command that takes an approval, by who may run it: the file of the option, if
// that was given.
func (t *Tool) approved(args command.Args, who right, do func(*link, []cluster.TokenFile) command.Outcome) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		if out := who(l); out != nil {
			return *out
		}
		files, out := t.approvals(args, "--approval")
		if out != nil {
			return *out
		}
		return do(l, files)
	})
}

// approvals reads the token files of options, of those that were given.
func (t *Tool) approvals(args command.Args, flags ...string) (files []cluster.TokenFile, refusal *command.Outcome) {
	for _, flag := range flags {
		if !args.Has(flag) {
			continue
		}
		data, out := t.read(args.Text(flag))
		if out != nil {
			return nil, out
		}
		file, err := readToken(data)
		if err != nil {
			out := failed(errors.Join(retcode.Local, err), badTokenFile)
			return nil, &out
		}
		files = append(files, file)
	}
	return files, nil
}

// signedRegistration reads the signed token of a registration.
func (t *Tool) signedRegistration(path string) (data, signature []byte, refusal *command.Outcome) {
	text, out := t.read(path)
	if out != nil {
		return nil, nil, out
	}
	var f registrationFile
	if parse(text, &f) == nil && len(f.Tokens) == 1 {
		var fault error
		if data, fault = decoded(f.Tokens[0].Data); fault == nil && len(data) > 0 {
			if signature, fault = decoded(f.Tokens[0].Signed); fault == nil {
				return data, signature, nil
			}
		}
	}
	bad := failed(errors.Join(retcode.Local, errToken), badTokenFile)
	return nil, nil, &bad
}

// signedChallenges writes the challenges of the HSMs into a file, asks for the file with the
// signatures, and goes on with them.
func (t *Tool) signedChallenges(l *link, path string, then func([]cluster.Signed) command.Outcome) command.Outcome {
	f := challengeFile{Version: tokenVersion, Tokens: []challenge{}}
	for _, c := range l.client.Challenges() {
		f.Tokens = append(f.Tokens, challenge{Unsigned: encoded(c.Digest)})
	}
	if out := t.write(path, []byte(written(f))); out != nil {
		return *out
	}
	return ask(askSigned, func(other string) command.Outcome {
		if other == "" {
			other = path
		}
		data, out := t.read(other)
		if out != nil {
			return *out
		}
		var signed challengeFile
		if err := parse(data, &signed); err != nil {
			return failed(errors.Join(retcode.Local, err), badTokenFile)
		}
		var all []cluster.Signed
		for _, row := range signed.Tokens {
			digest, fault := decoded(row.Unsigned)
			signature, other := decoded(row.Signed)
			if fault == nil && other == nil {
				all = append(all, cluster.Signed{Digest: digest, Signature: signature})
			}
		}
		return then(all)
	})
}

// read returns a file, or the answer to one that cannot be read.
func (t *Tool) read(path string) ([]byte, *command.Outcome) {
	data, err := t.host.ReadFile(path)
	if err != nil {
		out := failed(errors.Join(retcode.Local, err), unreadable(path), fileNote(path, err))
		return nil, &out
	}
	return data, nil
}

// write writes a file, and returns the answer where it cannot.
func (t *Tool) write(path string, data []byte) *command.Outcome {
	if err := t.host.WriteFile(path, data); err != nil {
		out := failed(errors.Join(retcode.Local, err), unwritable(path), fileNote(path, err))
		return &out
	}
	return nil
}

// fileNote says what is wrong with a file.
func fileNote(path string, err error) voice.Note {
	return voice.Say(voice.FileFault, "file", path, "why", command.FileReason(err))
}
