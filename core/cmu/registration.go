package cmu

import (
	"errors"
	"fmt"
	"io/fs"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

var registerQuorumPubKey = row{Spec: command.Spec[*Tool]{Name: "registerQuorumPubKey", Means: "registers your public key, so that you can approve",
	Params: []command.Param{typeParam, nameParam,
		{Value: "registration-token", Kind: command.Path, Example: "officer1.token", Means: "a file of 1 to 245 bytes, whatever they are"},
		{Value: "signed-registration-token", Kind: command.Path, Example: "officer1.token.sig", Means: "your signature over it, by openssl dgst -sha256 -sign"},
		{Value: "public-key", Kind: command.Path, Example: "officer1.pub", Means: "your public key, RSA-2048, PEM"}},
	Run: (*Tool).registerQuorumPubKey},
	synopsis: "registerQuorumPubKey <user-type> <user-name> <registration-token> <signed-registration-token> <public-key>",
	in:       globalMode | serverMode}

var registerMofnPubKey = row{Spec: command.Spec[*Tool]{Name: "registerMofnPubKey", Means: "registers your public key in the older way: the tool signs",
	Params: []command.Param{typeParam,
		{Value: "key match string", Example: "token", Max: registrationMax, Means: "1 to 245 bytes, whatever they are"},
		nameParam,
		{Value: "private key file", Kind: command.Path, Example: "officer1.key", Means: "your private key, RSA-2048, PEM"}},
	Run: (*Tool).registerMofnPubKey},
	synopsis: "registerMofnPubKey <user-type> <key match string> <user-name> <private key file>", in: globalMode | serverMode}

// registrationMax is the longest registration token in bytes (spec/cmu.md 3.20).
const registrationMax = 245

// registerQuorumPubKey registers a public key after proof of possession of the private one
// (spec/cmu.md 3.20).
func (t *Tool) registerQuorumPubKey(args command.Args) command.Outcome {
	kind, name := args.Text("user-type"), args.Text("user-name")
	var contents [3][]byte
	for i, param := range []string{"registration-token", "signed-registration-token", "public-key"} {
		file := args.Text(param)
		data, err := t.host.ReadFile(file)
		if err != nil {
			fault := fileFault(file, err)
			if i == 0 && errors.Is(err, fs.ErrNotExist) {
				fault.Notes = []voice.Note{voice.Say(voice.CMUNoRegistration, "file", file)}
			}
			return *fault
		}
		contents[i] = data
	}
	token, signature, pem := contents[0], contents[1], contents[2]
	switch {
	case len(token) > registrationMax:
		return local(fmt.Sprintf("Registration token should not exceed %d bytes", registrationMax),
			voice.Say(voice.CMURegistrationSize, "file", args.Text("registration-token"), "size", len(token), "max", registrationMax))
	case len(token) == 0:
		return local("Registration token should not be empty",
			voice.Say(voice.CMURegistrationSize, "file", args.Text("registration-token"), "size", 0, "max", registrationMax))
	}
	var key []byte // what is no key is the HSM's to refuse
	if public, err := mech.PublicFromPEM(pem); err == nil {
		key = public.SPKI
	}
	return cautiously(func() command.Outcome {
		return t.register("registerQuorumPubKey", kind, name, registration{key, token, signature})
	})
}

// registration is a public key, SubjectPublicKeyInfo, and the proof that one has the private one: a
// signature over a token.
type registration struct{ key, token, signature []byte }

// register hands a registration in. That crypto users may register too is made up: somebody has to
// approve the use of their keys, and the guide says of officers alone how it is done
// (spec/cmu.md 4.5, 4.8).
func (t *Tool) register(as, kind, name string, r registration) command.Outcome {
	out := t.sweep(action{name: as, ask: retryIgnoreAbort, shared: true, note: t.named(as, name, kind),
		do: func(at *server) (report, error) {
			return report{}, cluster.FirstError(at.link.RegisterKey(typeGiven(kind), name, r.key, r.token, r.signature))
		}})
	if out.Err == nil && typeGiven(kind) == hsm.CU {
		out.Notes = append(out.Notes, voice.Say(voice.CMUCryptoApprover, "name", name))
	}
	return out
}

// registerMofnPubKey registers as guides before June 2022 have it: it signs the match string with
// the private key itself, and asks for the key's pass phrase (spec/cmu.md 3.20; the refusal of a
// file is provisional).
func (t *Tool) registerMofnPubKey(args command.Args) command.Outcome {
	kind, name, file := args.Text("user-type"), args.Text("user-name"), args.Text("private key file")
	pem, fault := t.read(file)
	if fault != nil {
		return *fault
	}
	token := []byte(args.Text("key match string"))
	public, signature, err := signInFile(pem, hsm.SHA256WithRSA, token)
	if err != nil {
		return local("Invalid private key file: "+file, voice.Say(voice.CMUPrivateKeyFile, "file", file, "why", err))
	}
	return cautiously(func() command.Outcome {
		return command.Outcome{Ask: &command.Question{Prompt: "Enter PEM pass phrase:", Hidden: true,
			Then: func(phrase string) command.Outcome {
				out := t.register("registerMofnPubKey", kind, name, registration{public.SPKI, token, signature})
				if phrase != "" {
					out.Notes = append(out.Notes, voice.Say(voice.CMUNoPassPhrase, "file", file))
				}
				return out
			}}}
	})
}
