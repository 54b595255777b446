package same

const (
	keyOf     = "--filter key-reference={ref:key handle}"
	who       = " --username {user-name} --role {role:user-type}"
	withPass  = "[ --password {password}]"
	factorOf  = "\nuser change-mfa token-sign --username {user-name} --role {role:user-type} --token {-2fa}"
	oneQuorum = "key_mgmt_util has one number of approvals for using and for managing a key"
	perServer = "the CLI always works on all HSMs of a cluster; --cluster-id chooses the cluster"
	factor    = "the second factor is another file: digests by server in cloudhsm_mgmt_util, JSON in the CLI"
)

// cmuRows are the commands of cloudhsm_mgmt_util.
var cmuRows = []row{
	{path: "loginHSM", when: "-2fa", cli: "login" + who + withPass + " mfa-token-sign --token {-2fa}", differs: factor, pkcs11: none + "it has no second factor"},
	{path: "loginHSM", when: "user-type=CU", cli: "login" + who + withPass, kmu: "loginHSM -u CU -s {user-name} [-p {password}][-hpswd?-hpswd]",
		pkcs11: "C_OpenSession\nC_Login(CKU_USER; {user-name} and the password, with a colon between them)", note: "In a script the CLI reads CLOUDHSM_ROLE and CLOUDHSM_PIN."},
	{path: "loginHSM", when: "user-type=PRECO|preCO", cli: "cluster activate", differs: "the CLI activates a cluster without a login before it"},
	{path: "loginHSM", when: "user-type=AU", cli: none + "nobody logs in as the service's own user", differs: "nobody logs in as the service's own user"},
	{path: "loginHSM", cli: "login" + who + withPass, kmu: none + "only crypto users log in there", pkcs11: none + "only crypto users log in there"},
	{path: "logoutHSM", cli: "logout", kmu: "logoutHSM", pkcs11: "C_Logout"},
	{path: "createUser", when: "-2fa", cli: "user create" + who + withPass + factorOf, differs: factor},
	{path: "createUser", cli: "user create" + who + withPass,
		note: "cloudhsm_mgmt_util asks y or n first. With a quorum, --approval hands in the token file."},
	{path: "deleteUser", cli: "user delete" + who, note: "Both refuse a crypto user who owns keys."},
	{path: "changePswd", when: "user-type=PRECO|preCO", cli: "cluster activate" + withPass,
		differs: "cloudhsm_mgmt_util is logged in as PRECO before and as CO behind it; the CLI needs no login for it"},
	{path: "changePswd", when: "-2fa", cli: "user change-mfa token-sign" + who + " --token {-2fa}", differs: factor},
	{path: "changePswd", cli: "user change-password" + who + withPass},
	{path: "listUsers", cli: "user list", kmu: "listUsers", note: "The CLI has one list; where HSMs differ, cluster-coverage is inconsistent."},
	{path: "shareKey", when: "(share/unshare key?) 1/0=0", cli: "key unshare " + keyOf + " --username {each:user id} --role crypto-user"},
	{path: "shareKey", cli: "key share " + keyOf + " --username {each:user id} --role crypto-user",
		note: "Names, not ids, and one user for a line. For a key that is being made, key_mgmt_util has -u and the CLI --share-crypto-users."},
	{path: "setAttribute", when: "attribute id=1", cli: "key set-attribute " + keyOf + " --name token --value {on:value}", kmu: "setAttribute -o {n:key handle} -a 1", pkcs11: none + "Client SDK 5 has no C_SetAttributeValue"},
	{path: "setAttribute", cli: "key set-attribute " + keyOf + " --name {attr:attribute id} --value {on:value}", kmu: none + "it changes only attribute 1, TOKEN",
		pkcs11: none + "Client SDK 5 has no C_SetAttributeValue", note: "TRUSTED, 134, is set by an admin in both."},
	{path: "getAttribute", when: "filename", cli: "key list " + keyOf + " --verbose", kmu: "getAttribute -o {n:key handle} -a {n:attribute id} -out {filename}",
		pkcs11: "C_GetAttributeValue(key {n:key handle}; {cka:attribute id})", differs: "the CLI writes no file"},
	{path: "getAttribute", cli: "key list " + keyOf + " --verbose", kmu: "getAttribute -o {n:key handle} -a {n:attribute id} -out attribute.txt",
		pkcs11: "C_GetAttributeValue(key {n:key handle}; {cka:attribute id})"},
	{path: "listAttributes", cli: none + "attributes have names there: key list --verbose shows them", kmu: "listAttributes", pkcs11: "CKA_…, the names of attributes",
		differs: "the CLI has names in place of numbers"},
	{path: "findAllKeys", cli: "key list --max-items 100", kmu: "findKey", pkcs11: "C_FindObjects", differs: "the CLI lists the keys of who is logged in; there is no list of another user's, nor a hash to compare servers by: cluster-coverage tells that"},
	{path: "getKeyInfo", when: "output file", cli: "key list " + keyOf + " --verbose", kmu: "getKeyInfo -k {n:key handle}", differs: "the CLI writes no file"},
	{path: "getKeyInfo", cli: "key list " + keyOf + " --verbose", kmu: "getKeyInfo -k {n:key handle}", note: "The CLI says it in key-info: key-owners, shared-users and key-quorum-values."},
	{path: "registerQuorumPubKey", cli: "quorum token-sign generate --service registration --token {registration-token}\n" +
		"user change-quorum token-sign register --public-key {public-key} --signed-token {registration-token}", openssl: "openssl dgst -sha256 -sign private.pem -out {signed-registration-token} {registration-token}",
		differs: "who registers makes up the token here; in the CLI the tool makes it, and the signature stands in it"},
	{path: "registerMofnPubKey", cli: "quorum token-sign generate --service registration --token registration.token\n" +
		"user change-quorum token-sign register --public-key public.pem --signed-token registration.token", openssl: "openssl pkey -in {private key file} -pubout -out public.pem",
		differs: "the CLI never reads the private key: its token is signed by OpenSSL"},
	{path: "setMValue", cli: "quorum token-sign set-quorum-value --service {service:service} --value {n:m value}"},
	{path: "getMValue", cli: "quorum token-sign list-quorum-values", note: "The CLI shows the values of all services."},
	{path: "getToken", when: "key handle", cli: "quorum token-sign generate --service key-usage --filter key-reference={ref:key handle} --token {token file}",
		kmu: "getToken -s {n:service} -u {user-name} -f {token file} -k {n:key handle}", differs: tokenForm},
	{path: "getToken", cli: "quorum token-sign generate --service {service:service} --token {token file}", kmu: "getToken -s {n:service} -u {user-name} -f {token file}",
		openssl: signToken, differs: tokenForm},
	{path: "approveToken", cli: none + handedIn, kmu: "approveToken -f {approval file}", openssl: signToken, differs: handedIn},
	{path: "listTokens", cli: "quorum token-sign list", kmu: "listTokens"},
	{path: "delToken", when: "all", cli: "quorum token-sign delete --scope all", kmu: none + "it deletes your own: delToken -a"},
	{path: "delToken", cli: "quorum token-sign delete --scope user", kmu: "delToken -a"},
	{path: "syncKey", cli: "key replicate --filter key-reference={ref:key handle} --source-cluster-id {here:} --destination-cluster-id {clone:}",
		kmu:     "extractMaskedObject -o {n:key handle} -out masked.object\ninsertMaskedObject -f masked.object",
		differs: "inside a cluster the CLI has no command for it: the cluster copies keys by itself; between a cluster and its clone it is key replicate"},
	{path: "syncUser", cli: "user replicate --username {name:user ID} --role <role> --source-cluster-id {here:} --destination-cluster-id {clone:}",
		differs: "inside a cluster the CLI repairs a user by another user create; between a cluster and its clone it is user replicate"},
	{path: "getHSMInfo", cli: "cluster hsm-info", kmu: "getHSMInfo", pkcs11: "C_GetTokenInfo"},
	{path: "getClusterInfo", cli: "cluster hsm-info", kmu: "getHSMInfo", pkcs11: "C_GetSlotList", differs: "the CLI shows no addresses: they stand in its configuration, /opt/cloudhsm/etc/cloudhsm-cli.cfg"},
	{path: "info", cli: "cluster hsm-info", kmu: "loginStatus", pkcs11: "C_GetSlotInfo", differs: "the CLI shows neither the address nor who is logged in"},
	{path: "server", cli: none + perServer, pkcs11: "C_GetSlotList", differs: perServer},
	{path: "exit", cli: none + perServer, differs: perServer},
	{path: "enable_e2e", cli: none + "its connections are encrypted from the beginning", differs: "connections of the CLI are encrypted from the beginning"},
	{path: "getCert", cli: none + certs, kmu: "getCert -f {file-name} -s {n:certificate-type}", openssl: "openssl x509 -in {file-name} -text -noout", differs: certs},
	{path: helpWord, cli: "help", kmu: "help", openssl: "openssl help"},
	{path: "quit", cli: "quit", kmu: "exit", pkcs11: "C_Finalize"},
}

