package openssl

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hsmplay/core/voice"
)

func TestVersionSaysThatItIsNotTheRealOne(t *testing.T) {
	out := newMachine(t).good("version")
	require.True(t, strings.HasPrefix(out, "OpenSSL 3.0."), out)
	require.Contains(t, out, "hsmplay")
}

func TestHelp(t *testing.T) {
	m := newMachine(t)
	list := m.run("help")
	require.Equal(t, 0, list.status)
	for _, row := range table.Specs {
		require.Equal(t, !row.Hidden, strings.Contains(list.err, "\n"+row.Name+" "), row.Name)
		r := m.run(row.Name + " -help")
		require.Equal(t, 0, r.status)
		require.True(t, strings.HasPrefix(r.err, "Usage: "+row.Name+" [options]"), r.err)
		for _, p := range row.Params {
			if p.Flag != "" {
				require.Contains(t, r.err, "\n "+p.Flag)
			}
		}
		require.Equal(t, r, m.run("help "+row.Name))
		require.Equal(t, r, m.run(row.Name+" --help"))
	}
}

func TestWhatIsLacking(t *testing.T) {
	m := newMachine(t)
	m.files["k.pem"] = string(rsaPEM)
	m.files["five"] = "12345"
	m.good("genpkey -algorithm ED25519 -out ed.pem")
	m.good("genpkey -algorithm X25519 -out x.pem")
	m.files["locked.pem"] = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n"
	for line, note := range map[string]voice.ID{
		"s_client -connect a:443":                 voice.OpenSSLLacks,
		"pkcs12 -export":                          voice.OpenSSLLacks,
		"x590 -in c":                              voice.OpenSSLUnknown,
		"-foo":                                    voice.OpenSSLLacks,
		"genrsa -aes256 -out k 2048":              voice.OpenSSLShortPhrase,
		"rsa -aes256 -in k.pem -out k":            voice.OpenSSLShortPhrase,
		"pkcs8 -topk8 -in k.pem -out k":           voice.OpenSSLShortPhrase,
		"pkcs8 -topk8 -v2 rc4 -in k.pem -out k":   voice.OpenSSLValue,
		"pkcs8 -in k.pem -out k":                  voice.OpenSSLNotLocked,
		"req -new -newkey rsa:2048 -subj /CN=x":   voice.OpenSSLShortPhrase,
		"req -new -subj /CN=x":                    voice.OpenSSLShortPhrase,
		"enc -aes-256-cbc -in k.pem":              voice.OpenSSLEncPhrase,
		"enc -d -aes-256-cbc -k x -in k.pem":      voice.OpenSSLMagic,
		"enc -aes-256-cbc -k x -md foo -in k.pem": voice.OpenSSLValue,
		"ec -in k.pem -passin pass:x -noout":      voice.OpenSSLOtherType,
		"rsa -in locked.pem":                      voice.OpenSSLEncrypted,
		"genrsa 1024":                             voice.OpenSSLSize,
		"genrsa -3 2048":                          voice.OpenSSLSize,
		"genpkey -algorithm ED448":                voice.OpenSSLValue,
		"dgst -sha256 -sign ed.pem five":          voice.OpenSSLRaw,
		"pkeyutl -sign -inkey ed.pem -in five":    voice.OpenSSLRaw,
		"req -new -key x.pem -subj /CN=x":         voice.OpenSSLAgrees,
		"ecparam -name brainpoolP256r1 -genkey":   voice.OpenSSLCurve,
		"enc -chacha20 -in k.pem":                 voice.OpenSSLOption,
		"x509 -in c -clrext":                      voice.OpenSSLOption,
		"req -new -key k.pem -subj /CN=x -addext tlsfeature=status_request":  voice.OpenSSLValue,
		"req -new -key k.pem -subj /CN=x -addext keyUsage=signing":           voice.OpenSSLValue,
		"req -new -key k.pem -subj CN=x":                                     voice.OpenSSLSubject,
		"dgst -sha256 -engine cloudhsm -sign no m":                           voice.OpenSSLUnfit,
		"req -new -md5 -key k.pem -subj /CN=x":                               voice.OpenSSLDigest,
		"genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:1024":   voice.OpenSSLGroup,
		"enc -id-aes128-wrap -K 00 -iv 00 -in k.pem":                         voice.OpenSSLIV,
		"enc -id-aes128-wrap -K 00 -iv A6A6A6A6A6A6A6A6 -in five":            voice.OpenSSLWrapLength,
		"enc -d -id-aes128-wrap -K 00 -iv A6A6A6A6A6A6A6A6 -in k.pem":        voice.OpenSSLUnwrap,
		"pkeyutl -sign -inkey k.pem -in k.pem -pkeyopt digest:sha256":        voice.OpenSSLNotDigest,
		"pkeyutl -sign -inkey k.pem -in k.pem -pkeyopt rsa_padding_mode:pss": voice.OpenSSLNoDigest,
		"dgst -sigopt rsa_padding_mode:x931 -sign k.pem k.pem":               voice.OpenSSLValue,
		"dgst -sigopt rsa_pss_saltlen:32 -sign k.pem k.pem":                  voice.OpenSSLBefore,
		"dgst -mac HMAC k.pem":                                               voice.OpenSSLValue,
		"rsa -in k.pem -inform DER":                                          voice.OpenSSLUnfit,
		"x509 -in five -inform PEM":                                          voice.OpenSSLUnfit,
		"req -in five":                                                       voice.OpenSSLUnfit,
		"pkcs8 -topk8 -nocrypt -in k.pem -inform DER":                        voice.OpenSSLUnfit,
		"pkeyutl -derive -inkey k.pem -peerkey k.pem":                        voice.OpenSSLOtherType,
		"ec -in k.pem -noout -text -foo":                                     voice.OpenSSLOption,
	} {
		files := len(m.files)
		r := m.run(line)
		require.Equal(t, 1, r.status, line)
		require.Equal(t, []voice.ID{note}, r.notes, "%s: %s", line, r.err)
		require.NotContains(t, r.out, "PRIVATE KEY", line)
		require.Len(t, m.files, files, "%s writes nothing", line)
	}
}

