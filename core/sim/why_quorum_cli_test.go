package sim

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/internal/slips"
)

const (
	// cliQuorumKey is a pair of which the private key asks for two approvals, of its owner and user4.
	cliQuorumKey = "key generate-asymmetric-pair ec --curve secp384r1 --public-label pub --private-label two --public-attributes verify=true " +
		"--private-attributes sign=true --share-crypto-users user4 --manage-private-key-quorum-value 2 --use-private-key-quorum-value 2"
	cliWrapper = "key generate-symmetric aes --label wrapper --key-length-bytes 32 --attributes wrap=true"
	cliToken   = "quorum token-sign generate --service key-usage --filter attr.label=two --token other.json"
	cliSign    = "crypto sign ecdsa --key-filter attr.label=two --hash-function sha384 --data YWJj"
)

// cliSigned adds a user's signature to a token's file in bash.
func cliSigned(user, file string) []slips.Step {
	return at(inBash, `jq -r .token `+file+` | base64 -d > t && openssl pkeyutl -sign -inkey `+user+`.key -pkeyopt digest:sha256 -in t -out s && `+
		`jq --arg s "$(base64 -w0 s)" '.signatures += [{username:"`+user+`",role:"crypto-user",signature:$s}]' `+file+` > new && mv new `+file)
}

// bothRegistered has the two of cliQuorumKey registered their keys, and the owner at CloudHSM CLI.
func bothRegistered(lines ...string) []slips.Step {
	return joined(at(inCMU, toCMU), registered("example_user", inCMU), registered("user4", inCMU), at(inCMU, "quit"), cliAs(cliUser, lines...))
}

// A line of CloudHSM CLI that lacks approvals is led to them: through a token, keys, signatures and
// the file that is presented with it, for the use of a key, for its management and for officers'
// services; what of it is there already is not made again.
func TestApprovalsOfCloudHSMCLIAreCollected(t *testing.T) {
	officers := cliAs(cliOfficer, "user create --username admin2 --role admin --password password1", "quorum token-sign set-quorum-value --service user --value 2")
	for _, row := range []struct {
		name  string
		steps []slips.Step
		line  string
		lines int    // of the repair
		ends  string // its last line
	}{
		{"use", cliAs(cliUser, cliQuorumKey), cliSign, 14, cliSign + " --approval use.json"},
		{"management", cliAs(cliUser, cliQuorumKey), "key share --filter key-reference=0x7 --username user5 --role crypto-user",
			14, "key share --filter key-reference=0x7 --username user5 --role crypto-user --approval use.json"},
		{"a key that is wrapped", cliAs(cliUser, cliQuorumKey, cliWrapper), "key wrap aes-zero-pad --payload-filter attr.label=two --wrapping-filter attr.label=wrapper --path w",
			14, "key wrap aes-zero-pad --payload-filter attr.label=two --wrapping-filter attr.label=wrapper --path w --payload-approval use.json"},
		{"keys that are registered", bothRegistered(cliQuorumKey), cliSign, 4, cliSign + " --approval use.json"},
		{"a token that all have signed", joined(bothRegistered(cliQuorumKey, cliToken), cliSigned("example_user", "other.json"), cliSigned("user4", "other.json")), cliSign,
			1, cliSign + " --approval other.json"},
		{"a token that one has signed", joined(bothRegistered(cliQuorumKey, cliToken), cliSigned("user4", "other.json")), cliSign + " --approval other.json",
			4, cliSign + " --approval use.json"},
		{"officers", officers, "user create --username alice --role crypto-user --password password1", 14, "user create --username alice --role crypto-user --approval use.json"},
		{"officers who delete", officers, "user delete --username user6 --role crypto-user", 14, "user delete --username user6 --role crypto-user --approval use.json"},
	} {
		t.Run(row.name, func(t *testing.T) {
			v := visit(t, setting{steps: row.steps})
			defer v.world.Shut()
			before := v.world.Save()
			why := v.world.Why(v.tabs[inCMU], row.line)
			require.Equal(t, before, v.world.Save())
			require.NotEmpty(t, why.Repairs)
			v.repaired(v.tabs[inCMU], row.line, why.Repairs[0])
			lines := stepsOf(why.Repairs[0])
			require.Len(t, lines, row.lines, "%q", lines)
			require.Equal(t, row.ends, lines[len(lines)-1])
		})
	}
}
