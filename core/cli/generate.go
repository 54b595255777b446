package cli

import (
	"cmp"
	"context"
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var (
	symmetricCategory = command.Spec[*Tool]{Name: "key generate-symmetric", Summary: "Generate a symmetric key"}              // provisional
	pairCategory      = command.Spec[*Tool]{Name: "key generate-asymmetric-pair", Summary: "Generate an asymmetric key pair"} // provisional
)

// symmetric are the options of the commands that make a secret.
func symmetric(attributesOf, sharedAs string) []command.Param {
	return with(params(labelParam("--label", "LABEL", "Label for the key"), sessionParam, keyLengthParam,
		attributesParam("--attributes", "KEY_ATTRIBUTES", attributeList(attributesOf)), sharersParam(sharedAs)), quorumParams("", "")...)
}

var keyGenerateAES = command.Spec[*Tool]{Name: "key generate-symmetric aes", Summary: "Generate an AES key",
	Params: sized(symmetric("AES key", "AES key"), "32", inBytes), Run: (*Tool).keyGenerateAES}

var keyGenerateSecret = command.Spec[*Tool]{Name: "key generate-symmetric generic-secret", Summary: "Generate a generic secret key",
	Params: sized(symmetric("generic secret key", "generic secret key"), "256", nil), Run: (*Tool).keyGenerateSecret}

// sized are parameters with an example of the length, and how another length is read.
func sized(params []command.Param, bytes string, reads func(string) string) []command.Param {
	for i := range params {
		if params[i].Flag == keyLengthParam.Flag {
			params[i].Example, params[i].Reads = bytes, reads
		}
	}
	return params
}

// pairParams are the options of the commands that make a pair; own stand in their midst.
func pairParams(kind, sharedAs string, own ...command.Param) []command.Param {
	return slices.Concat(
		params(labelParam("--public-label", "PUBLIC_LABEL", "Label for the public key"),
			labelParam("--private-label", "PRIVATE_LABEL", "Label for the private key"), pairSessionParam), own,
		[]command.Param{attributesParam("--public-attributes", "PUBLIC_KEY_ATTRIBUTES", attributeList(kind+" public key")),
			attributesParam("--private-attributes", "PRIVATE_KEY_ATTRIBUTES", attributeList(kind+" private key")), sharersParam(sharedAs)},
		quorumParams("private-", " for the private key"))
}

var keyGenerateRSA = command.Spec[*Tool]{Name: "key generate-asymmetric-pair rsa", Summary: "Generate an RSA key pair", Run: (*Tool).keyGenerateRSA,
	Params: pairParams("RSA", "RSA key",
		command.Param{Flag: "--modulus-size-bits", Value: "MODULUS_SIZE_BITS", Kind: command.Number, Example: "2048",
			Help: "Modulus size in bits used to generate the RSA key pair", Means: "2048 to 4096, in steps of 256"},
		command.Param{Flag: "--public-exponent", Value: "PUBLIC_EXPONENT", Kind: command.Number, Example: "65537",
			Help: "Public exponent used to generate the RSA key pair", Means: "odd, 65537 or more"})}

var keyGenerateEC = command.Spec[*Tool]{Name: "key generate-asymmetric-pair ec", Summary: "Generate an Elliptic-Curve Cryptography (ECC) key pair",
	Run: (*Tool).keyGenerateEC, Params: pairParams("EC", "EC private key",
		choices("--curve", "Elliptic curve used to generate the key pair",
			"prime256v1", "secp256r1", "secp224r1", "secp384r1", "secp256k1", "secp521r1", "ed25519"))}

var keyGenerateMLDSA = command.Spec[*Tool]{Name: "key generate-asymmetric-pair ml-dsa", Summary: "Generate an ML-DSA key pair",
	Run: (*Tool).keyGenerateMLDSA, Params: pairParams("ML-DSA", "ML-DSA private key",
		choices("--mldsa-algorithm", "ML-DSA algorithm", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87"))}

// wish is what a command asks of new keys: the templates of one key, or of the halves of a pair.
type wish struct {
	recipe    mech.Recipe
	templates []hsm.Template
	shown     func([]keyObject) any // the answer
}

// template is what the options say of a key, or of one half of a pair; attributes names the option
// with its attributes.
func (t *Tool) template(l *link, args command.Args, label, attributes, half string) (tm hsm.Template, fault string) {
	tm = hsm.Template{SDK5: true, Label: args.Text(label), InSession: args.Knows("--session") && args.Has("--session")}
	if tm.Settings, fault = settingsOf(args.Texts(attributes)); fault != "" {
		return tm, fault
	}
	if !args.Knows("--share-crypto-users") {
		return tm, ""
	}
	for _, name := range args.Texts("--share-crypto-users") {
		u := l.client.UserNamed(hsm.CU, name)
		if u == nil {
			return tm, unknownUser
		}
		tm.Shared = append(tm.Shared, u.ID)
	}
	manage, use := "--manage-"+half+"key-quorum-value", "--use-"+half+"key-quorum-value"
	if args.Has(manage) {
		tm.Manage, tm.MValue = int(min(args.Int(manage), quorumBeyond)), int(min(args.Int(use), quorumBeyond))
		if tm.Manage < 1 || tm.MValue < 1 { // 0 is that of a key without them: the HSM would make one
			return tm, quorumTooLow
		}
	}
	return tm, ""
}

// generate makes one key.
func (t *Tool) generate(args command.Args, of func(*hsm.Template) mech.Recipe) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		if out := cryptoUserOnly(l); out != nil {
			return *out
		}
		tm, fault := t.template(l, args, "--label", "--attributes", "")
		if fault != "" {
			return failed(retcode.Local, fault)
		}
		recipe := of(&tm)
		return t.make(l, wish{recipe: recipe, templates: []hsm.Template{tm}, shown: oneKey})
	})
}

// oneKey is the answer of commands that make one key.
func oneKey(keys []keyObject) any { return madeKey{Key: keys[0]} }

// generatePair makes a pair.
func (t *Tool) generatePair(args command.Args, of func(*hsm.Template) mech.Recipe) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		if out := cryptoUserOnly(l); out != nil {
			return *out
		}
		public, fault := t.template(l, args, "--public-label", "--public-attributes", "private-")
		private, other := t.template(l, args, "--private-label", "--private-attributes", "private-")
		if fault = cmp.Or(fault, other); fault != "" {
			return failed(retcode.Local, fault)
		}
		public.Class, private.Class = attr.Public, attr.PrivateKey
		recipe := of(&public)
		of(&private)
		return t.make(l, wish{recipe: recipe, templates: []hsm.Template{public, private}, shown: pairOfKeys})
	})
}

