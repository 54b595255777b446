package openssl

import (
	"bytes"
	"context"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/crypto/cryptobyte"

	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
	"hsmplay/core/voice"
)

// rsaBits and rsaExponent are what is made without other wishes.
const (
	rsaBits     = 2048
	rsaExponent = 65537
)

// makeKey makes a private key; RSA takes a while and can be interrupted.
func (c *call) makeKey(recipe mech.Recipe) (*mech.Material, error) {
	var keys []*mech.Material
	var err error
	c.Secret()
	c.Slow(func(ctx context.Context) { keys, err = recipe.Make(ctx, c.Source) })
	switch {
	case errors.Is(err, mech.ErrModulusSize), errors.Is(err, mech.ErrWeakExponent):
		return nil, refuse("Error setting RSA length").because(voice.OpenSSLSize)
	case err != nil:
		return nil, refuse("%s: Error generating key: %s", c.name, err)
	}
	return keys[1], nil
}

// genrsa makes an RSA key.
func genrsa(c *call) error {
	bits := rsaBits
	if len(c.rest) > 1 {
		return c.usage("Extra option: \"%s\"", c.rest[1])
	}
	if len(c.rest) == 1 {
		n, err := strconv.ParseUint(c.rest[0], 10, 31)
		if err != nil {
			return refuse("%s: Can't parse \"%s\" as a number", c.name, c.rest[0])
		}
		bits = int(n)
	}
	exponent := int64(rsaExponent)
	if c.has("3") {
		exponent = 3
	}
	key, err := c.makeKey(mech.RSA{Bits: bits, Exponent: exponent})
	if err != nil {
		return err
	}
	return c.outputPrivate(key)
}

// genpkey makes a key of any kind.
func genpkey(c *call) error {
	if c.has("genparam") {
		return genparam(c)
	}
	recipe, err := c.recipe()
	if err != nil {
		return err
	}
	key, err := c.makeKey(recipe)
	if err != nil {
		return err
	}
	if err := c.outputPrivate(key); err != nil || !c.has("text") {
		return err
	}
	return c.output([]byte(c.keyText(key)))
}

// recipe reads -algorithm with -pkeyopt, or -paramfile.
func (c *call) recipe() (mech.Recipe, error) {
	list, err := c.settings(c.all("pkeyopt"))
	if err != nil {
		return nil, err
	}
	switch algorithm := c.last("algorithm"); {
	case c.has("paramfile"):
		return c.recipeOf(c.last("paramfile"))
	case algorithm == "":
		return nil, refuse("%s: Use -help for summary.", c.name)
	case strings.EqualFold(algorithm, "RSA"):
		return c.rsaRecipe(list)
	case strings.EqualFold(algorithm, "EC"):
		return c.ecRecipe(list)
	case recipes25519[strings.ToUpper(algorithm)] != nil:
		return c.plainRecipe(algorithm, list)
	default:
		return nil, refuse("Error initializing %s context", algorithm).because(voice.OpenSSLValue,
			"command", c.name, "value", voice.Word(algorithm), "option", "-algorithm", "known", "RSA, EC, ED25519 and X25519")
	}
}

// recipes25519 are the algorithms whose keys have no parameters.
var recipes25519 = map[string]mech.Recipe{"ED25519": mech.Edwards{}, "X25519": mech.Montgomery{}}

// plainRecipe is one of recipes25519, with which no parameter goes.
func (c *call) plainRecipe(algorithm string, list []setting) (mech.Recipe, error) {
	if len(list) > 0 {
		return nil, c.unknownValue(list[0], "none for "+algorithm)
	}
	return recipes25519[strings.ToUpper(algorithm)], nil
}