// documented are the lines of the tools' documentation and its migration guides, in an order in
// which they work.
const documented = `
genrsa -out officer1.key 2048
rsa -in officer1.key -outform PEM -pubout -out officer1.pub
dgst -sha256 -sign officer1.key -out officer1.token.sig officer1.token
dgst -sha256 -verify officer1.pub -signature officer1.token.sig officer1.token
pkeyutl -sign -in digest1.bin -inkey officer1.key -pkeyopt digest:sha256
pkeyutl -sign -inkey officer1.key -pkeyopt digest:sha256 -keyform PEM -in digest1.bin -out t.sig
genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:65537 -out priv.pem
pkey -in priv.pem -pubout -out pub.pem
genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out ec.pem
genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:2048 -out dsa.pem
genpkey -paramfile dsa.pem -out dsapriv.pem
rand -out key.bin 32
rand -out k 32
kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt pass:pw -kdfopt salt:salt -kdfopt iter:1000 PBKDF2
enc -e -id-aes256-wrap -K 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f -iv A6A6A6A6A6A6A6A6 -in key.bin -out wrapped.bin
enc -d -id-aes256-wrap -K 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f -iv A6A6A6A6A6A6A6A6 -in wrapped.bin -out out
pkcs8 -topk8 -nocrypt -in priv.pem -outform DER -out k.der
enc -e -id-aes256-wrap-pad -K 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f -iv A65959A6 -in k.der -out wrapped.bin
enc -d -id-aes256-wrap-pad -K 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f -iv A65959A6 -in wrapped.bin -out k.der
pkey -inform DER -in k.der -out pem
pkey -pubin -in pub.pem -text -noout
pkey -in priv.pem -text -noout
pkey -in priv.pem -check -noout
dgst -sha256 -sign priv.pem -out sig officer1.token
dgst -sha256 -verify pub.pem -signature sig officer1.token
errstr b3
help
pkey -pubin -in pub.pem -outform DER
dgst -sha1 officer1.token
enc -aes-256-ecb -nopad -K 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f -in key.bin
pkeyutl -encrypt -pubin -inkey pub.pem -in key.bin -out w.bin -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256
pkeyutl -decrypt -inkey priv.pem -in w.bin -out key.bin -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256
req -engine cloudhsm -new -key rsa.fake -subj /CN=web -out web.csr
x509 -engine cloudhsm -req -days 365 -in web.csr -signkey rsa.fake -out web.crt
x509 -in web.crt -text -noout
genrsa -out customerCA.key 2048
req -new -x509 -days 3652 -key customerCA.key -subj /CN=ca -out customerCA.crt
x509 -req -days 3652 -in web.csr -CA customerCA.crt -CAkey customerCA.key -CAcreateserial -out CustomerHsmCertificate.crt
verify -CAfile customerCA.crt CustomerHsmCertificate.crt
`

