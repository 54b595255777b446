package openssl

import (
	"io"
	"slices"

	"hsmplay/core/command"
)

// The options of keys' files, which many subcommands share.
var (
	keyFiles = []command.Param{
		inFile("in", "Input file, default standard input"),
		outFile("out", "Output file, default standard output"),
		format("inform", "Input format; without it, keys and certificates are read in either"),
		format("outform", "Output format, default PEM"),
	}
	keyShows = []command.Param{
		flag("pubin", "The input is a public key"),
		flag("pubout", "Output the public key"),
		flag("text", "Print the key in text"),
		flag("noout", "Don't output the key"),
		flag("check", "Check the key"),
	}
	generated = []command.Param{
		outFile("out", "Output file, default standard output"),
		format("outform", "Output format, default PEM"),
	}
	phraseIn  = phraseOption("passin", "Input file pass phrase source")
	phraseOut = phraseOption("passout", "Output file pass phrase source")
	keyLocks  = slices.Concat([]command.Param{phraseIn, phraseOut}, anyKeyCipher)
)

// table is openssl as data.
var table command.Table[*call]

func init() { // the handler of help reads the table
	specs := slices.Concat(plainCommands(), keyCommands(), certificateCommands())
	table = command.Table[*call]{Tool: "openssl", Lead: "openssl ", Style: style, Live: files, Says: says, Called: called,
		Specs: slices.Concat(specs, aliases(specs, "dgst", digestNames()...), aliases(specs, "enc", append(cipherNames(), "base64")...),
			aliases(specs, "version", "v"))}
	listed := &table.Specs[0].Params[0]
	for _, s := range specs {
		listed.Values = append(listed.Values, command.Value{Word: s.Name, Means: s.Means})
	}
}

// names are the commands that are listed.
func names() []string {
	var list []string
	for _, s := range table.Specs {
		if !s.Hidden {
			list = append(list, s.Name)
		}
	}
	return list
}

// aliases are a command under other names, which are not listed.
func aliases(specs []command.Spec[*call], name string, others ...string) []command.Spec[*call] {
	i := slices.IndexFunc(specs, func(s command.Spec[*call]) bool { return s.Name == name })
	var list []command.Spec[*call]
	for _, other := range others {
		s := specs[i]
		s.Name, s.Hidden = other, true
		list = append(list, s)
	}
	return list
}

// files are the names of files that begin with what is typed.
func files(c *call, p command.Param, typed string) []command.Choice {
	if p.Kind != command.Path && p.Kind != command.Output || c.Names == nil {
		return nil
	}
	var choices []command.Choice
	for _, name := range c.Names(typed) {
		choices = append(choices, command.Choice{Word: name})
	}
	return choices
}

