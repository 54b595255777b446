//go:build !js

package openssl

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheRealOneOpensWhatIsLockedHereAndTheOtherWayRound(t *testing.T) {
	needReal(t)
	for _, line := range lockings {
		t.Run(line, func(t *testing.T) {
			m := newMachine(t)
			m.good("ecparam -name secp384r1 -genkey -noout -out plain.key")
			m.good(line)
			require.Equal(t, m.files["plain.key"], m.realGood("ec -in locked.key -passin pass:secret"))
			m.realGood(line)
			require.Equal(t, m.files["plain.key"], m.good("ec -in locked.key -passin pass:secret"))
		})
	}
}

func TestTheRealOneOpensNewLockedKeys(t *testing.T) {
	needReal(t)
	m := newMachine(t)
	for _, line := range []string{
		"genrsa -aes256 -passout pass:secret -out new.key 2048", "genrsa -des3 -traditional -passout pass:secret -out new.key 2048",
		"genpkey -algorithm RSA -aes-256-cbc -pass pass:secret -out new.key",
		"genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit -aes128 -pass pass:secret -out new.key",
		"req -new -newkey rsa:2048 -keyout new.key -passout pass:secret -subj /CN=x -out new.csr",
	} {
		m.good(line)
		require.Contains(t, m.files["new.key"], "ENCRYPTED", line)
		require.Equal(t, m.realGood("pkey -in new.key -passin pass:secret"), m.good("pkey -in new.key -passin pass:secret"), line)
	}
	m.files["m"] = "a message\n"
	for _, way := range []string{"-aes-256-cbc -pbkdf2 -k x", "-aes-128-cbc -k x -md md5", "-aes-192-ecb -iter 5 -k x", "-aes-256-cbc -pass pass:y -iv 00112233445566778899aabbccddeeff"} {
		m.good("enc -e " + way + " -in m -out ours")
		require.Equal(t, "a message\n", m.realGood("enc -d "+way+" -in ours"), way)
		m.realGood("enc -e " + way + " -in m -out theirs")
		require.Equal(t, "a message\n", m.good("enc -d "+way+" -in theirs"), way)
	}
}

func TestTheRealOneTakesTheNumbersOfCurves(t *testing.T) {
	needReal(t)
	m := newMachine(t)
	for _, curve := range curveNames() {
		m.good("ecparam -name " + curve + " -genkey -noout -param_enc explicit -out numbers.key")
		require.Equal(t, m.realGood("ec -in numbers.key -param_enc named_curve"), m.good("ec -in numbers.key -param_enc named_curve"))
		require.Equal(t, m.realGood("ec -in numbers.key -text"), m.good("ec -in numbers.key -text"))
		m.realGood("ecparam -name " + curve + " -genkey -noout -param_enc explicit -conv_form compressed -out numbers.key")
		require.Equal(t, m.realGood("ec -in numbers.key -param_enc named_curve -conv_form uncompressed"), m.good("ec -in numbers.key -param_enc named_curve"))
	}
}