func TestDocumentedLines(t *testing.T) {
	m := withCluster(t)
	m.files["officer1.token"] = "token to be signed\n"
	m.files["digest1.bin"] = strings.Repeat("d", 32)
	for line := range strings.Lines(strings.TrimSpace(documented)) {
		m.good(line)
	}
	require.Equal(t, "CustomerHsmCertificate.crt: OK\n", m.good("verify -CAfile customerCA.crt CustomerHsmCertificate.crt"))
	require.Equal(t, m.files["t.sig"], m.good("pkeyutl -sign -in digest1.bin -inkey officer1.key -pkeyopt digest:sha256"))
	require.Len(t, m.files["key.bin"], 32)
}

func TestKnownAnswerOfWrap(t *testing.T) {
	m := newMachine(t)
	m.files["k"] = "\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff"
	out := m.good("enc -id-aes256-wrap -K 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F -iv A6A6A6A6A6A6A6A6 -in k")
	// RFC 3394, 4.3
	require.Equal(t, "\x64\xE8\xC3\xF9\xCE\x0F\x5B\xA2\x63\xE9\x77\x79\x05\x81\x8A\x2A\x93\xC8\x19\x1E\x7D\x6E\x8A\xE7", out)
}

func TestDatesByTheSimulatedClock(t *testing.T) {
	m := newMachine(t)
	m.now = time.Date(2030, 1, 31, 12, 0, 0, 999e6, time.UTC)
	m.files["r.key"] = string(rsaPEM)
	m.good("req -new -x509 -days 10 -key r.key -subj /CN=ca -out ca.crt")
	require.Equal(t, "notBefore=Jan 31 12:00:00 2030 GMT\nnotAfter=Feb 10 12:00:00 2030 GMT\n", m.good("x509 -in ca.crt -noout -dates"))
	require.Equal(t, "ca.crt: OK\n", m.good("verify -CAfile ca.crt ca.crt"))
	m.now = m.now.AddDate(0, 0, 11)
	r := m.run("verify -CAfile ca.crt ca.crt")
	require.Equal(t, result{err: "CN = ca\nerror 10 at 0 depth lookup: certificate has expired\nerror ca.crt: verification failed\n", status: 2}, r)
	m.now = m.now.AddDate(-1, 0, 0)
	r = m.run("verify -CAfile ca.crt ca.crt")
	require.Equal(t, "CN = ca\nerror 9 at 0 depth lookup: certificate is not yet valid\nerror ca.crt: verification failed\n", r.err)
	m.now = time.Date(2049, 12, 31, 0, 0, 0, 0, time.UTC)
	m.good("req -new -x509 -days 1 -key r.key -subj /CN=ca -out ca.crt")
	require.Equal(t, "notAfter=Jan  1 00:00:00 2050 GMT\n", m.good("x509 -in ca.crt -noout -enddate"))
	require.Equal(t, 1, m.run("req -new -x509 -days 2000000000 -key r.key -subj /CN=ca").status)
}

