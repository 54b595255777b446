//go:build !js

package openssl

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/stretchr/testify/require"
)

// issueConfig has what scripts write into the files of req -config and x509 -extfile.
const issueConfig = `# a comment
[ req ]
default_bits = 2048
prompt = no
default_md = sha384
distinguished_name = dn
req_extensions = wish
x509_extensions = root # and another
[dn]
C = US
0.OU = first
1.OU = second
O = Example, \
Inc
CN = name
emailAddress = a@b
[wish]
subjectAltName = @names
[root]
basicConstraints = critical, CA:TRUE, pathlen:1
[names]
DNS.1 = a.b
DNS.2 = *.c.d
IP.1 = 10.0.0.1
IP.2 = ::1
URI = http://a/b?c=d,e
email = x@y
RID.1 = 1.2.3
dirName = dn
[leaf]
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth,clientAuth
authorityKeyIdentifier = keyid,issuer
nsComment = "made here"
[always]
authorityKeyIdentifier=keyid:always,issuer:always
[only]
authorityKeyIdentifier=keyid
[none]
subjectKeyIdentifier=none
authorityKeyIdentifier=none
keyUsage=cRLSign
[usages]
a=digitalSignature
cRLSign=yes
[ekus]
1=codeSigning
2=1.2.3.4
[bysection]
keyUsage=@usages
extendedKeyUsage=@ekus
[raw]
1.2.3.4=critical,DER:04:02:01:02
1.2.3.5=ASN1:SEQUENCE:names2
keyUsage=DER:03020780
[names2]
a=UTF8:b
[twice]
keyUsage=cRLSign
keyUsage=keyCertSign
[bad]
foo=bar
[badvalue]
keyUsage=signing
[badsection]
subjectAltName=@nowhere
[emptysection]
subjectAltName=@empty
[empty]
`

// askConfig asks for what it wants.
const askConfig = `[req]
distinguished_name=dn
attributes=more
[dn]
countryName=Land
countryName_default=DE
countryName_min=2
countryName_max=2
0.organizationName=House
0.organizationName_default=Mine
commonName=Name
commonName_max=8
nothing=Never
[more]
challengePassword=Word
challengePassword_min=4
`

// lineOf splits a line at its blanks; a tilde stands for a blank in a word.
func lineOf(line string) []string {
	words := strings.Fields(line)
	for i := range words {
		words[i] = strings.ReplaceAll(words[i], "~", " ")
	}
	return words
}

