package slips

// positional is how many options of a command may be typed without their names.
var positional = map[string]int{
	"genECCKeyPair": 2, "genRSAKeyPair": 3, "genSymKey": 3, "genDSAKeyPair": 2, "deleteKey": 1, "getKeyInfo": 1, "findSingleKey": 1,
	"getAttribute": 3, "setAttribute": 2, "sign": 4, "exportPubKey": 2, "importPubKey": 2, "Error2String": 1,
	"getCaviumPrivKey": 2, "IsValidKeyHandlefile": 1, "extractMaskedObject": 2, "loginHSM": 3, "verify": 4, "exportPrivateKey": 3,
}

// optionWords are other words for an option: of all commands, or of the one whose name stands
// before it.
var optionWords = map[string][]string{
	"-l": {"--label", "-label", "-name", "-n"}, "-i": {"--curve", "-curve", "-curve-id"}, "-out": {"--output", "-o", "-output", "-outfile"},
	"-sess": {"-session", "--session", "-tmp"}, "-nex": {"-noexport", "-nonextractable", "--non-extractable", "-unextractable"},
	"-u": {"-users", "-share", "--users"}, "-f": {"-file", "--file", "-in"}, "-k": {"-key", "-handle", "--handle"},
	"-min_srv": {"-min-srv", "--min-srv", "-minsrv", "-min_server"}, "-timeout": {"-time-out", "--timeout"},
	"-m_value": {"-mvalue", "-m-value", "--m_value"}, "-id": {"--id", "-ID"},
	"deleteKey -k": {"-o"}, "getKeyInfo -k": {"-o"}, "getAttribute -o": {"-k", "-handle", "-key"}, "setAttribute -o": {"-k", "-object"},
	"getAttribute -a": {"-attr", "-attribute"}, "sign -m": {"-mechanism", "-mech"}, "wrapKey -w": {"-wrapper", "-wrapping-key"},
	"genSymKey -t": {"-type", "--key-type"}, "genSymKey -s": {"-size", "--size"}, "findKey -c": {"-class", "--class"},
	"findKey -t": {"-type", "--type"}, "loginHSM -s": {"-user", "--username", "-name"}, "loginHSM -p": {"-password", "--password", "-pwd"},
	"loginHSM -u": {"-type", "--role"}, "loginHSM -hpswd": {"-hpwd", "-hpasswd"}, "genRSAKeyPair -e": {"-exponent", "--exp"},
	"genRSAKeyPair -m": {"-modulus", "--size", "-bits"}, "verify -s": {"-signature", "--sig"}, "importPrivateKey -w": {"-wrapper"},
	"Error2String -r": {"-code", "-e"}, "getCert -s": {"-type"},
}

// valueWords are other spellings of a value: of an option in all commands, in one, or at the other
// tools.
var valueWords = map[string][]string{
	"genECCKeyPair -i 2":  {"P-256", "p256", "secp256r1", "prime256v1", "nistp256", "NIST_P256", "NID_X9_62_prime256v1", "256"},
	"genECCKeyPair -i 14": {"P-384", "p384", "secp384r1", "nistp384", "NIST-P384", "SECP384R1", "384"},
	"genECCKeyPair -i 16": {"secp256k1", "k256", "K-256", "SECP256K1"},
	"genSymKey -t 31":     {"AES", "aes", "CKK_AES", "Aes"}, "genSymKey -t 21": {"DES3", "3DES", "des3", "3des"},
	"genSymKey -t 16": {"GENERIC_SECRET", "generic", "generic-secret"}, "genSymKey -s 32": {"256"}, "genSymKey -s 16": {"128"},
	"genSymKey -s 24": {"192"}, "imSymKey -t 31": {"AES", "aes"},
	"findKey -t 31": {"AES", "aes"}, "findKey -t 3": {"EC", "ECC", "ec", "ecdsa", "CKK_EC"}, "findKey -t 0": {"RSA", "rsa", "CKK_RSA"},
	"findKey -c 2": {"public", "PUBLIC", "CKO_PUBLIC_KEY"}, "findKey -c 3": {"private", "PRIVATE_KEY", "priv"},
	"findKey -c 4": {"secret", "SECRET", "symmetric"}, "findKey -sess 1": {"true", "yes", "on"}, "findKey -sess 0": {"false", "no"},
	"sign -m 17": {"sha256", "SHA256", "ECDSA_SHA256", "ecdsa-sha256"}, "sign -m 18": {"sha384", "SHA-384"}, "sign -m 1": {"sha256", "SHA256", "RSA-SHA256"},
	"verify -m 17": {"sha256", "ECDSA-SHA256"}, "sign -m 6": {"PSS", "RSA-PSS-SHA256"},
	"wrapKey -m 4": {"CLOUDHSM_AES_KEY_WRAP"}, "wrapKey -m 6": {"NIST_AES_WRAP_PAD", "nist-aes-wrap-pad"}, "wrapKey -m 10": {"AES_GCM", "gcm", "AES-GCM"}, "wrapKey -m 7": {"RSA_AES"},
	"getAttribute -a 512": {"all", "ALL", "*"}, "getAttribute -a 3": {"label", "CKA_LABEL", "OBJ_ATTR_LABEL", "LABEL"},
	"getAttribute -a 354": {"extractable", "CKA_EXTRACTABLE", "OBJ_ATTR_EXTRACTABLE"}, "setAttribute -a 1": {"TOKEN", "CKA_TOKEN", "OBJ_ATTR_TOKEN", "token"},
	"-u 4,5": {"user4,user5", "4 5", "4, 5", "4;5", "user4 user5", "[4,5]"}, "-u 4": {"user4"},
	"-k 6": {"0x6", "0x06"}, "-k 8": {"0x8", "#8", "8."}, "-k 10": {"0xa"}, "-o 8": {"0x8"}, "-k 12": {"0xc"}, "-k 7": {"0x7"}, "-o 6": {"0x6", "0x06"},
	"-s example_user": {"exmaple_user", "example-user", "exampleuser"}, "-u CU": {"cu", "crypto-user", "crypto_user", "user"},
	"-r 0xb3": {"b3", "B3", "0xB3."}, "getCert -s 4": {"customer"}, "aesWrapUnwrap -m 1": {"wrap"}, "genRSAKeyPair -m 2048": {"2048bit", "RSA_2048", "2048bits"},
	"-min_srv 2": {"2."}, "-timeout 10": {"10s", "10sec"}, "genRSAKeyPair -e 65537": {"0x10001", "F4"},
	"cmu CO": {"officer", "crypto-officer", "admin-user"}, "cmu CU": {"crypto-user", "crypto_user", "CUU"},
	"bash openssl prime256v1": {"p256", "nistp256", "secp256"}, "bash openssl secp384r1": {"p384", "nistp384", "secp384"},
	"bash hsm 1": {"HSM1", "#1"}, "bash hsm 500ms": {"500", "0.5s"}, "bash hsm +10m": {"10min", "10m", "+10min"}, "bash hsm late": {"Late"},
	"bash service status": {"stat", "state"}, "bash service cloudhsm-client": {"cloudhsm_client", "cloudhsm"},
}