func TestAChainIsFollowed(t *testing.T) {
	m := newMachine(t)
	m.files["r.key"] = string(rsaPEM)
	m.good("ecparam -name prime256v1 -genkey -out e.key")
	m.good("ecparam -name prime256v1 -genkey -out other.key")
	m.good("req -new -x509 -key r.key -subj /CN=ca -out ca.crt")
	m.good("req -new -x509 -key other.key -subj /CN=ca -out other.crt")
	m.good("req -new -key e.key -subj /CN=leaf -out leaf.csr")
	m.good("x509 -req -in leaf.csr -CA ca.crt -CAkey r.key -out leaf.crt")
	require.Equal(t, "leaf.crt: OK\nChain:\ndepth=0: CN = leaf\ndepth=1: CN = ca\n", m.good("verify -show_chain -CAfile ca.crt leaf.crt"))
	require.Equal(t, "CN = leaf\nerror 7 at 0 depth lookup: certificate signature failure\nerror leaf.crt: verification failed\n",
		m.run("verify -CAfile other.crt leaf.crt").err, "a CA of the same name with another key")
	m.good("req -new -key other.key -subj /CN=below -out below.csr")
	m.good("x509 -req -in below.csr -CA leaf.crt -CAkey e.key -out below.crt")
	require.Equal(t, "CN = leaf\nerror 24 at 1 depth lookup: invalid CA certificate\nerror below.crt: verification failed\n",
		m.run("verify -CAfile ca.crt -untrusted leaf.crt below.crt").err, "a leaf issues nothing")
	spoilt := m.files["leaf.csr"]
	m.files["leaf.csr"] = strings.Replace(spoilt, spoilt[100:104], "AAAA", 1)
	require.Equal(t, 1, m.run("x509 -req -in leaf.csr -CA ca.crt -CAkey r.key -out x.crt").status)
	require.NotContains(t, m.files, "x.crt")
}

func TestSerialNumbersAreCounted(t *testing.T) {
	m := newMachine(t)
	m.files["r.key"] = string(rsaPEM)
	m.good("req -new -x509 -key r.key -subj /CN=ca -out ca.crt")
	m.good("req -new -key r.key -subj /CN=x -out x.csr")
	m.files["ca.srl"] = "0F\n"
	m.good("x509 -req -in x.csr -CA ca.crt -CAkey r.key -out x.crt")
	require.Equal(t, "serial=10\n", m.good("x509 -in x.crt -serial -noout"))
	require.Equal(t, "10\n", m.files["ca.srl"])
	for _, bad := range []string{"", "zz", "-1", strings.Repeat("F", 40)} {
		m.files["ca.srl"] = bad
		require.Equal(t, 1, m.run("x509 -req -in x.csr -CA ca.crt -CAkey r.key -out x.crt").status, bad)
	}
}

func TestStandardInput(t *testing.T) {
	m := newMachine(t)
	require.Equal(t, "SHA2-256(stdin)= 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\n", m.pipe("hello", "sha256").out)
	require.Equal(t, "aGVsbG8=\n", m.pipe("hello", "base64").out)
	require.Equal(t, "hello", m.pipe("aGVs\nbG8=\n", "base64 -d").out)
	require.Contains(t, m.pipe(string(rsaPEM), "rsa -pubout").out, "BEGIN PUBLIC KEY")
}

// typed completes a line at its end and returns the words that are offered.
func typed(line string, files ...string) []string {
	names := func(string) []string { return files }
	words := []string{}
	for _, choice := range Complete(names, line, len(line)).Choices {
		words = append(words, choice.Word)
	}
	return words
}

