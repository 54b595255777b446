package voice

// The notes of core/openssl.
const (
	OpenSSLLacks       ID = "openssl.lacks"
	OpenSSLUnknown     ID = "openssl.unknown"
	OpenSSLOption      ID = "openssl.option"
	OpenSSLOrder       ID = "openssl.order"
	OpenSSLValue       ID = "openssl.value"
	OpenSSLEncrypted   ID = "openssl.encrypted"
	OpenSSLPhrase      ID = "openssl.phrase"
	OpenSSLShortPhrase ID = "openssl.short-phrase"
	OpenSSLVerify      ID = "openssl.verify"
	OpenSSLNotLocked   ID = "openssl.not-locked"
	OpenSSLEncPhrase   ID = "openssl.enc-phrase"
	OpenSSLMagic       ID = "openssl.magic"
	OpenSSLNotText     ID = "openssl.not-text"
	OpenSSLUnfit       ID = "openssl.unfit"
	OpenSSLBefore      ID = "openssl.before"
	OpenSSLFake        ID = "openssl.fake"
	OpenSSLSize        ID = "openssl.size"
	OpenSSLCurve       ID = "openssl.curve"
	OpenSSLGroup       ID = "openssl.group"
	OpenSSLDigest      ID = "openssl.digest"
	OpenSSLSelfSigned  ID = "openssl.self-signed"
	OpenSSLSubject     ID = "openssl.subject"
	OpenSSLOtherType   ID = "openssl.other-type"
	OpenSSLUnwrap      ID = "openssl.unwrap"
	OpenSSLIV          ID = "openssl.iv"
	OpenSSLWrapLength  ID = "openssl.wrap-length"
	OpenSSLNotDigest   ID = "openssl.not-digest"
	OpenSSLNoDigest    ID = "openssl.no-digest"
	OpenSSLRSAOnly     ID = "openssl.rsa-only"
	OpenSSLDSA         ID = "openssl.dsa"
	OpenSSLRaw         ID = "openssl.raw"
	OpenSSLAgrees      ID = "openssl.agrees"
	OpenSSLTooShort    ID = "openssl.too-short"
	EngineUnknown      ID = "openssl.engine-unknown"
	EngineNoPassword   ID = "openssl.engine-no-password"
	EngineForm         ID = "openssl.engine-form"
	EngineLogin        ID = "openssl.engine-login"
	EngineNoDaemon     ID = "openssl.engine-no-daemon"
	EngineRealKey      ID = "openssl.engine-real-key"
	EngineKeyGone      ID = "openssl.engine-key-gone"
	EngineKeyOther     ID = "openssl.engine-key-other"
	EngineKeyForbidden ID = "openssl.engine-key-forbidden"
	EngineQuorum       ID = "openssl.engine-quorum"
	EngineSigned       ID = "openssl.engine-signed"
)

