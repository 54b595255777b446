package sim

import ()

// wouldSessions are further lines, each typed after it was looked at.
var wouldSessions = []struct {
	setting
	lines []string
}{
	{setting{name: "cloudhsm-cli", steps: joined(someFiles, at(inCMU, "cloudhsm-cli interactive"))}, []string{
		"cmu> cluster hsm-info", "cmu> user list", "cmu> quorum token-sign list-quorum-values", "cmu> login " + cliUser,
		"cmu> key generate-symmetric aes --label w --key-length-bytes 32 --attributes wrap=true unwrap=true",
		"cmu> key generate-symmetric generic-secret --label gs --key-length-bytes 32", "cmu> key generate-symmetric aes --label p --key-length-bytes 16 --session",
		"cmu> key generate-symmetric aes --label q --key-length-bytes 16",
		"cmu> key generate-asymmetric-pair ec --public-label pub --private-label priv --curve secp384r1 --public-attributes verify=true --private-attributes sign=true",
		"cmu> key generate-asymmetric-pair rsa --public-label rpub --private-label rpriv --modulus-size-bits 2048 --public-exponent 65537 --public-attributes verify=true wrap=true --private-attributes sign=true unwrap=true",
		"cmu> key wrap aes-no-pad --payload-filter attr.label=q --wrapping-filter attr.label=w --path w1", "cmu> key unwrap aes-no-pad --filter attr.label=w --key-type-class aes --label u1 --data-path w1",
		"cmu> key wrap aes-pkcs5-pad --payload-filter attr.label=q --wrapping-filter attr.label=w --path w2", "cmu> key unwrap aes-pkcs5-pad --filter attr.label=w --key-type-class aes --label u2 --data-path w2",
		"cmu> key wrap aes-zero-pad --payload-filter attr.label=q --wrapping-filter attr.label=w --path w3", "cmu> key unwrap aes-zero-pad --filter attr.label=w --key-type-class aes --label u3 --data-path w3",
		"cmu> key wrap cloudhsm-aes-gcm --payload-filter attr.label=q --wrapping-filter attr.label=w --tag-length-bits 128 --path w4",
		"cmu> key unwrap cloudhsm-aes-gcm --filter attr.label=w --key-type-class aes --label u4 --tag-length-bits 128 --data-path w4",
		"cmu> key wrap aes-gcm --payload-filter attr.label=q --wrapping-filter attr.label=w --tag-length-bits 128 --path w5",
		"cmu> key unwrap aes-gcm --filter attr.label=w --key-type-class aes --label u5 --tag-length-bits 128 --iv {iv} --data-path w5",
		"cmu> key wrap rsa-aes --payload-filter attr.label=q --wrapping-filter attr.label=rpub --hash-function sha256 --mgf mgf1-sha256 --path w6",
		"cmu> key unwrap rsa-aes --filter attr.label=rpriv --key-type-class aes --label u6 --hash-function sha256 --mgf mgf1-sha256 --data-path w6",
		"cmu> key wrap rsa-oaep --payload-filter attr.label=q --wrapping-filter attr.label=rpub --hash-function sha256 --mgf mgf1-sha256 --path w7",
		"cmu> key unwrap rsa-oaep --filter attr.label=rpriv --key-type-class aes --label u7 --hash-function sha256 --mgf mgf1-sha256 --data-path w7",
		"cmu> crypto sign ecdsa --key-filter attr.label=priv --hash-function sha384 --data YWJj", "cmu> crypto sign rsa-pkcs --key-filter attr.label=rpriv --hash-function sha256 --data YWJj",
		"cmu> crypto sign rsa-pkcs-pss --key-filter attr.label=rpriv --hash-function sha256 --mgf mgf1-sha256 --salt-length 32 --data YWJj",
		"bash> export CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=example_user:aws",
		"bash> cloudhsm-cli crypto sign ecdsa --key-filter attr.label=priv --hash-function sha384 --data YWJj | jq -r .data.signature | base64 -d > s1",
		"bash> cloudhsm-cli crypto sign rsa-pkcs --key-filter attr.label=rpriv --hash-function sha256 --data YWJj | jq -r .data.signature | base64 -d > s2",
		"bash> cloudhsm-cli crypto sign rsa-pkcs-pss --key-filter attr.label=rpriv --hash-function sha256 --mgf mgf1-sha256 --salt-length 32 --data YWJj | jq -r .data.signature | base64 -d > s3",
		"cmu> crypto verify ecdsa --key-filter attr.label=pub --hash-function sha384 --data YWJj --signature-path s1",
		"cmu> crypto verify rsa-pkcs --key-filter attr.label=rpub --hash-function sha256 --data YWJj --signature-path s2",
		"cmu> crypto verify rsa-pkcs-pss --key-filter attr.label=rpub --hash-function sha256 --mgf mgf1-sha256 --salt-length 32 --data YWJj --signature-path s3",
		"cmu> key generate-file --encoding pem --path pub.pem --filter attr.label=pub", "cmu> key import pem --path ec.pub --label in --key-type-class ec-public",
		"cmu> key set-attribute --filter attr.label=q --name label --value r", "cmu> key share --filter attr.label=r --username user4 --role crypto-user",
		"cmu> key unshare --filter attr.label=r --username user4 --role crypto-user", "cmu> key delete --filter attr.label=r", "cmu> key list", "cmu> quorum token-sign list",
		"cmu> quorum token-sign generate --service registration --token reg.json", "cmu> logout", "cmu> login " + cliOfficer,
		"cmu> user create --username alice --role crypto-user --password password1", "cmu> user change-password --username alice --role crypto-user --password password2",
		"cmu> user create --username boss --role admin --password password1", "cmu> quorum token-sign set-quorum-value --service user --value 2",
		"cmu> quorum token-sign generate --service user --token t.json", "cmu> quorum token-sign delete --scope user",
		"cmu> user delete --username alice --role crypto-user", "cmu> quit"}},
	{setting{name: "the second type of HSM", options: Options{NonFIPS: true}, steps: joined(at(inBash, "hsm new --type hsm2m.medium --non-fips", mtlsFiles), cliAs(cliUser))}, []string{
		"cmu> key generate-asymmetric-pair ec --public-label pub --private-label priv --curve ed25519 --public-attributes verify=true --private-attributes sign=true",
		"cmu> crypto sign ed25519 --key-filter attr.label=priv --data YWJj", "cmu> crypto sign ed25519ph --key-filter attr.label=priv --data-type raw --hash-function sha512 --data YWJj",
		"bash> export CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=example_user:aws",
		"bash> cloudhsm-cli crypto sign ed25519 --key-filter attr.label=priv --data YWJj | jq -r .data.signature | base64 -d > s1",
		"bash> cloudhsm-cli crypto sign ed25519ph --key-filter attr.label=priv --data-type raw --hash-function sha512 --data YWJj | jq -r .data.signature | base64 -d > s2",
		"cmu> crypto verify ed25519 --key-filter attr.label=pub --data YWJj --signature-path s1",
		"cmu> crypto verify ed25519ph --key-filter attr.label=pub --data-type raw --hash-function sha512 --data YWJj --signature-path s2",
		"cmu> key generate-asymmetric-pair ml-dsa --public-label mpub --private-label mpriv --mldsa-algorithm ML-DSA-44 --public-attributes verify=true --private-attributes sign=true",
		"cmu> crypto sign ml-dsa --key-filter attr.label=mpriv --data-type raw --hash-function shake256 --data YWJj",
		"cmu> crypto verify ml-dsa --key-filter attr.label=mpub --data-type raw --hash-function shake256 --data YWJj --signature {signature}",
		"cmu> key generate-symmetric aes --label q --key-length-bytes 16",
		"cmu> key generate-asymmetric-pair rsa --public-label rpub --private-label rpriv --modulus-size-bits 2048 --public-exponent 65537 --public-attributes wrap=true --private-attributes unwrap=true",
		"cmu> key wrap rsa-pkcs --payload-filter attr.label=q --wrapping-filter attr.label=rpub --path w", "cmu> key unwrap rsa-pkcs --filter attr.label=rpriv --key-type-class aes --label u --data-path w",
		"cmu> logout", "cmu> login " + cliOfficer, "cmu> cluster mtls register-trust-anchor --path ca.crt", "cmu> cluster mtls list-trust-anchors", "cmu> cluster mtls get-enforcement",
		"cmu> cluster mtls deregister-trust-anchor --certificate-reference 0x01"}},
	{setting{name: "openssl and the older tools", steps: joined(someFiles, bothIn)}, []string{
		"bash> openssl help", "bash> openssl enc -base64 -in m -out b64", "bash> openssl asn1parse -in ec.pem", "bash> openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt pass:x -kdfopt salt:yyyyyyyy -kdfopt iter:1000 -out kept PBKDF2",
		"bash> openssl errstr 0x0A000086", "bash> openssl genpkey -algorithm RSA -out g.pem", "bash> openssl ecparam -name prime256v1 -genkey -noout -out e.pem", "bash> openssl ecparam -name prime256v1 -out p.pem",
		"bash> openssl ec -in ec.pem -pubout -out e.pub", "bash> openssl pkey -in ec.pem -pubout -out k.pub", "bash> openssl pkcs8 -topk8 -nocrypt -in ec.pem -out p8.pem",
		"bash> openssl dgst -sha256 -binary -out d m", "bash> openssl pkeyutl -sign -inkey ec.pem -in d -out ds", "bash> openssl x509 -req -in none.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out c.crt",
		"cmu> getClusterInfo", "kmu> genRSAKeyPair -m 2048 -e 65537 -l rsa", "kmu> getAttribute -o 6 -a 288 -out modulus", "kmu> createPublicKey -l made -m modulus -e 65537",
		"bash> openssl genrsa -out admin.key 2048 && openssl rsa -in admin.key -outform PEM -pubout -out admin.pub && echo 'register admin' > admin.reg && openssl dgst -sha256 -sign admin.key -out admin.reg.sig admin.reg",
		"cmu> registerMofnPubKey CO mine admin admin.key"}},
	{setting{name: "a token that is deleted", steps: joined(someFiles, bothTools, at(inKMU, asUser), quorumKey, at(inKMU, "getToken -s 3 -u example_user -k 7 -f use.token"))}, []string{
		"kmu> delToken -a"}},
	{setting{name: "enforcement", steps: joined(at(inBash, "hsm new --type hsm2m.medium", mtlsFiles), cliAs(cliOfficer, "cluster mtls register-trust-anchor --path ca.crt", "quit"),
		at(inBash, "sudo /opt/cloudhsm/bin/configure-cli --client-cert-hsm-tls-file ca.crt --client-key-hsm-tls-file ca.key"), cliAs(cliOfficer))}, []string{
		"cmu> cluster mtls set-enforcement --level cluster", "cmu> cluster mtls set-enforcement --level none"}},
	{setting{name: "activation", steps: joined(at(inBash, "hsm new --initialized"), at(inCMU, "cloudhsm-cli interactive"))}, []string{
		"cmu> cluster activate --password password1"}},
	{setting{name: "two clusters", steps: bothClusters(aesIn(served, "a"))}, []string{
		"cmu> key replicate --filter attr.label=a --source-cluster-id " + served + " --destination-cluster-id " + clone}},
	{setting{name: "a key for approvals at cloudhsm-cli", steps: joined(cliAs(cliUser), at(inBash, "openssl genrsa -out user.key 2048 && openssl rsa -in user.key -outform PEM -pubout -out user.pub",
		"cloudhsm-cli quorum token-sign generate --service registration --token user.token && jq -r '.tokens[0].unsigned' user.token | base64 -d > user.bin && "+
			"openssl pkeyutl -sign -inkey user.key -pkeyopt digest:sha256 -in user.bin -out user.sig && jq --arg s \"$(base64 -w0 user.sig)\" '.tokens[0].signed=$s' user.token > user.signed"))}, []string{
		"cmu> user change-quorum token-sign register --public-key user.pub --signed-token user.signed"}},
}

// unplayed are commands of which no line that works is looked at, with why.
var unplayed = map[string]string{
	"key_mgmt_util genPBEKey": "it never works: the HSMs make no keys from passwords",
}