// cmuValues are other spellings of values at the places of cloudhsm_mgmt_util's commands.
var cmuValues = map[string][]map[string][]string{
	"setAttribute": {{"6": {"0x6"}, "8": {"0x8"}}, {"134": {"TRUSTED", "OBJ_ATTR_TRUSTED", "CKA_TRUSTED", "trusted"}, "262": {"WRAP", "OBJ_ATTR_WRAP"}, "3": {"label"}}, {"1": {"true", "yes"}, "0": {"false"}}},
	"getAttribute": {{"8": {"0x8"}}, {"512": {"all", "ALL"}, "3": {"label", "CKA_LABEL", "OBJ_ATTR_LABEL"}}},
	"findAllKeys":  {{"3": {"example_user"}, "0": {"all"}}, {"1": {"yes", "true"}, "0": {"no"}}},
	"shareKey":     {{"6": {"0x6"}}, {"4": {"user4"}, "4,5": {"user4,user5", "4;5"}}, {"1": {"share", "yes", "true"}, "0": {"unshare", "no"}}},
	"info":         {{"server": {"srv", "Server"}}, {"0": {"server0"}}},
	"server":       {{"1": {"server1"}}},
	"getMValue":    {{"3": {"USER_MGMT", "user_mgmt"}, "4": {"MISC_CO"}}},
	"setMValue":    {{"3": {"USER_MGMT"}}, {}},
	"deleteUser":   {{}, {"user6": {"usr6", "USER6x"}}},
	"getKeyInfo":   {{"6": {"0x6", "#6"}}},
	"delToken":     {{"all": {"ALL", "-a"}}},
}

// cliOptionWords and opensslOptionWords are the same for cloudhsm-cli and for openssl.
var (
	cliOptionWords = map[string][]string{
		"--label": {"--name", "-l"}, "--key-length-bytes": {"--key-size", "--size", "--length"}, "--public-label": {"--pub-label"}, "--private-label": {"--priv-label"},
		"--username": {"--user", "-u", "--name"}, "--role": {"--type", "--user-type"}, "--filter": {"-k", "--key"}, "--curve": {"--curve-name", "-c"},
		"--modulus-size-bits": {"--modulus", "--key-size", "--bits"}, "--path": {"--out", "--file", "-o"}, "--data-path": {"--file", "--in"},
		"--hash-function": {"--hash", "--digest"}, "--max-items": {"--limit", "--max"}, "key --name": {"--attribute", "--attr"}, "key --value": {"--val"},
		"--verbose": {"--long"}, "--public-exponent": {"--exponent", "-e"}, "--wrapping-filter": {"--wrapper"},
	}
	opensslOptionWords = map[string][]string{
		"-in": {"-input", "-infile"}, "-out": {"-output", "-outfile", "-o"}, "-name": {"-curve"}, "-pubout": {"-public", "-pubkey"}, "-noout": {"-no-out"},
		"-inkey": {"-key"}, "-signature": {"-sig"}, "-CAfile": {"-ca", "-cafile"}, "-algorithm": {"-alg", "-algo"}, "req -key": {"-inkey"}, "-genkey": {"-gen", "-generate"},
		"dgst -sign": {"-key"}, "-days": {"-day"}, "-sha256": {"-sha-256", "-SHA-256"},
	}
	cliValueWords = map[string][]string{
		"--key-length-bytes 32": {"256"}, "--key-length-bytes 16": {"128"}, "--curve secp256r1": {"p256", "P-256", "nistp256"}, "--curve secp384r1": {"p384"},
		"--role crypto-user": {"CU", "cu", "crypto_user"}, "--hash-function sha384": {"SHA-384", "sha-384"}, "--filter attr.label=payroll": {"label=payroll", "payroll", "attr.lable=payroll"},
		"--encoding pem": {"PEM"}, "--value true": {"1", "yes", "TRUE"}, "--username user4": {"usr4"},
	}
)