// remarks are what single options have to say.
var remarks = []remark{
	{"kmu", "-min_srv", true, "-min_srv has no counterpart: the CLI makes a key on all HSMs, and by default uses none that is on fewer than two"},
	{"kmu", "-timeout", false, "-timeout has no counterpart: the CLI does not wait."},
	{"kmu", "-attest", false, "-attest has no counterpart."},
	{"kmu", "-wk", true, "-wk has no counterpart: the file is wrapped and opened on the host, outside the tool"},
	{"kmu", "-m_value=1", true, "quorum values of the CLI are 2 to 8"},
	{"kmu", "-hpswd", false, "The CLI asks for the password when --password is left out."},
	{"cmu", "-hpswd", false, "The CLI asks for the password when --password is left out."},
	{"cli", "apart:--private-label", true, "key_mgmt_util has one label for both halves"},
	{"cli", "apart:--private-attributes", true, "key_mgmt_util has one id for both halves"},
	{"cli", "apart:--manage-key-quorum-value", true, oneQuorum},
	{"cli", "apart:--manage-private-key-quorum-value", true, oneQuorum},
	{"cli", "--cluster-id", true, "the older tools have one cluster at a time: configure chooses it"},
	{"cli", "--approval", true, "the older tools collect approvals apart: getToken, then approveToken, then the command"},
	{"cli", "--max-items", false, "The older tools list everything at once."},
}