var opensslNotes = []Row{
	{OpenSSLLacks, "The playground's openssl lacks `{what}`. It has `{commands}`. A line that would work: `{line}`.", true},
	{OpenSSLUnknown, "openssl has no command `{what}`, but `{near}`. Did you mean `{line}`?", true},
	{OpenSSLOption, "The playground's `openssl {command}` has no option `{option}`. `openssl {command} -help` shows those it has. A line that would work: `{line}`.", true},
	{OpenSSLOrder, "openssl reads options only before the other words, and files mostly behind an option. A line that would work: `{line}`.", true},
	{OpenSSLValue, "The playground's `openssl {command}` does not know `{value}` for `{option}`. It knows {known}.", true},
	{OpenSSLEncrypted, "`{file}` is under a pass phrase in a way that the playground's openssl does not open. It opens keys under {ciphers}.", true},
	{OpenSSLPhrase, "The pass phrase does not open `{file}`, or none was given. `-passin pass:PHRASE` gives it on the line, `-passin file:NAME` in the first line of a file.", true},
	{OpenSSLShortPhrase, "A pass phrase that locks a key has at least {min} characters, and the key was not written. `-passout pass:PHRASE` gives it on the line.", true},
	{OpenSSLVerify, "The two pass phrases differ, so the key was not written.", true},
	{OpenSSLNotLocked, "`{file}` is not under a pass phrase, which `openssl pkcs8` expects without `-nocrypt`. Add `-nocrypt`, or `-topk8` to make PKCS#8 of it.", true},
	{OpenSSLEncPhrase, "There was no pass phrase, or the second was another one. `-pass pass:PHRASE` gives it on the line, `-K` a key in hexadecimal.", true},
	{OpenSSLMagic, "The input is not what `openssl enc` writes under a pass phrase: that begins with `Salted__`. Other output needs its key with `-d -K KEY -iv IV`.", true},
	{OpenSSLNotText, "`{file}` has no readable {what} in it. `cat {file}` shows what it has.", true},
	{OpenSSLBefore, "`{option}` counts only behind `{first}`.", true},
	{OpenSSLUnfit, "`{file}` was not taken: {why}.", true},
	{OpenSSLFake, "`{file}` is a fake PEM: it has the handle {handle} in it and no private key. Only `-engine cloudhsm` signs with it, inside the cluster.", true},
	{OpenSSLSize, "The playground's openssl makes RSA keys of 2048 to 4096 bits in steps of 256, with an odd exponent from 65537 to 2147483647. Type `openssl genrsa -out my.key 2048`.", true},
	{OpenSSLCurve, "The playground's openssl knows no curve `{curve}`. It knows {known}. A line that would work: `{line}`.", true},
	{OpenSSLGroup, "The playground's openssl has one ready-made DSA group of 2048 bits and one of 3072. Searching for another takes minutes in a browser.", true},
	{OpenSSLDigest, "`{digest}` does not sign here, and nothing was written. `-sha256` is the usual one.", true},
	{OpenSSLSelfSigned, "The certificate is signed by its own key and is none of those in `-CAfile`. For such a certificate name it itself there: `openssl verify -CAfile {file} {file}`.", true},
	{OpenSSLSubject, "A subject is written as `/C=US/O=Example/CN=name`, with a backslash before a slash or plus sign inside a part. C has two letters, CN, O and OU at most 64 characters.", true},
	{OpenSSLOtherType, "The key is of type {type}. `openssl pkey` takes keys of any type.", true},
	{OpenSSLUnwrap, "The wrapped key does not open: the key, the cipher or the bytes are other ones than when it was wrapped. `-id-aes256-wrap` and `-id-aes256-wrap-pad` do not open each other's output.", true},
	{OpenSSLIV, "The playground's openssl wraps with the standard initial values only, and `{cipher}` got another. They are `A6A6A6A6A6A6A6A6`, and `A65959A6` for the ciphers that end in `-pad`.", true},
	{OpenSSLWrapLength, "`{cipher}` does not wrap {length} bytes. Without padding it takes multiples of 8 from 16 on; the ciphers that end in `-pad` take anything but nothing.", true},
	{OpenSSLNotDigest, "The input has {length} bytes, and the digest that was named has {size}: `pkeyutl` takes a digest, not a message. To sign a message, type `openssl dgst -sha256 -sign key.pem -out sig.bin message`.", true},
	{OpenSSLNoDigest, "PSS needs to know the digest. Add `-pkeyopt digest:sha256`.", true},
	{OpenSSLRSAOnly, "Only RSA keys encrypt here, and this is another one. `openssl pkey -in key.pem -text -noout` shows what a key is.", true},
	{OpenSSLDSA, "The playground's openssl does not sign with DSA keys. Use an RSA or EC key.", true},
	{OpenSSLRaw, "{type} signs a whole message and takes no digest: `openssl pkeyutl -sign -rawin -inkey key.pem -in message`.", true},
	{OpenSSLAgrees, "{type} keys sign nothing: they agree on a secret, with `openssl pkeyutl -derive`.", true},
	{OpenSSLTooShort, "The digest and its padding do not fit the RSA key. Use a longer key, a shorter digest or a shorter salt.", true},
	{EngineUnknown, "The playground's openssl has one engine, `cloudhsm`. It signs with keys of the cluster.", true},
	{EngineNoPassword, "The engine logs in as the crypto user that the variable `n3fips_password` names, and it is not set. Type `export n3fips_password=example_user:aws`.", true},
	{EngineForm, "The variable `n3fips_password` holds a user, a colon and a password. Type `export n3fips_password=example_user:aws`.", true},
	{EngineLogin, "The engine could not log `{user}` in: {why} Check `n3fips_password`, which is `USER:PASSWORD` of a crypto user.", true},
	{EngineNoDaemon, "The engine reaches no HSM: {why}. `hsm status` and `service cloudhsm-client status` show more.", true},
	{EngineRealKey, "`{file}` is a real private key, so the engine left it to openssl and the cluster did not sign. `getCaviumPrivKey` makes a file that stands for a key of the cluster.", false},
	{EngineKeyGone, "`{file}` stands for key {handle}, which `{user}` does not see: it was deleted, is a session key of another session, or belongs to somebody else. `findKey` in {kmu} lists the keys.", true},
	{EngineKeyOther, "`{file}` stands for key {handle}, but the key with this handle is another one. Make the file again with `getCaviumPrivKey -k {handle} -out {file}`.", true},
	{EngineKeyForbidden, "Key {handle} may not sign: its attribute SIGN is 0. `getAttribute -o {handle} -a 264` in {kmu} shows it.", true},
	{EngineQuorum, "Key {handle} asks for {m} approvals, and the engine has no way to bring them. Use a key that was made without `-m_value`.", true},
	{EngineSigned, "Signed inside the cluster with key {handle}, as `{user}`; the private key stayed there.", false},
}
