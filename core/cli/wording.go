package cli

import "fmt"

// What the tool says where it refuses. The first group is known word for word, from pages or from
// measurements (spec/cloudhsm-cli.md 1.7).
const (
	disconnected      = "HSM is disconnected"
	severalClusters   = "multiple clusters provided in configuration file. Please specify `cluster-id`"
	noContext         = "Failed to initialize hsm1 context"
	badHostname       = "Config key hostname has invalid value"
	signatureDiffers  = "Signature verification failed"
	keyApproval       = "Quorum Failed"
	approvalMissing   = "Quorum approval is required for this operation"
	quorumTooHigh     = "Invalid quorum value provided."
	quorumTooLow      = "The manage key and use key quorum values must be set to a value greater than 1"
	badApprover       = "Invalid username-signature pair for quorum authorization"
	badApproval       = "InvalidQuorumSignature"
	noApprovals       = "No token signatures provided"
	tokenNotOptional  = "Token key attribute cannot be supplied via optional attributes"
	keyNotEverywhere  = "The selected key is not synchronized throughout the cluster"
	userNotEverywhere = "Specified user is inconsistent across the cluster"
	unknownUser       = "Specified user does not exist"
	notAvailable      = "Cannot perform the requested key operation as the key must be available on at least 2 HSMs.\n" +
		"Either increase the number of HSMs in the cluster, or disable the key availability check."
	activeAlready  = "Cluster has already been activated"
	notMutual      = "Failed to set the mtls enforcement. Current connection must be mtls to set this enforcement."
	notTheAdmin    = "An Admin must be logged in to set policy on an HSM"
	anchorKnown    = "Invalid Certificate: Trust anchor already exists."
	anchorRepaired = "Certificate error received from Hsm. Trust anchor is already installed in Hsm."
	anchorsFull    = "Maximum number of certificates registered."
	anchorTooLong  = "Oversized Certificate: Certificate is too long"
)

// The same where nobody shows it: provisional. Those of the first lines are settled in
// spec/cloudhsm-cli.md 1.7, the others are left open there.
const (
	badCredentials    = "Incorrect authentication credentials"
	notLoggedIn       = "No user is logged in"
	wrongRole         = "This operation is not allowed for the role of the logged in user"
	userExists        = "User already exists"
	passwordsDiffer   = "Passwords do not match"
	badBase64         = "Invalid base64 value"
	unwrapFailed      = "Unwrap failed"
	loggedInAlready   = "A user is already logged in to the cluster"
	factorMissing     = "The user must log in with mfa-token-sign"
	unknownCluster    = "Specified cluster does not exist in the configuration file"
	badEnvironment    = "CLOUDHSM_ROLE must be admin or crypto-user, and CLOUDHSM_PIN must be <username>:<password>"
	noConfig          = "Could not read configuration file " + ConfigFile
	badConfig         = "Configuration file " + ConfigFile + " is invalid"
	tooManyUsers      = "Maximum number of users reached"
	badNameLength     = "Username must be between 1 and 31 characters"
	badPassword       = "Password must be between 8 and 32 characters"
	badPasswordSign   = "Password must consist of printable ASCII characters other than ' ' and ':'"
	userActive        = "The user is logged in"
	userOwnsKeys      = "The user owns keys"
	factorKey         = "The public key differs from the one registered for MFA or quorum authentication"
	badPublicKey      = "Invalid RSA-2048 public key"
	badSignature      = "Invalid signature of the token"
	badTokenFile      = "Invalid token file"
	tokenExists       = "A token of this service already exists"
	tooManyTokens     = "Maximum number of quorum tokens reached"
	noQuorumOnKey     = "The selected key has no quorum values"
	keyNeeded         = "A key must be selected for a token of this service"
	badQuorumValue    = "Quorum value must be between 1 and 8 and must not exceed the number of admins"
	notOwner          = "This operation is only allowed for the owner of the key"
	notDestroyable    = "The selected key is not destroyable"
	notModifiable     = "The selected key is not modifiable"
	notShareable      = "The selected key cannot be shared"
	sharedWithOwner   = "A key cannot be shared with its owner"
	tooFewSharers     = "The key quorum values need the user who would be unshared"
	onlyCryptoUsers   = "A key can only be shared with a crypto user"
	otherKind         = "The selected key has the wrong type or class for this operation"
	notExtractable    = "The selected payload key is not extractable"
	onlyTrusted       = "The selected payload key can only be wrapped with a trusted key"
	mechanismRefused  = "The mechanism is not supported by this HSM"
	tooLongToWrap     = "The selected payload key is too long for this mechanism"
	lengthNotWrapped  = "The length of the selected payload key is not supported by this mechanism"
	badIV             = "The initial value must be 12 bytes long"
	notAKey           = "The data is not a key of the specified type and class"
	keyNotAllowed     = "The key is not supported by this HSM"
	dataTooLong       = "The data is too long"
	badDigest         = "The data does not fit the data type and hash function"
	otherMechanism    = "The mechanism does not fit the type of the selected key"
	sizeRefused       = "The key size or algorithm is not supported by this HSM"
	exponentRefused   = "The public exponent must be odd and at least 65537"
	idTaken           = "A key with this id already exists"
	badLabel          = "Label must be between 1 and 127 characters"
	hsmFull           = "Maximum number of keys reached"
	masksDiffer       = "The mask generation function must use the same hash function"
	badTag            = "The tag length must be a multiple of 8 between 64 and 128 bits"
	badSalt           = "The salt length is not supported"
	badHex            = "Invalid hexadecimal value"
	badStart          = "Invalid starting token"
	badReference      = "Invalid key reference"
	noPublicKey       = "The file does not contain a public key of the specified type"
	notEncodable      = "The encoding is not supported for the selected key"
	mtlsUnknown       = "Mtls is not supported by this HSM"
	anchorBad         = "Invalid Certificate: Trust anchor must be a PEM certificate with a supported key"
	anchorUnknown     = "Specified certificate reference does not exist"
	anchorNeeded      = "The trust anchor is needed while mtls enforcement is enabled"
	sameCluster       = "Source and destination must be different clusters"
	notClones         = "Source and destination must be clones of each other"
	sessionStays      = "A session key cannot be replicated"
	otherModel        = "Users cannot be replicated from hsm2m.medium to hsm1.medium"
	strangers         = "The owner and the users of the key must exist in the destination cluster"
	refusedOtherwise  = "The HSM refused the operation"
	tooManySessions   = "Maximum number of sessions reached"
	notOffered        = "The key type or algorithm is not supported by this HSM type and mode"
	templateDiffers   = "The template of the wrapping key does not allow this operation"
	weakHash          = "The hash function is weaker than the key and not allowed in FIPS mode"
	attributeReadOnly = "The attribute cannot be set"
)