// plainCommands work on bytes.
func plainCommands() []command.Spec[*call] {
	return []command.Spec[*call]{
		{Name: "help", Means: "lists the commands", Tail: "[command]", Run: run(help),
			Params: operands("command", "The command to be shown", command.Text)},
		{Name: "version", Means: "says which openssl this is", Run: run(version),
			Params: []command.Param{flag("a", "Show all data"), flag("v", "Show the version")}},
		{Name: "rand", Means: "random bytes", Tail: "num", Run: run(random), Params: []command.Param{
			outFile("out", "Output file"),
			flag("base64", "Base64 encode output"),
			flag("hex", "Hex encode output"),
			{Value: "num", Kind: command.Number, Min: 1, Max: inputMax, Help: "how many bytes"}}},
		{Name: "dgst", Means: "digests, signatures of files", Tail: "[file...]", Run: run(dgst), Params: slices.Concat([]command.Param{
			flag("c", "Print the digest with separating colons"),
			flag("r", "Print the digest in coreutils format"),
			outFile("out", "Output to filename rather than stdout"),
			flag("hex", "Print as hex dump"),
			flag("binary", "Print in binary form"),
			inFile("sign", "Sign digest using private key"),
			inFile("verify", "Verify a signature using public key"),
			inFile("prverify", "Verify a signature using private key"),
			phraseIn,
			inFile("signature", "File with signature to verify"),
			hidden("hmac", "Create hashed MAC with key"),
			text("mac", "Create MAC (not necessarily HMAC)", "HMAC"),
			again(hidden("macopt", "MAC algorithm parameters in n:v form: key, hexkey")),
			pairs("sigopt", "Signature parameter in n:v form: rsa_padding_mode, rsa_pss_saltlen",
				"rsa_padding_mode:pss", "rsa_pss_saltlen:digest", "rsa_pss_saltlen:max")}, engineParams, anyDigest,
			operands("file", "Files to digest; default standard input", command.Path))},
		{Name: "enc", Means: "ciphers and base64", Run: run(enc), Params: slices.Concat([]command.Param{
			inFile("in", "Input file"),
			outFile("out", "Output file"),
			flag("e", "Encrypt"),
			flag("d", "Decrypt"),
			hidden("K", "Raw key, in hex"),
			hidden("k", "Passphrase"),
			phraseOption("pass", "Passphrase source"),
			flag("pbkdf2", "Use password-based key derivation function 2"),
			number("iter", "Specify the iteration count and force use of PBKDF2"),
			text("md", "Use specified digest to create a key from the passphrase", digestNames()...),
			flag("salt", "Use salt in the KDF (default)"),
			flag("nosalt", "Do not use salt in the KDF"),
			text("iv", "IV in hex"),
			flag("nopad", "Disable standard block padding"),
			flag("base64", "Base64 encode or decode"),
			flag("a", "Base64 encode or decode"),
			flag("A", "Used with -base64 to specify a single line")}, anyCipher)},
		{Name: "asn1parse", Means: "shows the structure of DER", Run: run(asn1parse), Params: []command.Param{
			inFile("in", "Input file"),
			format("inform", "Input format, default PEM"),
			flag("i", "Indents the output"),
			number("offset", "Offset into file"),
			number("length", "Length of section in file"),
			number("strparse", "Offset of an OCTET or BIT STRING to parse instead"),
			flag("noout", "Do not produce any output"),
			text("genstr", "String to generate ASN1 structure from", "UTF8:text", "INTEGER:1", "OID:prime256v1"),
			inFile("genconf", "File to generate ASN1 structure from"),
			outFile("out", "Output DER to file")}},
		{Name: "kdf", Means: "keys from passwords: PBKDF2", Tail: "kdf_name", Run: run(kdf), Params: slices.Concat([]command.Param{
			number("keylen", "The size of the output derived key"),
			pairs("kdfopt", "KDF parameter in n:v form: digest, pass, hexpass, salt, hexsalt, iter"),
			flag("binary", "Output in binary format"),
			outFile("out", "Output to filename rather than stdout")},
			operands("kdf_name", "The function", command.Text, "PBKDF2"))},
		{Name: "errstr", Means: "takes an error code of OpenSSL apart", Tail: "errnum...", Run: run(errstr),
			Params: operands("errnum", "Codes in hexadecimal", command.Text)},
	}
}

