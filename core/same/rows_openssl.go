package same

// Parts of the cells of OpenSSL.
const (
	padded   = "(cat key.bin; printf '\\010%.0s' 1 2 3 4 5 6 7 8) > padded.bin\n" // PKCS#5 of whole blocks of 8 bytes
	unpadded = "\nhead -c -8 padded.bin > key.bin"
	eights   = "For OpenSSL the padding is written out, as it is for whole blocks of 8 bytes."
	alone    = "The instance's openssl, a part of the real one, lacks this."
	noIV     = "-i has no counterpart: the CLI always takes the default IV, the only one that -i takes."
	oaepOpts = " -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:"
)

// oaepWrap encrypts a file to an RSA key.
func oaepWrap(digest, in, out string) string {
	return "openssl pkeyutl -encrypt -pubin -inkey public.pem" + oaepOpts + digest + " -pkeyopt rsa_mgf1_md:" + digest + " -in " + in + " -out " + out
}

// oaepUnwrap opens one.
func oaepUnwrap(digest, in, out string) string {
	return "openssl pkeyutl -decrypt -inkey private.pem" + oaepOpts + digest + " -pkeyopt rsa_mgf1_md:" + digest + " -in " + in + " -out " + out
}

// hybridWrap is CKM_RSA_AES_KEY_WRAP: a fresh AES key encrypted to the RSA key, and behind it the
// payload wrapped by that one (PKCS#11 v3.0, 2.1.21).
func hybridWrap(digest, out string) string {
	return "openssl rand -out kek.bin 32\n" + oaepWrap(digest, "kek.bin", "kek.enc") + "\n" +
		"openssl enc -e -id-aes256-wrap-pad -K $(xxd -p -c 64 kek.bin) -iv A65959A6 -in key.bin -out key.enc\n" +
		"cat kek.enc key.enc > " + out
}

// hybridUnwrap opens one of an RSA key of 2048 bits.
func hybridUnwrap(digest, in string) string {
	return "head -c 256 " + in + " > kek.enc\n" + oaepUnwrap(digest, "kek.enc", "kek.bin") + "\n" +
		"tail -c +257 " + in + " | openssl enc -d -id-aes256-wrap-pad -K $(xxd -p -c 64 kek.bin) -iv A65959A6 -out key.bin"
}
