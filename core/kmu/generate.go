package kmu

import (
	"fmt"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

const generatePair = "Cfm3GenerateKeyPair"

// refusedBlock marks the curves that FIPS mode refuses.
var genECCKeyPair = command.Spec[*Tool]{Name: "genECCKeyPair", Summary: "Generates an ECC Key Pair",
	Means: "makes an elliptic curve key pair",
	Params: append([]command.Param{
		{Flag: "-i", Value: "EC curve id", Kind: command.Choices, Values: curveValues(), Lone: true, Example: "14",
			Help: "specifies the Curve ID", Means: "the curve: 2 P-256, 14 P-384 or 16 secp256k1 in FIPS mode"},
		labelParam}, creationParams...),
	Tail: curveTail(), Run: (*Tool).genECCKeyPair}

var genRSAKeyPair = command.Spec[*Tool]{Name: "genRSAKeyPair", Summary: "Generates an RSA Key Pair",
	Means: "makes an RSA key pair",
	Params: append([]command.Param{
		{Flag: "-m", Value: "modulus length", Kind: command.Number, Max: 1 << 20, Example: "2048",
			Help: "specifies the modulus length: eg. 2048", Means: "bits of the modulus: 2048 to 4096 in steps of 256",
			Values: []command.Value{{Word: "2048", Means: "bits"}, {Word: "3072", Means: "bits"}, {Word: "4096", Means: "bits"}}},
		exponentParam,
		labelParam}, creationParams...),
	Run: (*Tool).genRSAKeyPair}

var genDSAKeyPair = command.Spec[*Tool]{Name: "genDSAKeyPair", Summary: "Generates a DSA Key Pair",
	Means: "makes a DSA key pair",
	Params: append([]command.Param{
		{Flag: "-m", Value: "modulus length", Kind: command.Number, Max: 1 << 20, Example: "2048",
			Help: "specifies the modulus length: eg. 2048", Means: "bits of the modulus: 2048",
			Values: []command.Value{{Word: "2048", Means: "bits"}}},
		labelParam}, creationParams...),
	Run: (*Tool).genDSAKeyPair}

var genSymKey = command.Spec[*Tool]{Name: "genSymKey", Summary: "Generates a Symmetric keys",
	Means: "makes a symmetric key",
	Params: append([]command.Param{
		{Flag: "-t", Value: "key type", Kind: command.Choices, Help: "specifies the key type (16 = GENERIC_SECRET, 18 = RC4, 21 = DES3, 31 = AES)",
			Means: "the type of the key", Example: "31", Values: secretValues},
		{Flag: "-s", Value: "key size", Kind: command.Number, Max: 1 << 20, Example: "32",
			Help:  "specifies the key size in bytes for AES: 16, 24, 32; DES3: 24; GENERIC_SECRET: < 3584",
			Means: "bytes of the key: AES 16, 24 or 32; 3DES 24; generic secret 1 to 3583"},
		labelParam}, creationParams...),
	Run: (*Tool).genSymKey}

// genPBEKey is refused whatever its arguments are (spec/kmu.md 3.16).
var genPBEKey = command.Spec[*Tool]{Name: "genPBEKey", Summary: "Generates a PBE DES3 key",
	Means: "refused: not supported on HSMs in FIPS mode", Any: true, Run: (*Tool).genPBEKey}

var exponentParam = command.Param{Flag: "-e", Value: "public exponent", Kind: command.Number, Max: 1 << 40, Example: "65537",
	Help:  "specifies the public exponent: any odd number typically >= 65537 to 2^31 - 1",
	Means: "the public exponent: odd, 65537 or more", Values: []command.Value{{Word: "65537", Means: "the usual one"}}}

// labelParam and creationParams are the options that commands share which make keys
// (spec/kmu.md 2.7).
var labelParam = command.Param{Flag: "-l", Value: "label", Max: hsm.LabelMax, Example: "mykey",
	Help:  `specifies the Key Label, if label contains spaces it should be written in between " characters.`,
	Means: "a name for people, at most 127 characters; need not be unique"}

var (
	idParam = command.Param{Flag: "-id", Value: "key ID", Optional: true, Help: "specifies the key ID",
		Means: "a name for programs, unique in the cluster"}
	serversParam = command.Param{Flag: "-min_srv", Value: "minimum number of servers", Kind: command.Number, Min: 1, Max: 1 << 31, Optional: true,
		Help: "specifies the minimum number of HSMs in which the key is synchronized before the value of the -timeout parameter expires.\n" +
			"Default value for min_srv is 1.",
		Means: "on how many HSMs the key must be, else it is not made at all"}
	timeoutParam = command.Param{Flag: "-timeout", Value: "number of seconds", Kind: command.Number, Max: 1 << 31, Optional: true, Needs: "-min_srv",
		Help: "Specifies the number of seconds to wait for the key to get synced when min_srv option is used.\n" +
			"If nothing is specified, the polling will continue forever.",
		Means: "seconds to wait for -min_srv; without it the command waits for ever", Example: "5"}
	mValueParam = command.Param{Flag: "-m_value", Value: "0..8", Kind: command.Number, Max: 8, Optional: true, Needs: "-u", Alone: "0",
		Help:  "specifies the number of users who must approve any use of the key, 0 to 8",
		Means: "how many users must approve each use of the key, 0 to 8; needs -u, but for 0, the default", Example: "2"}
	nexParam = command.Param{Flag: "-nex", Kind: command.Switch, Optional: true, Help: "makes the key non-extractable",
		Means: "the private or secret key can never be exported"}
	sessParam = command.Param{Flag: "-sess", Kind: command.Switch, Optional: true, Help: "specifies key as session key",
		Means: "the key lives in this session only, on one HSM"}
	usersParam = command.Param{Flag: "-u", Value: "user-ids", Kind: command.Users, Optional: true,
		Help:  "specifies the ids of the users to share the key with, separated by commas",
		Means: "crypto users to share the key with, such as 4,5; never yourself", Example: "4,5"}
	attestParam = command.Param{Flag: "-attest", Kind: command.Switch, Optional: true, Help: "performs the attestation check on the firmware response",
		Means: "checks that the HSM runs the genuine firmware"}
)

var creationParams = []command.Param{idParam, serversParam, mValueParam, nexParam, sessParam, timeoutParam, usersParam, attestParam}

// genECCKeyPair makes an EC pair (spec/kmu.md 3.15).
func (t *Tool) genECCKeyPair(args command.Args) command.Outcome {
	curve := curveByID(int(args.Int("-i")))
	return t.pair(args, mech.EC{Curve: curve}, hsm.Template{Type: attr.EC, Curve: curve}, descending)
}

// genRSAKeyPair makes an RSA pair (spec/kmu.md 3.13). An exponent that is even or too small is the
// HSM's to refuse.
func (t *Tool) genRSAKeyPair(args command.Args) command.Outcome {
	bits, exponent := int(args.Int("-m")), args.Int("-e")
	return t.pair(args, mech.RSA{Bits: bits, Exponent: exponent}, hsm.Template{Type: attr.RSA, Size: bits, Exponent: exponent}, nil)
}

// genDSAKeyPair makes a DSA pair (spec/kmu.md 3.14, printed without the colon of that page).
func (t *Tool) genDSAKeyPair(args command.Args) command.Outcome {
	bits := int(args.Int("-m"))
	return t.pair(args, mech.DSA{Bits: bits}, hsm.Template{Type: attr.DSA, Size: bits}, nil)
}

// pair makes the two halves of a pair. of says what they are.
func (t *Tool) pair(args command.Args, recipe mech.Recipe, of hsm.Template, order func([]cluster.Answer) []cluster.Answer) command.Outcome {
	public, private := template(args, attr.Public), template(args, attr.PrivateKey)
	for _, tm := range []*hsm.Template{&public, &private} {
		tm.Type, tm.Curve, tm.Size, tm.Exponent = of.Type, of.Curve, of.Size, of.Exponent
	}
	return t.create(args, creation{api: generatePair, recipe: recipe, templates: []hsm.Template{public, private}, order: order,
		print: func(keys []*hsm.Key) string {
			return fmt.Sprintf("%s%s:    public key handle: %d    private key handle: %d", indent, generatePair, keys[0].Handle, keys[1].Handle)
		}})
}

// genSymKey makes a secret key (spec/kmu.md 3.17).
func (t *Tool) genSymKey(args command.Args) command.Outcome {
	kind, size := attr.KeyType(args.Int("-t")), int(args.Int("-s"))
	tm := template(args, attr.Secret)
	tm.Type, tm.Size = kind, size
	return t.create(args, creation{api: "Cfm3GenerateSymmetricKey", recipe: mech.SecretKey{Type: kind, Size: size},
		templates: []hsm.Template{tm},
		print: func(keys []*hsm.Key) string {
			return fmt.Sprintf("%sSymmetric Key Created.  Key Handle: %d", indent, keys[0].Handle)
		}})
}

// genPBEKey has an HSM refuse a key from a password.
func (t *Tool) genPBEKey(args command.Args) command.Outcome {
	return t.notMade(args, "Cfm3GeneratePBEKey", hsm.Template{Class: attr.Secret, Type: attr.DES3, FromPassword: true})
}

// template reads the options that all commands share which make keys. Those that a command does not
// have count as not given.
func template(args command.Args, class attr.Class) hsm.Template {
	tm := hsm.Template{Class: class, Label: args.Text("-l"), ID: args.Text("-id"), InSession: args.Has("-sess")}
	if class == attr.Public {
		return tm
	}
	tm.NotExtractable = args.Knows("-nex") && args.Has("-nex")
	if args.Knows("-m_value") {
		tm.MValue = int(args.Int("-m_value"))
	}
	if args.Knows("-u") {
		for _, id := range args.Ints("-u") {
			tm.Shared = append(tm.Shared, int(min(id, 1<<30)))
		}
	}
	return tm
}
