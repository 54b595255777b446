package openssl

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// The options of keys' files, which many subcommands share.
var (
	keyFiles = []option{
		{"in", inFile, "Input file, default standard input"},
		{"out", outFile, "Output file, default standard output"},
		{"inform", format, "Input format; which it is is also seen from the file"},
		{"outform", format, "Output format, default PEM"},
	}
	keyShows = []option{
		{"pubin", flag, "The input is a public key"},
		{"pubout", flag, "Output the public key"},
		{"text", flag, "Print the key in text"},
		{"noout", flag, "Don't output the key"},
		{"check", flag, "Check the key"},
	}
	generated = []option{
		{"out", outFile, "Output file, default standard output"},
		{"outform", format, "Output format, default PEM"},
	}
)

// commands is the table of subcommands. It is a function because help reads it.
func commands() []subcommand {
	return slices.Concat(plainCommands(), keyCommands(), certificateCommands())
}

// plainCommands work on bytes.
func plainCommands() []subcommand {
	return []subcommand{
		{name: "help", means: "lists the commands", params: "[command]", run: help},
		{name: "version", means: "says which openssl this is", also: []string{"v"}, run: version,
			options: []option{{"a", flag, "Show all data"}, {"v", flag, "Show the version"}}},
		{name: "rand", means: "random bytes", params: "num", run: random, options: []option{
			{"out", outFile, "Output file"},
			{"base64", flag, "Base64 encode output"},
			{"hex", flag, "Hex encode output"}}},
		{name: "dgst", means: "digests, signatures of files", also: digestNames(), params: "[file...]", digests: true, engine: true,
			run: dgst, options: []option{
				{"c", flag, "Print the digest with separating colons"},
				{"r", flag, "Print the digest in coreutils format"},
				{"out", outFile, "Output to filename rather than stdout"},
				{"hex", flag, "Print as hex dump"},
				{"binary", flag, "Print in binary form"},
				{"sign", inFile, "Sign digest using private key"},
				{"verify", inFile, "Verify a signature using public key"},
				{"prverify", inFile, "Verify a signature using private key"},
				{"signature", inFile, "File with signature to verify"},
				{"sigopt", text, "Signature parameter in n:v form: rsa_padding_mode, rsa_pss_saltlen"}}},
		{name: "enc", means: "ciphers and base64", also: []string{"base64"}, ciphers: true, run: enc, options: []option{
			{"in", inFile, "Input file"},
			{"out", outFile, "Output file"},
			{"e", flag, "Encrypt"},
			{"d", flag, "Decrypt"},
			{"K", text, "Raw key, in hex"},
			{"iv", text, "IV in hex"},
			{"nopad", flag, "Disable standard block padding"},
			{"base64", flag, "Base64 encode or decode"},
			{"a", flag, "Base64 encode or decode"},
			{"A", flag, "Used with -base64 to specify a single line"}}},
		{name: "asn1parse", means: "shows the structure of DER", run: asn1parse, options: []option{
			{"in", inFile, "Input file"},
			{"inform", format, "Input format, default PEM"},
			{"i", flag, "Indents the output"},
			{"offset", number, "Offset into file"},
			{"length", number, "Length of section in file"},
			{"strparse", number, "Offset of an OCTET or BIT STRING to parse instead"},
			{"noout", flag, "Do not produce any output"},
			{"out", outFile, "Output DER to file"}}},
		{name: "kdf", means: "keys from passwords: PBKDF2", params: "kdf_name", run: kdf, options: []option{
			{"keylen", number, "The size of the output derived key"},
			{"kdfopt", text, "KDF parameter in n:v form: digest, pass, hexpass, salt, hexsalt, iter"},
			{"binary", flag, "Output in binary format"},
			{"out", outFile, "Output to filename rather than stdout"}}},
		{name: "errstr", means: "takes an error code of OpenSSL apart", params: "errnum...", run: errstr},
	}
}

// keyCommands make and show keys, and use them on short inputs.
func keyCommands() []subcommand {
	traditional := option{"traditional", flag, "Use the traditional format for private keys"}
	parameters := []option{
		{"algorithm", text, "The algorithm: RSA or EC"},
		{"pkeyopt", text, "Parameter in n:v form: rsa_keygen_bits, rsa_keygen_pubexp, ec_paramgen_curve"},
		{"genparam", flag, "Make parameters instead: DSA only"},
		{"paramfile", inFile, "Make a key for the parameters of a file"},
		{"text", flag, "Print the key in text"}}
	return []subcommand{
		{name: "genrsa", means: "an RSA key", params: "numbits", run: genrsa, options: []option{
			generated[0], traditional,
			{"3", flag, "(deprecated) Use 3 for the E value"},
			{"F4", flag, "Use the Fermat number F4 (0x10001) for the E value"}}},
		{name: "genpkey", means: "a key of any kind", run: genpkey, options: slices.Concat(generated, parameters)},
		{name: "ecparam", means: "an EC key by its curve", run: ecparam, options: slices.Concat(generated, []option{
			{"name", text, "Curve by its short name: prime256v1, secp384r1 …"},
			{"genkey", flag, "Generate EC key"},
			{"noout", flag, "Do not print the EC parameter"},
			{"text", flag, "Print the EC parameters in text form"}})},
		{name: "rsa", means: "shows and converts RSA keys", run: rsaKey, options: slices.Concat(keyFiles, keyShows, []option{
			{"modulus", flag, "Print the RSA key modulus"}, traditional})},
		{name: "ec", means: "shows and converts EC keys", run: ecKey, options: slices.Concat(keyFiles, keyShows)},
		{name: "pkey", means: "shows and converts keys", run: anyKey, options: slices.Concat(keyFiles, keyShows, []option{
			{"pubcheck", flag, "Check the public key"},
			{"text_pub", flag, "Only output public key components in text form"}, traditional})},
		{name: "pkcs8", means: "PKCS#8 and back", run: pkcs8, options: slices.Concat(keyFiles, []option{
			{"topk8", flag, "Output PKCS8 file"},
			{"nocrypt", flag, "Use or expect unencrypted private key"},
			{"traditional", flag, "Use the traditional format for private keys"}})},
		{name: "pkeyutl", means: "signs digests, encrypts keys", engine: true, run: pkeyutl, options: []option{
			{"in", inFile, "Input file"},
			{"out", outFile, "Output file"},
			{"inkey", inFile, "Input private key file"},
			{"pubin", flag, "Input is a public key"},
			{"certin", flag, "Input is a cert with a public key"},
			{"sign", flag, "Sign input data with private key"},
			{"verify", flag, "Verify with public key"},
			{"encrypt", flag, "Encrypt input data with public key"},
			{"decrypt", flag, "Decrypt input data with private key"},
			{"sigfile", inFile, "Signature file (verify operation only)"},
			{"pkeyopt", text, "Parameter in n:v form: digest, rsa_padding_mode, rsa_pss_saltlen, rsa_oaep_md, rsa_mgf1_md"}}},
	}
}