// matched words how many keys a selection has met (spec/cloudhsm-cli.md 1.7).
func matched(n int) string {
	return fmt.Sprintf("Key selection criteria matched %d keys. Refine selection criteria to select a single key.", n)
}

// tooFew words a token with fewer approvals than are needed.
func tooFew(have, need int) string {
	return fmt.Sprintf("Too few quorum approvals: currently %d approvals, but %d approvals required", have, need)
}

// notSet words a value that an attribute cannot have.
func notSet(name, value string) string {
	return fmt.Sprintf("Attribute %s cannot be set to the value %s by the user for this operation", name, value)
}

// missingFile words a file of the configuration that is not there; the second member is known word
// for word.
func missingFile(member, path string) string {
	return "Could not read configuration-referenced file " + member + " at location " + path + ": No such file or directory"
}

// weakDigest and keyUnavailable stand in the log only (spec/cloudhsm-cli.md 1.7).
const weakDigest = "Digest security strength (80) is weaker than the key security strength (128)"

func keyUnavailable(handle uint32) string {
	return fmt.Sprintf("Key %d does not meet the availability requirements - The key must be available on at least 2 HSMs before being used.", handle)
}

// replicateFailed words a replication that some HSMs of the destination have refused.
func replicateFailed(what string, failed, of int) string {
	return fmt.Sprintf("%s replicate failed on %d of %d connections", what, failed, of)
}

// unreadable words a file that cannot be read, unwritable one that cannot be written.
func unreadable(path string) string { return "Unable to read file " + path }
func unwritable(path string) string { return "Unable to write file " + path }

// The words of lists and filters; provisional.
func badTerm(term string) string       { return "Invalid filter " + term }
func badAttribute(name string) string  { return "Invalid attribute " + name }
func badSetting(setting string) string { return "Invalid key attribute " + setting }
func twice(name string) string         { return "Attribute " + name + " is given more than once" }
func badCharacter(c string) string     { return "Invalid character '" + c + "' in username" }
func attributeOff(name string) string {
	return "Attribute " + name + " of the selected key does not allow this operation"
}
