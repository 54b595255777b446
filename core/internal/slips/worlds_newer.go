package slips

// inCLI makes keys in cloudhsm-cli, and logs somebody in there.
func inCLI(login string) []Step {
	return []Step{{Bash, "echo hello > message.txt"}, {CLI, "cloudhsm-cli interactive"},
		{CLI, "login --username example_user --role crypto-user --password aws"},
		{CLI, "key generate-symmetric aes --label wrapper --key-length-bytes 32 --attributes wrap=true unwrap=true"},
		{CLI, "key generate-symmetric aes --label payroll --key-length-bytes 16"},
		{CLI, "key generate-asymmetric-pair ec --public-label signer-public --private-label signer --curve secp384r1 --private-attributes sign=true"},
		{CLI, "logout"}, {CLI, login}}
}

var cliLines = []string{
	"key list", "key list --verbose", "key list --filter attr.label=payroll", "key list --max-items 5", "user list", "cluster hsm-info", "logout", "quit", "help",
	"key generate-symmetric aes --label mykey --key-length-bytes 32", "key generate-symmetric generic-secret --label shared --key-length-bytes 64",
	"key generate-asymmetric-pair ec --public-label pub --private-label priv --curve secp256r1",
	"key generate-asymmetric-pair rsa --public-label pub --private-label priv --modulus-size-bits 2048 --public-exponent 65537",
	"key delete --filter attr.label=payroll", "key set-attribute --filter attr.label=payroll --name encrypt --value true",
	"key share --filter attr.label=payroll --username user4 --role crypto-user", "key generate-file --encoding pem --path pub.pem --filter attr.label=signer-public",
	"crypto sign ecdsa --key-filter attr.label=signer --hash-function sha384 --data-path message.txt",
	"key wrap aes-gcm --payload-filter attr.label=payroll --wrapping-filter attr.label=wrapper --tag-length-bits 128 --path wrapped.json",
	"user change-password --username example_user --role crypto-user",
}

var cliAdminLines = []string{"user list", "user create --username ann --role crypto-user", "user delete --username user6 --role crypto-user",
	"user change-password --username user4 --role crypto-user", "quorum token-sign list-quorum-values", "cluster hsm-info", "logout"}

var opensslFiles = []Step{{Bash, "echo hello > data.txt"}, {Bash, "openssl genrsa -out server.key 2048"}, {Bash, "openssl rsa -in server.key -pubout -out server.pub"},
	{Bash, "openssl ecparam -name prime256v1 -genkey -noout -out curve.pem"}, {Bash, "openssl dgst -sha256 -sign server.key -out data.sig data.txt"},
	{Bash, "openssl dgst -sha256 -binary -out data.hash data.txt"}, {Bash, "openssl req -new -key server.key -subj /CN=server -out server.csr"},
	{Bash, "openssl req -new -x509 -key server.key -subj /CN=root -out root.crt"}}

var opensslLines = []string{
	"openssl genrsa -out own.key 2048", "openssl ecparam -name prime256v1 -genkey -noout -out own.pem", "openssl ecparam -name secp384r1 -genkey -out own.pem",
	"openssl genpkey -algorithm RSA -out own.key", "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp384r1 -out own.key",
	"openssl rsa -in server.key -pubout -out own.pub", "openssl rsa -in server.key -noout -text", "openssl pkey -in curve.pem -pubout -out own.pub", "openssl ec -in curve.pem -noout -text",
	"openssl dgst -sha256 data.txt", "openssl dgst -sha384 -sign server.key -out own.sig data.txt", "openssl dgst -sha256 -verify server.pub -signature data.sig data.txt",
	"openssl pkeyutl -sign -inkey server.key -in data.hash -out own.sig", "openssl req -new -key server.key -subj /CN=own -out own.csr", "openssl req -in server.csr -noout -text",
	"openssl x509 -in root.crt -noout -text", "openssl x509 -req -in server.csr -signkey server.key -days 365 -out own.crt", "openssl verify -CAfile root.crt root.crt",
	"openssl rand -hex 16", "openssl pkcs8 -topk8 -nocrypt -in server.key -out own.p8", "openssl enc -base64 -in data.txt", "openssl asn1parse -in curve.pem",
}