func (c *call) rsaRecipe(list []setting) (mech.Recipe, error) {
	recipe := mech.RSA{Bits: rsaBits, Exponent: rsaExponent}
	for _, s := range list {
		n, err := strconv.ParseInt(s.value, 0, 64)
		switch {
		case err == nil && s.name == "rsa_keygen_bits":
			recipe.Bits = int(n)
		case err == nil && s.name == "rsa_keygen_pubexp":
			recipe.Exponent = n
		default:
			return nil, c.unknownValue(s, "rsa_keygen_bits and rsa_keygen_pubexp with numbers")
		}
	}
	return recipe, nil
}

func (c *call) ecRecipe(list []setting) (mech.Recipe, error) {
	var curve *mech.Curve
	for _, s := range list {
		switch s.name {
		case "ec_paramgen_curve", "group":
			if curve = curveNamed(s.value); curve == nil {
				return nil, c.unknownCurve("genpkey: Error generating EC key", s.value)
			}
		case "ec_param_enc":
			if s.value != namedCurveWord && s.value != explicitWord {
				return nil, c.unknownValue(s, namedCurveWord+" and "+explicitWord)
			}
			c.explicit = s.value == explicitWord
		default:
			return nil, c.unknownValue(s, "ec_paramgen_curve and ec_param_enc")
		}
	}
	if curve == nil {
		return nil, c.unknownCurve("genpkey: Error generating EC key", "")
	}
	return mech.EC{Curve: curve}, nil
}

// curveNamed returns the computed curve of a short name or of the field's own, nil if there is
// none.
func curveNamed(name string) *mech.Curve {
	for _, curve := range mech.Curves {
		if curve.Computed() && (curve.Name == name || curve.Nick == name || name == "secp256r1" && curve.Nick == "P-256") {
			return curve
		}
	}
	return nil
}

// curveNames are the curves that keys can be made on.
func curveNames() []string {
	var known []string
	for _, curve := range mech.Curves {
		if curve.Computed() {
			known = append(known, curve.Name)
		}
	}
	return known
}

// curveIn is the curve that a file with EC parameters names, or gives in numbers.
func (c *call) curveIn(name string) (*mech.Curve, error) {
	data, err := c.read(name)
	if err != nil {
		return nil, err
	}
	if isPEMFile(data) {
		data = derOf(data)
	}
	if d := domainIn(data); d != nil {
		return d.curve, nil
	}
	for i := range domains {
		if bytes.Equal(data, namedCurve(domains[i].curve)) {
			return domains[i].curve, nil
		}
	}
	return nil, refuse("Unable to load parameters from %s", name)
}

// curveAbout is what OpenSSL says of a curve in its list, in the list's order.
var curveAbout = []setting{
	{"secp224r1", "NIST/SECG curve over a 224 bit prime field"}, {"secp256k1", "SECG curve over a 256 bit prime field"},
	{"secp384r1", "NIST/SECG curve over a 384 bit prime field"}, {"secp521r1", "NIST/SECG curve over a 521 bit prime field"},
	{"prime256v1", "X9.62/SECG curve over a 256 bit prime field"},
}

// curveList is what -list_curves prints: the curves that keys can be on here.
func curveList() string {
	var b strings.Builder
	for _, s := range curveAbout {
		fmt.Fprintf(&b, "  %-10s: %s\n", s.name, s.value)
	}
	return b.String()
}

// unknownCurve refuses a name of a curve; the line with the curve that is meant comes with it.
func (c *call) unknownCurve(text, name string) *refusal {
	r := refuse("%s", text).because(voice.OpenSSLCurve, "curve", voice.Word(name), "known", strings.Join(curveNames(), ", "))
	if meant := curveMeant(name); name != "" && meant != "" {
		words := []string{"openssl"}
		for _, word := range c.Args {
			if word == name || strings.HasSuffix(word, ":"+name) {
				word = strings.TrimSuffix(word, name) + meant
			}
			words = append(words, word)
		}
		r.args = append(r.args, "line", command.Joined(words))
	}
	if name == "" && c.name == "genpkey" { // none was given
		line := append([]string{"openssl"}, c.Args...)
		r.args = append(r.args, "line", command.Joined(append(line, "-pkeyopt", "ec_paramgen_curve:P-256")))
	}
	return r
}

