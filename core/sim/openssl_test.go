package sim_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/sim"
	"hsmplay/core/voice"
)

// The flow of spec/kmu.md 3.44, TLS offload, with an EC key and the subject on the line.
func TestACertificateIsSignedInsideTheCluster(t *testing.T) {
	w := sim.New(sim.Options{Wall: 1_800_000_000_000})
	terminal := w.Open("", 80).Terminal
	var last sim.Turn
	for _, line := range []string{
		"key_mgmt_util", "loginHSM -u CU -s example_user -p aws", "genECCKeyPair -i 2 -l tls", "getCaviumPrivKey -k 7 -out web.key", "exit",
		"export n3fips_password=example_user:aws",
		"openssl req -engine cloudhsm -new -key web.key -subj /CN=www.example.com -out web.csr",
		"openssl x509 -engine cloudhsm -req -days 365 -in web.csr -signkey web.key -out web.crt 2>/dev/null",
		"openssl verify -CAfile web.crt web.crt && openssl x509 -in web.crt -noout -subject -dates",
	} {
		last = w.Type(terminal, line)
		require.Equal(t, sim.Ready, last.State, line)
	}
	require.Equal(t, "web.crt: OK\nsubject=CN = www.example.com\n"+
		"notBefore=Jan 15 08:00:00 2027 GMT\nnotAfter=Jan 15 08:00:00 2028 GMT\n", last.Text)
}

// openssl reads pipes, answers and here-documents as any program does.
func TestOpensslInPipes(t *testing.T) {
	w := sim.New(sim.Options{})
	terminal := w.Open("", 80).Terminal
	for _, c := range []struct{ line, want string }{
		{"openssl rand -hex 16 | wc -c", "33\n"},
		{"echo -n abc | openssl dgst -sha1", "SHA1(stdin)= a9993e364706816aba3e25717850c26c9cd0d89d\n"},
		{"openssl ecparam -name secp384r1 -genkey -noout | openssl ec -pubout 2>/dev/null | head -1", "-----BEGIN PUBLIC KEY-----\n"},
		{"printf abc > f; for i in 1 2; do openssl sha256 -r f | cut -c 1-8; done", "ba7816bf\nba7816bf\n"},
		{"openssl s_client 2>/dev/null; echo $?", "1\n"},
	} {
		require.Equal(t, c.want, w.Type(terminal, c.line).Text, c.line)
	}
}

// A corrected line has no pass phrase, neither the one typed nor an empty one: it is asked for. A variable or
// a file that has one stays.
func TestNoOfferOfOpensslHasAPassPhrase(t *testing.T) {
	w := sim.New(sim.Options{})
	terminal := w.Open("", 80).Terminal
	w.Type(terminal, "export P=s3cret; echo hi > m; openssl ecparam -name prime256v1 -genkey -noout -out k")
	for line, want := range map[string]string{
		"openssl enc -aes-256-cbcc -pbkdf2 -in m -out c -pass pass:s3cret": "openssl enc -in m -out c -pbkdf2 -aes-256-cbc",
		"openssl enc -aes-256-cbc -pbkdf2 -in m -uot c -pas pass:s3cret":   "openssl enc -in m -out c -pbkdf2 -aes-256-cbc",
		"openssl enc -aes-256-cbc -pbkdf2 -in m -uot c -pass pas:s3cret":   "openssl enc -in m -out c -pbkdf2 -aes-256-cbc",
		"openssl enc -aes-256-cbc -pbkdf2 -in m -uot c -pass s3cret":       "openssl enc -in m -out c -pbkdf2 -aes-256-cbc",
		"openssl ec -in k -aes256 -passout pass:s3cret -uot l":             "openssl ec -in k -out l -aes256",
		"openssl enc -aes-256-cbcc -pbkdf2 -in m -out c -pass env:P":       "openssl enc -in m -out c -pass env:P -pbkdf2 -aes-256-cbc",
	} {
		turn := w.Type(terminal, line)
		require.Len(t, turn.Notes, 1, line)
		require.Equal(t, []string{want}, voice.Offers(turn.Notes[0].Parts), line)
	}
}

// The words of openssl are completed and explained at bash's prompt, also in a pipe and between
// quotes.
func TestOpensslIsTyped(t *testing.T) {
	w := sim.New(sim.Options{})
	terminal := w.Open("", 80).Terminal
	w.Type(terminal, "mkdir keys; echo x > keys/web.key; cd keys")
	for _, c := range []struct{ line, replaced, first string }{
		{"openssl re^", "re", "req"},
		{"openssl req -new -key w^", "w", "web.key"},
		{"openssl req -new -key=^", "", "web.key"},
		{"openssl req -new -key ~/ke^", "~/ke", "~/keys/"},
		{"openssl req -new -key ~/keys/w^", "~/keys/w", "~/keys/web.key"},
		{"openssl req -new -key 'w^", "'w", "web.key"},
		{"cat web.key | openssl pk^ey", "pkey", "pkey"},
		{"openssl rsa -in w^ | openssl ec", "w", "web.key"},
		{`openssl req -subj "/CN=a b" -nod^`, "-nod", "-nodes"},
		{`echo "a|b"; openssl req -engine ^`, "", "cloudhsm"},
		{"openssl rsa -in a > w^", "w", "web.key"},
		{"openssl rsa -in $x w^", "w", "web.key"},
		{"hsm sto^", "sto", "stop"},
		{"sudo openssl ra^", "ra", "rand"},
		{"/usr/bin/openssl ra^", "ra", "rand"},
		{"sudo /opt/cloudhsm/bin/configure -a 10.0.2^", "10.0.2", "10.0.2.11"},
		{"configure -^", "-", "-a"},
	} {
		before, after, _ := strings.Cut(c.line, "^")
		line, at := before+after, len(before)
		offers := w.Complete(terminal, line, at)
		require.Equal(t, c.replaced, line[offers.From:offers.To], c.line)
		require.NotEmpty(t, offers.Choices, c.line)
		require.Equal(t, c.first, offers.Choices[0].Word, c.line)
	}
	line := "echo; openssl "
	require.Contains(t, w.Explain(terminal, line, len(line)).Means, "keys, signatures and certificates")
	line = "echo; openssl req -days 3"
	x := w.Explain(terminal, line, len(line))
	require.Equal(t, "certificate signing requests", x.Summary)
	require.Equal(t, "-days", x.Slots[x.Current].Word)
	require.Empty(t, x.Fault)
}