// keyPair is the answer of commands that make a pair.
type keyPair struct {
	Public  keyObject `json:"public_key"`
	Private keyObject `json:"private_key"`
}

func pairOfKeys(keys []keyObject) any { return keyPair{keys[0], keys[1]} }

func (t *Tool) keyGenerateAES(args command.Args) command.Outcome { return t.secretKey(args, attr.AES) }

func (t *Tool) keyGenerateSecret(args command.Args) command.Outcome {
	return t.secretKey(args, attr.GenericSecret)
}

// sizeBeyond is more than any size of a key.
const sizeBeyond = 1 << 20

func (t *Tool) secretKey(args command.Args, kind attr.KeyType) command.Outcome {
	return t.generate(args, func(tm *hsm.Template) mech.Recipe {
		tm.Class, tm.Type, tm.Size = attr.Secret, kind, int(min(args.Int("--key-length-bytes"), sizeBeyond))
		return mech.SecretKey{Type: kind, Size: tm.Size}
	})
}

func (t *Tool) keyGenerateRSA(args command.Args) command.Outcome {
	return t.generatePair(args, func(tm *hsm.Template) mech.Recipe {
		tm.Type, tm.Size, tm.Exponent = attr.RSA, int(min(args.Int("--modulus-size-bits"), sizeBeyond)), args.Int("--public-exponent")
		return mech.RSA{Bits: tm.Size, Exponent: tm.Exponent}
	})
}

// curveAlias is the other name of the curve that has two.
const (
	curveAlias = "secp256r1"
	curveP256  = "prime256v1"
	curveEd    = "ed25519"
)

func (t *Tool) keyGenerateEC(args command.Args) command.Outcome {
	return t.generatePair(args, func(tm *hsm.Template) mech.Recipe {
		name := args.Text("--curve")
		if name == curveEd {
			tm.Type = attr.Edwards
			return mech.Edwards{}
		}
		if name == curveAlias || name == curveP256 {
			name, tm.CurveSaid = curveP256, name
		}
		curve, _ := mech.CurveNamed(name)
		tm.Type, tm.Curve = attr.EC, curve
		return mech.EC{Curve: curve}
	})
}

func (t *Tool) keyGenerateMLDSA(args command.Args) command.Outcome {
	return t.generatePair(args, func(tm *hsm.Template) mech.Recipe {
		lattice, _ := mech.LatticeNamed(args.Text("--mldsa-algorithm"))
		tm.Type = attr.MLDSA
		return lattice
	})
}

// make makes keys, on all HSMs that are reached, and waits where the material takes its time.
func (t *Tool) make(l *link, w wish) command.Outcome {
	cr := l.client.Create(cluster.Request{Recipe: w.recipe, Templates: w.templates, Servers: 1})
	if cr.Done() {
		return t.made(l, w, cr)
	}
	wait := &command.Wait{
		Progress: func() command.Progress {
			return command.Progress{About: voice.Say(voice.Waiting, "have", cr.Holders(), "of", cr.Servers), Have: cr.Holders(), Of: cr.Servers,
				Since: cr.Since, Until: cr.Until}
		},
		Due: cr.Due,
		Poll: func() (command.Outcome, bool) {
			if cr.Slow() || !cr.Done() {
				return command.Outcome{}, false
			}
			return t.made(l, w, cr), true
		},
		End: func(command.Ending) command.Outcome {
			cr.Abandon()
			return command.Outcome{Err: context.Canceled, Status: 1, Notes: []voice.Note{voice.Say(voice.Dropped)}}
		},
	}
	if cr.Slow() {
		wait.Work = func(ctx context.Context) { cr.Work(ctx) }
	}
	return command.Outcome{Wait: wait}
}

// made answers with the new keys.
func (t *Tool) made(l *link, w wish, cr *cluster.Creation) command.Outcome {
	if cr.Err != nil {
		return refused(cr.Err)
	}
	var objects []keyObject
	for _, k := range cr.Keys {
		objects = append(objects, keyOf(l.client, k))
	}
	return answer(w.shown(objects))
}