// timeless is the text of a certificate without its times and without the signature over them.
func timeless(text string) string {
	var kept []string
	for line := range strings.Lines(text) {
		if strings.Contains(line, "Signature Value") {
			break
		}
		if !strings.Contains(line, "Not Before") && !strings.Contains(line, "Not After") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// issuing is a machine with what certificates are made of.
func issuing(t *testing.T) *machine {
	m := seeded(t)
	m.files["i.cnf"], m.files["ask.cnf"] = issueConfig, askConfig
	m.files["v.cnf"] = "extensions=v\nbasicConstraints=CA:FALSE\n[v]\nkeyUsage=cRLSign\n"
	m.files["plain.cnf"] = "basicConstraints=CA:FALSE\nsubjectAltName=DNS:a\n"
	m.files["noreq.cnf"], m.files["nothing.cnf"] = "[x]\na=b\n", ""
	m.files["nodn.cnf"] = "[req]\nprompt=no\ndistinguished_name=gone\n"
	m.files["emptydn.cnf"] = "[req]\nprompt=no\ndistinguished_name=dn\nattributes=gone\n[dn]\nCN=x\n"
	m.files["goneask.cnf"] = "[req]\ndistinguished_name=gone\n"
	m.files["wrongdn.cnf"] = "[req]\nprompt=no\ndistinguished_name=dn\n[dn]\nC=USA\n"
	m.files["unlocked.cnf"] = "[req]\nencrypt_key=no\nprompt=no\ndefault_keyfile=new.key\ndistinguished_name=dn\n[dn]\nCN=x\n"
	m.files["bracket.cnf"], m.files["blank.cnf"], m.files["equal.cnf"] = "a=b\n[x\n", "\n# c\na b=c\n", "a=b\\\nc\nfoo\n"
	m.realGood("x509 -req -in e.csr -signkey r.key -out old.crt") // without a key identifier
	m.realGood("req -new -key e.key -subj /CN=x -addext subjectAltName=DNS:a,IP:1.2.3.4 -addext keyUsage=critical,cRLSign -out wish.csr")
	return m
}

func TestExtensionsAsTheRealOneMakesThem(t *testing.T) {
	m := issuing(t)
	var lines []string
	for _, head := range []string{"req -new -key r.key -subj /CN=x/emailAddress=a@b -text", "req -x509 -key r.key -subj /CN=x/emailAddress=a@b -set_serial 77 -text -noout"} {
		for _, added := range []string{
			"subjectAltName=DNS:a", "subjectAltName=DNS:a.b,IP:1.2.3.4,IP:fe80::1,email:x@y,URI:http://a:80/b,RID:1.2.3", "subjectAltName=critical,DNS:a", "subjectAltName=critical,~DNS:a",
			"subjectAltName=~DNS:~a~b~,~DNS:c", "subjectAltName=email:copy,DNS:b", "subjectAltName=DNS.1:a,DNS.2:b", "subjectAltName=IP:::1", "subjectAltName=IP:::ffff:1.2.3.4", "~subjectAltName~=~DNS:a",
			"basicConstraints=CA:TRUE", "basicConstraints=critical,CA:FALSE", "basicConstraints=CA:yes,pathlen:0", "basicConstraints=pathlen:0x10", "basicConstraints=critical,CA:true,pathlen:300",
			"keyUsage=digitalSignature", "keyUsage=critical,keyCertSign,cRLSign", "keyUsage=decipherOnly,keyAgreement", "keyUsage=Digital~Signature", "keyUsage=digitalSignature:x",
			"extendedKeyUsage=serverAuth,clientAuth", "extendedKeyUsage=critical,1.2.3,OCSPSigning", "extendedKeyUsage=TLS~Web~Server~Authentication",
			"subjectKeyIdentifier=hash", "subjectKeyIdentifier=01:02:aB", "subjectKeyIdentifier=none", "subjectKeyIdentifier=0102 -addext authorityKeyIdentifier=keyid:always", "subjectKeyIdentifier=010203 -addext authorityKeyIdentifier=keyid:always", "subjectKeyIdentifier=none -addext authorityKeyIdentifier=keyid:always,issuer",
			"authorityKeyIdentifier=keyid", "authorityKeyIdentifier=keyid:always", "authorityKeyIdentifier=keyid,issuer", "authorityKeyIdentifier=issuer:always,keyid:always", "authorityKeyIdentifier=none", "authorityKeyIdentifier=keyid:never",
			"nsComment=hello~you", "1.2.3.4=DER:0500", "1.2.3.4=critical,ASN1:UTF8:x", "keyUsage=critical,DER:03020780", "keyUsage=cRLSign -addext subjectAltName=DNS:a -addext extendedKeyUsage=serverAuth",

			"foo=bar", "foo", "=x", "foo~bar", "subjectAltName=", "subjectAltName=DNS", "subjectAltName=DNS:", "subjectAltName=FOO:x", "subjectAltName=dns:a", "subjectAltName=IP:1.2.3", "subjectAltName=IP:1.2.3.256", "subjectAltName=IP:1.2.3.4/24",
			"subjectAltName=IP:fe80::1::2", "subjectAltName=IP:1:2:3:4:5:6:7", "subjectAltName=IP:1:2:3:4:5:6:7:8", "subjectAltName=IP:12345::", "subjectAltName=IP:a::", "subjectAltName=IP:::", "subjectAltName=IP:1.2.3.4::", "subjectAltName=IP:g::1", "subjectAltName=IP:1.2.3.4.5", "subjectAltName=,DNS:a", "subjectAltName=DNS:a,,DNS:b", "subjectAltName=DNS:a,", "subjectAltName=critical", "subjectAltName=@foo", "subjectAltName=RID:x",
			"basicConstraints=CA", "basicConstraints=CA:maybe", "basicConstraints=pathlen:x", "basicConstraints=critical", "basicConstraints=critical,", "basicConstraints=foo:1",
			"keyUsage=foo", "keyUsage=critical~,digitalSignature", "keyUsage=", "extendedKeyUsage=foo", "extendedKeyUsage=", "subjectKeyIdentifier=foo", "subjectKeyIdentifier=", "authorityKeyIdentifier=foo", "authorityKeyIdentifier=none,keyid",
			"keyUsage=cRLSign -addext keyUsage=cRLSign", "keyUsage=cRLSign -addext ~keyUsage~=digitalSignature", "1.2.3.4=DER:0", "1.2.3.4=ASN1:FOO:x", "foo=DER:0500",
		} {
			lines = append(lines, head+" -addext "+added)
		}
		for _, section := range []string{"wish", "root", "leaf", "always", "only", "none", "bysection", "raw", "twice", "bad", "badvalue", "badsection", "emptysection", "empty", "nowhere"} {
			lines = append(lines, head+" -config i.cnf -reqexts "+section, head+" -config i.cnf -extensions "+section)
		}
		lines = append(lines, head+" -config i.cnf", head+" -config i.cnf -addext keyUsage=cRLSign", head+" -reqexts v3_req", head+" -extensions v3_req", head+" -extensions usr_cert", head+" -config nofile",
			head+" -config noreq.cnf", head+" -config nothing.cnf", head+" -config i.cnf -reqexts bad -addext foo=bar", head+" -config i.cnf -extensions bad -addext foo=bar", head+" -config ca.crt", head+" -config bracket.cnf", head+" -config blank.cnf", head+" -config equal.cnf")
	}
	for _, signer := range []string{"-signkey r.key", "-CA ca.crt -CAkey r.key", "-CA old.crt -CAkey r.key"} {
		head := "x509 -req -set_serial 77 -text -noout " + signer
		for _, section := range []string{"wish", "root", "leaf", "always", "only", "none", "bysection", "raw", "twice", "bad", "badvalue", "badsection", "emptysection", "empty", "nowhere"} {
			lines = append(lines, head+" -in e.csr -extfile i.cnf -extensions "+section)
		}
		lines = append(lines, head+" -in e.csr -extfile v.cnf", head+" -in e.csr -extfile plain.cnf", head+" -in e.csr -extfile nothing.cnf", head+" -in e.csr -extensions v3_ca", head+" -in e.csr -extfile ca.crt",
			head+" -in e.csr -extfile bracket.cnf", head+" -in e.csr -extfile blank.cnf", head+" -in e.csr -extfile nofile", head+" -in wish.csr", head+" -in wish.csr -copy_extensions copy", head+" -in wish.csr -copy_extensions copyall",
			head+" -in wish.csr -copy_extensions none", head+" -in wish.csr -copy_extensions foo", head+" -in wish.csr -copy_extensions copy -ext keyUsage", head+" -in wish.csr -copy_extensions copy -extfile i.cnf -extensions wish",
			head+" -in wish.csr -copy_extensions copy -extfile i.cnf -extensions leaf", head+" -in asked.csr -copy_extensions copy")
	}
	for _, in := range []string{"wish.csr", "asked.csr"} {
		head := "req -x509 -set_serial 77 -text -noout -key r.key -in " + in
		lines = append(lines, head, head+" -copy_extensions copy", head+" -copy_extensions none", head+" -copy_extensions foo", head+" -subj /CN=other", head+" -verify",
			head+" -addext subjectAltName=DNS:other -copy_extensions copyall", head+" -addext extendedKeyUsage=serverAuth -copy_extensions copyall", head+" -addext nsComment=x", head+" -addext foo=bar", head+" -config i.cnf -extensions leaf -copy_extensions copy",
			head+" -days 3 -subject -pubkey", head+" -config nofile", head+" -subj foo", "req -x509 -text -noout -in "+in, "req -new -key e.key -subj /CN=y -text -noout -x509 -set_serial 77 -copy_extensions copy")
	}
	lines = append(lines, "req -x509 -key r.key -in nofile", "req -x509 -key r.key -in r.key", "req -x509 -key nofile -in e.csr")
	for _, names := range []string{"subjectAltName", "keyUsage,subjectAltName", "foo", "issuerAltName", "keyUsage -ext subjectAltName", "keyUsage,keyUsage", ",", "xkeyUsagex", "keyUsage -text", "keyUsage -subject"} {
		lines = append(lines, "x509 -in ext.crt -noout -ext "+names, "x509 -in ext.crt -noout -subject -ext "+names)
	}
	lines = append(lines, "x509 -in old.crt -noout -ext keyUsage", "x509 -in ext.crt -ext keyUsage", "req -in e.csr -noout -addext foo=bar", "req -in e.csr -noout -config nofile", "req -in e.csr -noout -addext keyUsage=cRLSign",
		"req -new -key r.key -config i.cnf", "req -x509 -key r.key -config i.cnf -set_serial 77 -text -noout", "req -new -key r.key -config nodn.cnf", "req -new -key r.key -config wrongdn.cnf", "req -new -key r.key -config noreq.cnf", "req -new -key r.key -config goneask.cnf", "req -new -key r.key -config emptydn.cnf", "req -new -key r.key -config emptydn.cnf -subj /CN=x", "req -new -key r.key -config goneask.cnf -subj /CN=x",
		"asn1parse -genconf ca.crt", "asn1parse -genconf equal.cnf")
	for _, line := range lines {
		t.Run(line, func(t *testing.T) {
			files := maps.Clone(m.files)
			ours := m.runArgs("", lineOf(line)...)
			m.files = files
			theirs := m.real("", lineOf(line)...)
			if strings.HasPrefix(line, "x509") || strings.Contains(line, "-x509") {
				theirs.out, ours.out = timeless(theirs.out), timeless(ours.out)
			}
			assert.Equal(t, theirs.out, ours.out)
			assert.Equal(t, theirs.status, ours.status, ours.err)
			assert.Equal(t, firstLines(theirs.err), ours.err)
		})
	}
}

func TestAConfigurationAsksAsTheRealOnes(t *testing.T) {
	m := issuing(t)
	for _, in := range []string{"\n\nname\nword\n", "US\nO\n.\n\n", "USA\nUS\n\nlongerthan8\nshort\nabc\nabcd\n"} {
		line := "req -new -key r.key -config ask.cnf -text"
		ours := m.pipe(in, line)
		theirs := m.real(in, strings.Fields(line)...)
		assert.Equal(t, theirs.out, ours.out, "%q", in)
		assert.Equal(t, firstLines(theirs.err), ours.err, "%q", in)
	}
}

func TestAConfigurationSaysHowTheNewKeyIsKept(t *testing.T) {
	m := issuing(t)
	m.good("req -new -config unlocked.cnf -out x.csr")
	assert.Contains(t, m.files["new.key"], "BEGIN PRIVATE KEY")
	assert.Equal(t, "subject=CN = x\n", m.good("req -in x.csr -noout -subject"))
}

// Variables and files in files, as the real one reads them.
func TestConfigurationsTakeInVariablesAndFiles(t *testing.T) {
	needReal(t)
	m := newMachine(t)
	m.files["k.pem"] = string(rsaPEM)
	m.files["dn.cnf"] = "[dn]\nCN=included $there\n"
	m.files["self.cnf"] = "a=1\n"
	head := "[req]\ndistinguished_name=dn\nprompt=no\n"
	for _, text := range []string{
		"dir = example\nHOST = www.$dir\n" + head + "x = one\n[dn]\nO = ${dir} org\nCN = $(HOST).com\nOU = $req::x-\\$x-${req::x}\n",
		"dir = $nope\n" + head + "[dn]\nCN=a\n", head + "[dn]\nCN=a$b::c\n", head + "[dn]\nCN=a${x\n", head + "[dn]\nCN=a$\n", head + "[dn]\nCN=$ENV::NOBODY_SETS_IT\n",
		"there=x\n.include dn.cnf\n" + head, "there=x\n.include = dn.cnf\n" + head, "f=dn\nthere=y\n.include $f.cnf\n" + head, ".include nofile\n" + head + "[dn]\nCN=a\n",
		".include dn.cnf\n" + head, ".include self.cnf\n" + head + "[dn]\nCN=a$a\n", ".pragma = dollarid:on\n" + head + "x=y\n[dn]\nCN=a$x$(req::x)\n",
		"x=1\nx=2\n" + head + "[dn]\nCN=$x\n", "x=0123456789abcdef\n" + strings.Repeat("x=$x$x\n", 20) + head + "[dn]\nCN=a\n",
	} {
		m.files["c.cnf"] = text
		line := "req -new -key k.pem -config c.cnf -noout -subject"
		ours, theirs := m.run(line), m.real("", strings.Fields(line)...)
		require.Equal(t, theirs.out, ours.out, text)
		require.Equal(t, firstLines(theirs.err), ours.err, text)
		require.Equal(t, theirs.status, ours.status, text)
	}
	m.files["loop.cnf"] = ".include loop.cnf\n"
	require.Equal(t, 1, m.run("req -new -key k.pem -config loop.cnf -noout").status, "files that take themselves in have an end")
}