func TestWordsAreCompleted(t *testing.T) {
	require.Equal(t, []string{"rsa"}, typed("rs"))
	require.Equal(t, []string{"-sha1", "-sha224", "-sha256", "-sha384", "-sha512", "-sha512-224", "-sha512-256", "-sha3-224", "-sha3-256", "-sha3-384", "-sha3-512"}, typed("req -sh"))
	require.Equal(t, []string{"-in", "-inform"}, typed("req -in"))
	require.Equal(t, []string{"web.key", `"my key"`}, typed("req -new -key ", "web.key", "my key"))
	require.Equal(t, []string{"web.key"}, typed("req -new -key=w", "web.key"))
	require.Equal(t, []string{"cloudhsm"}, typed("req -engine "))
	require.Contains(t, typed("ecparam -name s"), "secp384r1")
	require.Equal(t, []string{"PEM", "DER"}, typed("rsa -inform "))
	require.Equal(t, []string{"dgst"}, typed("help dg"))
	require.Equal(t, []string{"web.crt"}, typed("verify -CAfile ca.crt w", "web.crt"))
	require.Contains(t, typed("genpkey -pkeyopt rsa_keygen_bits:3072 -pkey"), "-pkeyopt", "it may be given again")
}

func TestWordsAreExplained(t *testing.T) {
	line := "req -new -days 36x -K"
	x := Explain(nil, line, len("req -new -days"))
	require.Equal(t, "certificate signing requests", x.Summary)
	require.Equal(t, "Number of days certificate is valid for", x.Means)
	require.Contains(t, x.Fault, "not a number")
	require.Empty(t, Explain(nil, "req -nod", 8).Fault, "it can become a right one")
	for line, want := range map[string]string{"req --days=3": "-days", "req --days": "-days", "dgst -SHA384": "-SHA384", "dgst -sha256 a b": "file"} {
		x := Explain(nil, line, len(line))
		require.Equal(t, want, x.Slots[x.Current].Word, line)
	}
	for _, slot := range Explain(nil, "enc -K 00112233 -iv 00", 5).Slots {
		require.NotContains(t, slot.Value, "0011", "a key is shown nowhere")
	}
}

func TestWhatWasMeant(t *testing.T) {
	m := newMachine(t)
	for line, want := range map[string]result{
		"req -nodess -new": {err: "req: Unknown option or message digest: nodess\nreq: Use -help for summary.\n", status: 1,
			notes: []voice.ID{voice.OptionNear}},
		"x509 -days x": {err: "x509: Can't parse \"x\" as a number\nx509: Use -help for summary.\n", status: 1},
		"rsa -in":      {err: "rsa: Option -in needs a value\nrsa: Use -help for summary.\n", status: 1},
		"rsa -text=x":  {err: "rsa: Option -text does not take a value\nrsa: Use -help for summary.\n", status: 1},
		"rsa -inform X": {err: "rsa: Bad format \"X\"\nrsa: Invalid format \"X\" for option -inform\nrsa: Use -help for summary.\n",
			status: 1},
		"rand":        {err: "rand: Use -help for summary.\n", status: 1},
		"rand 8 9":    {err: "rand: Use -help for summary.\n", status: 1},
		"rand 0":      {err: "rand: Can't parse \"0\" as a number\nrand: Use -help for summary.\n", status: 1},
		"rsa more":    {err: "rsa: Use -help for summary.\n", status: 1, notes: []voice.ID{voice.OpenSSLOrder}},
		"genrsa 1 2":  {err: "genrsa: Extra option: \"2\"\ngenrsa: Use -help for summary.\n", status: 1},
		"sha265 file": {err: "Invalid command 'sha265'; type \"help\" for a list.\n", status: 1, notes: []voice.ID{voice.OpenSSLUnknown}},
	} {
		require.Equal(t, want, m.run(line), line)
	}
}