// ecparam names a curve, and makes a key on it.
func ecparam(c *call) error {
	if c.has("list_curves") {
		return c.output([]byte(curveList()))
	}
	curve := curveNamed(c.last("name"))
	switch {
	case c.has("in") && !c.has("name"):
		var err error
		if curve, err = c.curveIn(c.last("in")); err != nil {
			return err
		}
	case !c.has("name"):
		return refuse("Unable to load parameters from <NULL>")
	case curve == nil:
		return c.unknownCurve("unable to generate key", c.last("name"))
	}
	params, text := namedCurve(curve), curveText(curve, "")
	if c.explicit = c.last("param_enc") == explicitWord; c.explicit {
		params, text = domainOf(curve).explicit(), domainOf(curve).text("")
	}
	var out []byte
	if c.has("text") {
		out = append(out, "EC-Parameters: ("+strconv.Itoa(curve.Bits)+" bit)\n"+text...)
	}
	if !c.has("noout") {
		out = append(out, c.encode("EC PARAMETERS", params)...)
	}
	if c.has("genkey") {
		key, err := c.makeKey(mech.EC{Curve: curve})
		if err != nil {
			return err
		}
		out = append(out, c.encode("EC PRIVATE KEY", c.params(key, sec1(key)))...)
	}
	return c.output(out)
}

// genparam writes the parameters of a ready-made DSA group.
func genparam(c *call) error {
	list, err := c.settings(c.all("pkeyopt"))
	if err != nil {
		return err
	}
	bits := 2048
	for _, s := range list {
		if s.name != "dsa_paramgen_bits" {
			return c.unknownValue(s, "dsa_paramgen_bits")
		}
		bits, _ = strconv.Atoi(s.value)
	}
	if !strings.EqualFold(c.last("algorithm"), "DSA") {
		return refuse("Error initializing %s context", c.last("algorithm")).because(voice.OpenSSLValue,
			"command", c.name+" -genparam", "value", voice.Word(c.last("algorithm")), "option", "-algorithm", "known", "DSA")
	}
	c.Secret()
	params := dsaParams(bits)
	if params == nil {
		return refuse("%s: Error generating DSA parameters", c.name).because(voice.OpenSSLGroup)
	}
	return c.output(c.encode("DSA PARAMETERS", params))
}

// dsaParams returns the DER of the group of so many bits, nil if there is none.
func dsaParams(bits int) []byte {
	keys, err := mech.DSA{Bits: bits}.Make(context.Background(), mech.Source{})
	if err != nil {
		return nil
	}
	_, params := inner(secret.Value(keys[1]))
	return params
}

// recipeOf makes keys for the parameters of a file: a curve, or one of the ready-made DSA groups.
func (c *call) recipeOf(name string) (mech.Recipe, error) {
	data, err := c.ReadFile(name)
	if err != nil {
		return nil, refuse("Can't open parameter file %s", name)
	}
	var block *pem.Block
	if found := blocks(data, "EC PARAMETERS", "DSA PARAMETERS"); len(found) > 0 {
		block = found[0]
	} else {
		return nil, refuse("Error reading parameter file %s", name).because(voice.OpenSSLNotText, "file", voice.Word(name), "what", "parameters")
	}
	var oid asn1.ObjectIdentifier
	if params := cryptobyte.String(block.Bytes); params.ReadASN1ObjectIdentifier(&oid) {
		if curve, ok := mech.CurveByOID(oid); ok {
			return mech.EC{Curve: curve}, nil
		}
	}
	for _, bits := range []int{2048, 3072} {
		if string(dsaParams(bits)) == string(block.Bytes) {
			return mech.DSA{Bits: bits}, nil
		}
	}
	return nil, refuse("Error reading parameter file %s", name).because(voice.OpenSSLGroup)
}