// keyCommands make and show keys, and use them on short inputs.
func keyCommands() []command.Spec[*call] {
	traditional := flag("traditional", "Use the traditional format for private keys")
	parameters := []command.Param{
		text("algorithm", "The algorithm: RSA, EC, ED25519 or X25519", "RSA", "EC", "ED25519", "X25519", "DSA"),
		pairs("pkeyopt", "Parameter in n:v form: rsa_keygen_bits, rsa_keygen_pubexp, ec_paramgen_curve",
			"rsa_keygen_bits:2048", "rsa_keygen_bits:3072", "rsa_keygen_bits:4096", "rsa_keygen_pubexp:65537", "ec_paramgen_curve:prime256v1",
			"ec_paramgen_curve:secp384r1", "dsa_paramgen_bits:2048"),
		flag("genparam", "Make parameters instead: DSA only"),
		inFile("paramfile", "Make a key for the parameters of a file"),
		flag("text", "Print the key in text")}
	return []command.Spec[*call]{
		{Name: "genrsa", Means: "an RSA key", Tail: "numbits", Run: run(genrsa), Params: slices.Concat(anyKeyCipher, []command.Param{
			generated[0], traditional, phraseOut,
			flag("3", "(deprecated) Use 3 for the E value"),
			flag("F4", "Use the Fermat number F4 (0x10001) for the E value")},
			operands("numbits", "Size of the key in bits, default 2048", command.Text, "2048", "3072", "4096"))},
		{Name: "genpkey", Means: "a key of any kind", Run: run(genpkey), Params: slices.Concat(generated, anyKeyCipher, parameters, []command.Param{
			phraseOption("pass", "Output file pass phrase source")})},
		{Name: "ecparam", Means: "an EC key by its curve", Run: run(ecparam), Params: slices.Concat(generated, []command.Param{
			text("name", "Curve by its short name: prime256v1, secp384r1 …", curveNames()...),
			inFile("in", "Input file with EC parameters"),
			encoding("param_enc"),
			flag("genkey", "Generate EC key"),
			flag("list_curves", "Print a list of the curves that it has"),
			flag("noout", "Do not print the EC parameter"),
			flag("text", "Print the EC parameters in text form")})},
		{Name: "rsa", Means: "shows and converts RSA keys", Run: run(rsaKey), Params: slices.Concat(keyFiles, keyShows, keyLocks, []command.Param{
			flag("modulus", "Print the RSA key modulus"), traditional})},
		{Name: "ec", Means: "shows and converts EC keys", Run: run(ecKey), Params: slices.Concat(keyFiles, keyShows, keyLocks, []command.Param{
			encoding("param_enc")})},
		{Name: "pkey", Means: "shows and converts keys", Run: run(anyKey), Params: slices.Concat(keyFiles, keyShows, keyLocks, []command.Param{
			encoding("ec_param_enc"),
			flag("pubcheck", "Check the public key"),
			flag("text_pub", "Only output public key components in text form"), traditional})},
		{Name: "pkcs8", Means: "PKCS#8 and back", Run: run(pkcs8), Params: slices.Concat(keyFiles, []command.Param{
			flag("topk8", "Output PKCS8 file"),
			flag("nocrypt", "Use or expect unencrypted private key"),
			phraseIn, phraseOut,
			text("v2", "Use PKCS#5 v2.0 and cipher", keyCipherNames()...),
			number("iter", "Specify the iteration count"),
			flag("traditional", "Use the traditional format for private keys")})},
		{Name: "rsautl", Hidden: true, Means: "signs and encrypts with RSA keys; older than pkeyutl", Run: run(rsautl), Params: slices.Concat([]command.Param{
			inFile("in", "Input file"),
			outFile("out", "Output file"),
			inFile("inkey", "Input key"),
			flag("pubin", "Input is an RSA public"),
			flag("certin", "Input is a cert carrying an RSA public key"),
			flag("sign", "Sign with private key"),
			flag("verify", "Verify with public key"),
			flag("encrypt", "Encrypt with public key"),
			flag("decrypt", "Decrypt with private key"),
			flag("pkcs", "Use PKCS#1 v1.5 padding (default)"),
			flag("oaep", "Use PKCS#1 OAEP"),
			phraseIn}, engineParams)},
		{Name: "pkeyutl", Means: "signs digests, encrypts keys", Run: run(pkeyutl), Params: slices.Concat([]command.Param{
			inFile("in", "Input file"),
			outFile("out", "Output file"),
			inFile("inkey", "Input private key file"),
			flag("pubin", "Input is a public key"),
			flag("certin", "Input is a cert with a public key"),
			flag("sign", "Sign input data with private key"),
			flag("verify", "Verify with public key"),
			flag("verifyrecover", "Verify with public key, recover original data"),
			flag("rawin", "Indicate the input data is in raw form"),
			text("digest", "Specify the digest algorithm when signing the raw input data", digestNames()...),
			flag("hexdump", "Hex dump output"),
			phraseIn,
			flag("encrypt", "Encrypt input data with public key"),
			flag("decrypt", "Decrypt input data with private key"),
			flag("derive", "Derive shared secret"),
			inFile("peerkey", "Peer key file used in key derivation"),
			inFile("sigfile", "Signature file (verify operation only)"),
			pairs("pkeyopt", "Parameter in n:v form: digest, rsa_padding_mode, rsa_pss_saltlen, rsa_oaep_md, rsa_mgf1_md",
				"digest:sha256", "rsa_padding_mode:pss", "rsa_padding_mode:oaep", "rsa_pss_saltlen:digest",
				"rsa_oaep_md:sha256", "rsa_mgf1_md:sha256")}, engineParams)},
	}
}

