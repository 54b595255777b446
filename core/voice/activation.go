package voice

// The notes of core/sim and the tools about a cluster that is not active yet, and about the time
// just after.
const (
	NextStep               ID = "activation.next-step"
	WaitsForSignature      ID = "activation.waits-for-signature"
	OneUntilActive         ID = "activation.one-until-active"
	NotActive              ID = "activation.not-active"
	NoCertificate          ID = "activation.no-certificate"
	InitializedOnce        ID = "activation.initialized-once"
	InitializeUnreached    ID = "activation.initialize-unreached"
	CertificateOtherKey    ID = "activation.certificate-other-key"
	CertificateOtherIssuer ID = "activation.certificate-other-issuer"
	AnchorKey              ID = "activation.anchor-key"
	AnchorConstraints      ID = "activation.anchor-constraints"
	AnchorNotSelf          ID = "activation.anchor-not-self"
	AnchorNotInPlace       ID = "activation.anchor-not-in-place"
	NotActiveYet           ID = "activation.not-active-yet"
	NoCryptoUsers          ID = "activation.no-crypto-users"
	LogInAs                ID = "activation.log-in-as"
	UnknownHere            ID = "activation.unknown-here"
	NotInitialized         ID = "activation.not-initialized"
	ActivateFirst          ID = "activation.activate-first"
	Activated              ID = "activation.activated"
	OwnAnchorMissing       ID = "activation.own-anchor-missing"
)

var activationNotes = []Row{
	{NextStep, "The next step is `{line}`.", false},
	{WaitsForSignature, "The old cluster is gone with its keys, and the new one waits until you have signed its request. The certificates beside it prove that the request comes from a genuine HSM; they and their roots are made up.", false},
	{OneUntilActive, "A cluster begins with one HSM, and others are copied from it once it is active. Leave `--nodes` out; after the activation, `hsm add` adds them.", true},
	{NotActive, "The cluster is {state}, and until it is active it has one HSM, so that users are not made apart on several. `hsm status` names the next step.", true},
	{NoCertificate, "`{file}` cannot be used: {why}. It is to be one certificate in PEM, as `openssl x509 -req` and `openssl req -x509` write it.", true},
	{InitializedOnce, "A cluster takes a trust anchor once in its life, and this one has it. `hsm new --uninitialized` begins with another cluster.", true},
	{InitializeUnreached, "The one HSM of the cluster is switched off or cut off, so nothing can be stored in it. `hsm start 0` or `hsm heal 0` mends that.", true},
	{CertificateOtherKey, "`{certificate}` holds another public key than the cluster's request. The certificate that `openssl x509 -req -in {request}` makes comes first, the trust anchor second.", true},
	{CertificateOtherIssuer, "`{certificate}` was not signed with the key of `{anchor}`, or names another issuer. Sign `{request}` anew with `-CA {anchor}` and `-CAkey` with its own key.", true},
	{AnchorKey, "The service takes a trust anchor with an RSA key of 2048 or 4096 bits, and the one in `{anchor}` is of another kind. `openssl genrsa -out customerCA.key 2048` makes one.", true},
	{AnchorConstraints, "The extensions of `{anchor}` lack `CA:TRUE`, so it may not certify others. `openssl req -new -x509 -days 3652 -key customerCA.key -out customerCA.crt` puts it in by itself.", true},
	{AnchorNotSelf, "`{anchor}` was not signed with its own key. The trust anchor ends the chain: `openssl req -new -x509 -days 3652 -key customerCA.key -out customerCA.crt` makes one that signs itself.", true},
	{AnchorNotInPlace, "`{file}` is missing or has not certified this cluster, so the daemon trusts no HSM. `sudo cp customerCA.crt {file}` puts yours in its place.", true},
	{NotActiveYet, "The cluster is not active yet, so it has no crypto users, and nobody else logs in here. In `{cmu}`, `loginHSM PRECO admin password` and `changePswd PRECO admin` with a new password activate it.", true},
	{NoCryptoUsers, "There are no crypto users yet, and nobody else logs in here. In `{cmu}`, an officer makes one with `createUser CU example_user password1`.", true},
	{LogInAs, "Nobody is logged in yet. `{login}` logs in a crypto user.", false},
	{UnknownHere, "No crypto user is called `{name}`. `listUsers` in `{cmu}` shows who there is, and needs no login. Did you mean `{line}`?", true},
	{NotInitialized, "The cluster is not initialized yet, so no certificate of yours vouches for its HSM, and nobody can log in. `hsm status` names the next step.", true},
	{ActivateFirst, "The first officer has the service's password still, and until he changes it he may only look. `changePswd PRECO admin` with a new password activates the cluster.", true},
	{Activated, "The cluster is ACTIVE: `admin` is a CO from now on, and `hsm add` adds further HSMs. Next, `createUser CU example_user password1` makes the first crypto user.", false},
	{OwnAnchorMissing, "`{file}` is missing or has not certified this cluster, so the channel to the HSM is not encrypted and most commands are refused. In bash, `sudo cp customerCA.crt {file}` puts it there; start the tool anew then.", true},
}
