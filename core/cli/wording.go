package cli

// What the tool says where it refuses (spec/cloudhsm-cli.md 1.7): known word for word.
const (
	disconnected    = "HSM is disconnected"
	severalClusters = "multiple clusters provided in configuration file. Please specify `cluster-id`"
)

// The same where no page shows it: provisional.
const (
	badCredentials = "Incorrect authentication credentials"
	notLoggedIn    = "No user is logged in"
	wrongRole      = "This operation is not allowed for the role of the logged in user"
	loggedInHere   = "A user is already logged in"
	unknownCluster = "Specified cluster does not exist in the configuration file"
	badEnvironment = "CLOUDHSM_ROLE must be admin or crypto-user and CLOUDHSM_PIN must be <username>:<password>"
)
