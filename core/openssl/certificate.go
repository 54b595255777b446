package openssl

import (
	"encoding/asn1"
	"math/big"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

// extension is one extension of a certificate or request.
type extension struct {
	oid      asn1.ObjectIdentifier
	critical bool
	value    []byte
}

// certificate is an X.509 certificate as it stands; nothing in it is believed. It reads any version
// and any algorithm, where core/mech takes only what the cluster works with.
type certificate struct {
	signedData
	version             int64
	serial              *big.Int
	issuer, subject     []attribute
	rawIssuer, rawName  []byte
	notBefore, notAfter time.Time
	spki                []byte
	extensions          []extension
}

// request is a certificate signing request as it stands.
type request struct {
	signedData
	version    int64
	subject    []attribute
	rawName    []byte
	spki       []byte
	attributes []requestAttribute
	extensions []extension
}

// requestAttribute is an attribute of a request that is no extension.
type requestAttribute struct {
	oid    asn1.ObjectIdentifier
	values []attribute // their oid is not used
}

// signedData is what certificates and requests share.
type signedData struct {
	der       []byte
	content   []byte
	algorithm asn1.ObjectIdentifier
	signature []byte
}

// signatureAlgorithm ties a signature's OID to key and digest.
type signatureAlgorithm struct {
	name    string
	keyType attr.KeyType
	digest  string
}

var signatureAlgorithms = []signatureAlgorithm{
	{"sha1WithRSAEncryption", attr.RSA, "sha1"},
	{"sha224WithRSAEncryption", attr.RSA, "sha224"},
	{"sha256WithRSAEncryption", attr.RSA, "sha256"},
	{"sha384WithRSAEncryption", attr.RSA, "sha384"},
	{"sha512WithRSAEncryption", attr.RSA, "sha512"},
	{"ecdsa-with-SHA1", attr.EC, "sha1"},
	{"ecdsa-with-SHA224", attr.EC, "sha224"},
	{"ecdsa-with-SHA256", attr.EC, "sha256"},
	{"ecdsa-with-SHA384", attr.EC, "sha384"},
	{"ecdsa-with-SHA512", attr.EC, "sha512"},
	{"ED25519", attr.Edwards, ""},
}

// of returns the digest of the algorithm's signatures.
func (a signatureAlgorithm) of() *digest {
	if a.digest == "" {
		return noDigest
	}
	return digestNamed(a.digest)
}

// verifies reports whether a public key made the signature.
func (s signedData) verifies(public *mech.Material) bool {
	name := objectOf(s.algorithm).long
	for _, row := range signatureAlgorithms {
		if row.name == name && row.keyType == public.Type {
			d := row.of()
			return mech.Prehashed{Hash: d.hash}.Verify(public, d.sum(s.content), s.signature) == nil
		}
	}
	return false
}

// readSigned takes content, algorithm and signature apart, and opens the content's SEQUENCE.
func readSigned(input []byte) (s signedData, tbs cryptobyte.String, ok bool) {
	outer := cryptobyte.String(input)
	var inner, content cryptobyte.String
	if !outer.ReadASN1Element(&content, der.SEQUENCE) {
		return s, nil, false
	}
	s.der = content
	if !content.ReadASN1(&inner, der.SEQUENCE) || !inner.ReadASN1Element(&content, der.SEQUENCE) {
		return s, nil, false
	}
	s.content = content
	ok = readAlgorithm(&inner, &s.algorithm) && inner.ReadASN1BitStringAsBytes(&s.signature) && inner.Empty() &&
		content.ReadASN1(&tbs, der.SEQUENCE)
	return s, tbs, ok
}

func readAlgorithm(input *cryptobyte.String, oid *asn1.ObjectIdentifier) bool {
	var inner cryptobyte.String
	return input.ReadASN1(&inner, der.SEQUENCE) && inner.ReadASN1ObjectIdentifier(oid)
}

// readNamed reads a Name and its DER.
func readNamed(input *cryptobyte.String, name *[]attribute, raw *[]byte) (ok bool) {
	var element cryptobyte.String
	if !input.ReadASN1Element(&element, der.SEQUENCE) {
		return false
	}
	*raw = element
	*name, ok = decodeName(element)
	return ok
}

// parseCertificate reads the DER of a certificate, nil if it is none.
func parseCertificate(input []byte) *certificate {
	s, tbs, ok := readSigned(input)
	if !ok {
		return nil
	}
	x := &certificate{signedData: s, serial: new(big.Int)}
	var outer, validity, spki, list cryptobyte.String
	var inner asn1.ObjectIdentifier
	var versioned, extended bool
	ok = tbs.ReadOptionalASN1(&outer, &versioned, der.Tag(0).ContextSpecific().Constructed()) &&
		(!versioned || outer.ReadASN1Integer(&x.version)) && tbs.ReadASN1Integer(x.serial) && readAlgorithm(&tbs, &inner) &&
		inner.Equal(s.algorithm) && readNamed(&tbs, &x.issuer, &x.rawIssuer) && tbs.ReadASN1(&validity, der.SEQUENCE) &&
		readTime(&validity, &x.notBefore) && readTime(&validity, &x.notAfter) && readNamed(&tbs, &x.subject, &x.rawName) &&
		tbs.ReadASN1Element(&spki, der.SEQUENCE) && tbs.SkipOptionalASN1(der.Tag(1).ContextSpecific()) &&
		tbs.SkipOptionalASN1(der.Tag(2).ContextSpecific()) &&
		tbs.ReadOptionalASN1(&list, &extended, der.Tag(3).ContextSpecific().Constructed()) && tbs.Empty()
	x.spki = spki
	if !ok || extended && !readExtensions(list, &x.extensions) {
		return nil
	}
	return x
}

func readTime(input *cryptobyte.String, out *time.Time) bool {
	if input.PeekASN1Tag(der.UTCTime) {
		return input.ReadASN1UTCTime(out)
	}
	return input.ReadASN1GeneralizedTime(out)
}

func readExtensions(list cryptobyte.String, out *[]extension) bool {
	var extensions cryptobyte.String
	if !list.ReadASN1(&extensions, der.SEQUENCE) || !list.Empty() {
		return false
	}
	for !extensions.Empty() {
		var inner, value cryptobyte.String
		var e extension
		if !extensions.ReadASN1(&inner, der.SEQUENCE) || !inner.ReadASN1ObjectIdentifier(&e.oid) ||
			inner.PeekASN1Tag(der.BOOLEAN) && !inner.ReadASN1Boolean(&e.critical) ||
			!inner.ReadASN1(&value, der.OCTET_STRING) || !inner.Empty() {
			return false
		}
		e.value = value
		*out = append(*out, e)
	}
	return true
}

// parseRequest reads the DER of a request, nil if it is none. The signature is not verified.
func parseRequest(input []byte) *request {
	s, content, ok := readSigned(input)
	if !ok {
		return nil
	}
	r := &request{signedData: s}
	var spki, attributes cryptobyte.String
	if !content.ReadASN1Integer(&r.version) || !readNamed(&content, &r.subject, &r.rawName) ||
		!content.ReadASN1Element(&spki, der.SEQUENCE) ||
		!content.ReadASN1(&attributes, der.Tag(0).ContextSpecific().Constructed()) || !content.Empty() {
		return nil
	}
	r.spki = spki
	for !attributes.Empty() {
		var inner, values cryptobyte.String
		var oid asn1.ObjectIdentifier
		if !attributes.ReadASN1(&inner, der.SEQUENCE) || !inner.ReadASN1ObjectIdentifier(&oid) || !inner.ReadASN1(&values, der.SET) {
			return nil
		}
		if !r.attribute(oid, values) {
			return nil
		}
	}
	return r
}

func (r *request) attribute(oid asn1.ObjectIdentifier, values cryptobyte.String) bool {
	if objectOf(oid).short == "extReq" {
		return readExtensions(values, &r.extensions)
	}
	a := requestAttribute{oid: oid}
	for !values.Empty() {
		var value cryptobyte.String
		var tag der.Tag
		if !values.ReadAnyASN1(&value, &tag) {
			return false
		}
		a.values = append(a.values, attribute{tag: tag, value: value})
	}
	r.attributes = append(r.attributes, a)
	return true
}

// extension returns the value of an extension by its short name, nil if there is none.
func (x *certificate) extension(short string) []byte {
	oid := oidNamed(short)
	i := slices.IndexFunc(x.extensions, func(e extension) bool { return e.oid.Equal(oid) })
	if i < 0 {
		return nil
	}
	return x.extensions[i].value
}

// publicKey returns the certified key.
func (x *certificate) publicKey(name string) (*mech.Material, error) {
	key, err := mech.ParseModernPublic(x.spki)
	if err != nil {
		return nil, cannotRead(name, "certificate").because(voice.OpenSSLUnfit, "file", voice.Word(fileWords(name)), "why", err.Error())
	}
	return key, nil
}

// certificateLabels are the labels of PEM blocks that hold a certificate.
var certificateLabels = []string{"CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"}

// certificate reads the first certificate of a file; no name is standard input.
func (c *call) certificate(name, what string) (*certificate, error) {
	data, err := c.stdinOr(name)
	if err != nil {
		r := cannotOpen(name, what, err)
		r.text += "Unable to load " + what + "\n"
		return nil, r
	}
	r := cannotRead(name, what)
	r.text += "Unable to load " + what + "\n"
	if why := c.misformed(data, ""); why != "" && c.name == "x509" && name == c.last("in") {
		return nil, r.because(voice.OpenSSLUnfit, "file", voice.Word(fileWords(name)), "why", why)
	}
	if x := parseCertificate(derOf(data, certificateLabels...)); x != nil {
		return x, nil
	}
	return nil, r.because(voice.OpenSSLNotText, "file", voice.Word(fileWords(name)), "what", "certificate")
}

// request reads the request of a file; no name is standard input.
func (c *call) request(name string) (*request, error) {
	data, err := c.stdinOr(name)
	if err != nil {
		return nil, refuse("Can't open \"%s\" for reading, %s\nUnable to load X509 request", name, reason(err))
	}
	if why := c.misformed(data, "PEM"); why != "" && len(data) > 0 {
		return nil, refuse("Unable to load X509 request").because(voice.OpenSSLUnfit, "file", voice.Word(fileWords(name)), "why", why)
	}
	if r := parseRequest(derOf(data, "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST")); r != nil {
		return r, nil
	}
	return nil, refuse("Unable to load X509 request").because(voice.OpenSSLNotText,
		"file", voice.Word(fileWords(name)), "what", "certificate request")
}