// certificateCommands make and show certificates and requests.
func certificateCommands() []subcommand {
	return []subcommand{
		{name: "req", means: "certificate signing requests", digests: true, engine: true, run: req, options: slices.Concat(keyFiles, []option{
			{"new", flag, "New request"},
			{"x509", flag, "Output an X.509 certificate instead of a certificate request"},
			{"key", inFile, "Key for signing"},
			{"newkey", text, "Generate new key: rsa:bits"},
			{"keyout", outFile, "File to write private key to"},
			{"nodes", flag, "Do not encrypt the private key"},
			{"noenc", flag, "Do not encrypt the private key"},
			{"subj", text, "Subject, as in /C=US/O=Example/CN=name"},
			{"utf8", flag, "Input characters are UTF8; they are in any case"},
			{"days", number, "Number of days certificate is valid for"},
			{"set_serial", text, "Serial number to use"},
			{"batch", flag, "Do not ask anything during request generation"},
			{"text", flag, "Text form of request"},
			{"noout", flag, "Do not output REQ"},
			{"verify", flag, "Verify self-signature on the request"},
			{"subject", flag, "Print the subject of the output request"},
			{"pubkey", flag, "Output public key"},
			{"modulus", flag, "RSA modulus"}})},
		{name: "x509", means: "certificates", digests: true, engine: true, run: x509, options: slices.Concat(keyFiles, x509Shows(), []option{
			{"req", flag, "Input is a CSR file (rather than a certificate)"},
			{"signkey", inFile, "Key used to self-sign certificate"},
			{"key", inFile, "Key used to self-sign certificate"},
			{"CA", inFile, "Use the given CA certificate"},
			{"CAkey", inFile, "The corresponding CA key; default is -CA arg"},
			{"CAserial", inFile, "File that keeps track of CA-generated serial number"},
			{"CAcreateserial", flag, "Create CA serial number file if it does not exist"},
			{"set_serial", text, "Serial number to use"},
			{"days", number, "Number of days until newly generated certificate expires - default 30"},
			{"checkend", number, "Check whether cert expires in the next arg seconds"}})},
		{name: "verify", means: "checks certificates against a CA", params: "[cert...]", run: verify, options: []option{
			{"CAfile", inFile, "A file of trusted certificates"},
			{"trusted", inFile, "A file of trusted certificates"},
			{"untrusted", inFile, "A file of untrusted certificates"},
			{"show_chain", flag, "Display information about the certificate chain"}}},
	}
}

// x509Shows are what x509 prints of a certificate.
func x509Shows() []option {
	var list []option
	for _, row := range certificateFields {
		list = append(list, option{row.option, flag, row.means})
	}
	return append(list, option{"noout", flag, "Do not output the certificate"})
}

// commandNames returns the names of the subcommands.
func commandNames() []string {
	var names []string
	for _, row := range commands() {
		names = append(names, row.name)
	}
	return names
}

// help lists the commands, or shows one's options.
func help(c *call) error {
	if len(c.rest) > 0 {
		w := c.World
		w.Args = []string{c.rest[0], "-help"}
		return dispatch(w)
	}
	fmt.Fprintf(c.Err, "The playground's openssl is a small part of the real one. It has these commands:\n\n")
	for _, row := range commands() {
		fmt.Fprintf(c.Err, "%-18s%s\n", row.name, row.means)
	}
	fmt.Fprintf(c.Err, "\nDigests: %s\nCiphers: %s\n`openssl COMMAND -help` shows the options of one.\n",
		strings.Join(digestNames(), " "), strings.Join(cipherNames(), " "))
	return nil
}

// usageText is what -help prints of a subcommand, in OpenSSL's layout.
func (row subcommand) usageText(w io.Writer) {
	params := row.params
	if params != "" {
		params = " " + params
	}
	fmt.Fprintf(w, "Usage: %s [options]%s\n\nOptions:\n", row.name, params)
	for _, o := range row.allOptions() {
		fmt.Fprintf(w, " %-19s %s\n", strings.TrimSpace("-"+o.name+" "+valueWords[o.kind]), o.means)
	}
	if row.digests {
		fmt.Fprintf(w, " -*                  Any of %s\n", strings.Join(digestNames(), " "))
	}
	if row.ciphers {
		fmt.Fprintf(w, " -*                  Any of %s\n", strings.Join(cipherNames(), " "))
	}
}
