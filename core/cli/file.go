package cli

import (
	"bytes"
	"errors"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// encodings are the forms of key files, each with the keys that it is for.
var encodings = []struct {
	name  string
	takes func(*hsm.Key) bool
	text  func(*hsm.Key) ([]byte, error)
}{
	{referencePEM, func(k *hsm.Key) bool {
		return k.Material.Class == attr.PrivateKey && (k.Material.Type == attr.RSA || k.Material.Type == attr.EC)
	}, fakePEM},
	{publicPEM, func(k *hsm.Key) bool { return k.Material.Class == attr.Public },
		func(k *hsm.Key) ([]byte, error) { return mech.PublicPEM(k.Material), nil }},
	{cloudHSMPEM, func(k *hsm.Key) bool {
		return k.Material.Class == attr.PrivateKey && (k.Material.Type == attr.Edwards || k.Material.Type == attr.MLDSA)
	}, referenceFile},
}

// fakePEM is a reference in the form of a private key, as the older tools write it.
func fakePEM(k *hsm.Key) ([]byte, error) { return mech.FakePEM(k.Material, uint64(k.Handle)) }

// referenceFile is a reference of CloudHSM's own; its form is a choice: the file of another SDK is
// not published.
func referenceFile(k *hsm.Key) ([]byte, error) {
	return []byte("-----BEGIN CLOUDHSM PRIVATE KEY REFERENCE-----\n" + encoded([]byte(reference(k.Handle))) + "\n-----END CLOUDHSM PRIVATE KEY REFERENCE-----\n"), nil
}

// keyGenerateFile writes a file that stands for a private key, or has a public one.
func (t *Tool) keyGenerateFile(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		if out := cryptoUserOnly(l); out != nil {
			return *out
		}
		if out := enough(l); out != nil {
			return *out
		}
		k, out := t.one(l, args.Texts("--filter"))
		if out != nil {
			return *out
		}
		for _, e := range encodings {
			switch {
			case e.name != args.Text("--encoding"):
				continue
			case !e.takes(k):
				return failed(retcode.Local, notEncodable)
			}
			text, err := e.text(k)
			if err != nil {
				return failed(errors.Join(retcode.Local, err), notEncodable)
			}
			if out := t.write(args.Text("--path"), text); out != nil {
				return *out
			}
		}
		return done("Successfully generated key file")
	})
}

// keyImportPEM brings in a public key.
func (t *Tool) keyImportPEM(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		if out := cryptoUserOnly(l); out != nil {
			return *out
		}
		data, out := t.read(args.Text("--path"))
		if out != nil {
			return *out
		}
		tm, fault := t.template(l, args, "--label", "--attributes", "")
		if fault != "" {
			return failed(retcode.Local, fault)
		}
		m, err := mech.AnyPublicFromPEM(data)
		if err != nil && bytes.Contains(data, []byte("PRIVATE KEY-----")) {
			return failed(retcode.Local, noPublicKey, voice.Say(voice.KeyIsPrivate, "file", args.Text("--path")))
		}
		if err != nil || !ofClass(m, args.Text("--key-type-class")) {
			return failed(retcode.Local, noPublicKey)
		}
		a := hsm.PublicArrival(m)
		return t.make(l, wish{recipe: a, templates: []hsm.Template{a.Template(tm)}, shown: func(keys []keyObject) any {
			return madeKey{keys[0], "Successfully imported key"}
		}})
	})
}

// ofClass reports whether a public key is what the option says; Ed25519 is a curve too.
func ofClass(m *mech.Material, class string) bool {
	if class == "rsa-public" {
		return m.Type == attr.RSA
	}
	return m.Type == attr.EC || m.Type == attr.Edwards
}