// certificateCommands make and show certificates and requests.
func certificateCommands() []command.Spec[*call] {
	return []command.Spec[*call]{
		{Name: "req", Means: "certificate signing requests", Run: run(req), Params: slices.Concat(keyFiles, []command.Param{
			flag("new", "New request"),
			flag("x509", "Output an X.509 certificate instead of a certificate request"),
			inFile("key", "Key for signing"),
			phraseIn, phraseOut,
			text("newkey", "Generate new key: rsa:bits, ec or ed25519", "rsa:2048", "rsa:3072", "rsa:4096", "ec", "ed25519"),
			pairs("pkeyopt", "Public key options as opt:value", "ec_paramgen_curve:P-256", "ec_paramgen_curve:P-384", "rsa_keygen_bits:2048"),
			outFile("keyout", "File to write private key to"),
			flag("nodes", "Do not encrypt the private key"),
			flag("noenc", "Do not encrypt the private key"),
			text("subj", "Subject, as in /C=US/O=Example/CN=name"),
			flag("utf8", "Input characters are UTF8; they are in any case"),
			number("days", "Number of days certificate is valid for"),
			text("set_serial", "Serial number to use"),
			again(text("addext", "Additional cert extension key=value pair", "subjectAltName=DNS:", "subjectAltName=IP:", "basicConstraints=critical,CA:TRUE",
				"keyUsage=critical,digitalSignature", "extendedKeyUsage=serverAuth", "subjectKeyIdentifier=hash")),
			inFile("config", "Request template file"),
			text("extensions", "Cert or request extension section (override value in config file)"),
			text("copy_extensions", "copy extensions from request when using -x509", copyWords...),
			text("reqexts", "Request extension section (override value in config file)"),
			flag("batch", "Do not ask anything during request generation"),
			flag("text", "Text form of request"),
			flag("noout", "Do not output REQ"),
			flag("verify", "Verify self-signature on the request"),
			flag("subject", "Print the subject of the output request"),
			flag("pubkey", "Output public key"),
			flag("modulus", "RSA modulus")}, engineParams, anyDigest)},
		{Name: "x509", Means: "certificates", Run: run(x509), Params: slices.Concat(keyFiles, x509Shows(), []command.Param{
			flag("req", "Input is a CSR file (rather than a certificate)"),
			text("nameopt", "Certificate subject/issuer name printing options", "RFC2253", "oneline", "multiline", "compat", "utf8", "sep_comma_plus"),
			phraseOption("passin", "Private key and cert file pass-phrase source"),
			inFile("signkey", "Key used to self-sign certificate"),
			inFile("key", "Key used to self-sign certificate"),
			inFile("CA", "Use the given CA certificate"),
			inFile("CAkey", "The corresponding CA key; default is -CA arg"),
			inFile("CAserial", "File that keeps track of CA-generated serial number"),
			flag("CAcreateserial", "Create CA serial number file if it does not exist"),
			text("set_serial", "Serial number to use"),
			number("days", "Number of days until newly generated certificate expires - default 30"),
			inFile("extfile", "Config file with X509V3 extensions to add"),
			text("extensions", "Section of extfile to use - default: unnamed section"),
			text("copy_extensions", "copy extensions when converting from CSR: none, copy or copyall", copyWords...),
			number("checkend", "Check whether cert expires in the next arg seconds")}, engineParams, anyDigest)},
		{Name: "verify", Means: "checks certificates against a CA", Tail: "[cert...]", Run: run(verify), Params: slices.Concat([]command.Param{
			again(inFile("CAfile", "A file of trusted certificates")),
			again(inFile("trusted", "A file of trusted certificates")),
			again(inFile("untrusted", "A file of untrusted certificates")),
			flag("show_chain", "Display information about the certificate chain")},
			operands("cert", "Certificates to check; default standard input", command.Path))},
	}
}

// x509Shows are what x509 prints of a certificate.
func x509Shows() []command.Param {
	var list []command.Param
	for _, row := range certificateFields {
		p := flag(row.option, row.means)
		if row.valued {
			p = text(row.option, row.means)
		}
		list = append(list, p)
	}
	return append(list, flag("noout", "Do not output the certificate"))
}

// help lists the commands, or shows one's options.
func help(c *call) error {
	if len(c.rest) == 0 {
		io.WriteString(c.Err, table.Usage())
		return nil
	}
	if table.Lookup(c.rest[0]) == nil {
		return unknownCommand(c.rest[0], nil)
	}
	io.WriteString(c.Err, table.Usage(c.rest[0]))
	return nil
}

// Means says in a few words what a command does, "" for one that is not there.
func Means(name string) string {
	for _, s := range table.Specs {
		if s.Name == name {
			return s.Means
		}
	}
	return ""
}
