package openssl

import (
	"crypto/aes"
	stdcipher "crypto/cipher"
	"crypto/des"
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/rand"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"hash"
	"slices"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/mech/secret"
)

// keyCipher is a cipher that locks private keys, in CBC.
type keyCipher struct {
	name  string // as an option and, in capitals, in DEK-Info (RFC 1421, 4.6.1.3)
	also  string
	key   int // bytes
	oid   asn1.ObjectIdentifier
	block func(key []byte) (stdcipher.Block, error)
}

var keyCiphers = []*keyCipher{
	{"aes-128-cbc", "aes128", 16, asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 2}, aes.NewCipher},
	{"aes-192-cbc", "aes192", 24, asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 22}, aes.NewCipher},
	{"aes-256-cbc", "aes256", 32, asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 42}, aes.NewCipher},
	{"des-ede3-cbc", "des3", 24, asn1.ObjectIdentifier{1, 2, 840, 113549, 3, 7}, des.NewTripleDESCipher},
}

// The identifiers of PKCS#5 v2 (RFC 8018, A.2 to A.4, B.1.2).
var (
	oidPBES2  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 13}
	oidPBKDF2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 12}
	oidHMAC   = asn1.ObjectIdentifier{1, 2, 840, 113549, 2}
	hmacs     = []string{7: "sha1", 8: "sha224", 9: "sha256", 10: "sha384", 11: "sha512"} // by the last number of the identifier
)

const (
	lockedLabel = "ENCRYPTED PRIVATE KEY"
	saltSize    = 8    // bytes, of what is written
	lockRounds  = 2048 // of PBKDF2, of what is written
)

// keyCipherNamed returns the cipher of a name in whatever case, nil if there is none.
func keyCipherNamed(name string) *keyCipher {
	name = strings.ToLower(name)
	for _, x := range keyCiphers {
		if x.name == name || x.also == name {
			return x
		}
	}
	return nil
}

func keyCipherNames() []string {
	var names []string
	for _, x := range keyCiphers {
		names = append(names, x.also, x.name)
	}
	return names
}

// cbc encrypts or decrypts with PKCS#7's padding; false is for padding that is none.
func (x *keyCipher) cbc(key, iv, data []byte, decrypt bool) ([]byte, bool) {
	block, err := x.block(key)
	if err != nil || len(iv) != block.BlockSize() {
		return nil, false
	}
	return blockwise(block.BlockSize(), data, decrypt, true, func(out, in []byte) {
		if decrypt {
			stdcipher.NewCBCDecrypter(block, iv).CryptBlocks(out, in)
		} else {
			stdcipher.NewCBCEncrypter(block, iv).CryptBlocks(out, in)
		}
	})
}

// ivSize is the length of the cipher's initial value in bytes.
func (x *keyCipher) ivSize() int {
	block, err := x.block(make([]byte, x.key))
	if err != nil {
		panic("openssl: " + err.Error())
	}
	return block.BlockSize()
}

// bytesToKey is OpenSSL's EVP_BytesToKey with one round: a key from a pass phrase and a salt.
func bytesToKey(sum func([]byte) []byte, phrase, salt []byte, size int) (key []byte) {
	var last []byte
	for len(key) < size {
		last = sum(slices.Concat(last, phrase, salt))
		key = append(key, last...)
	}
	return key[:size]
}

func md5Sum(data []byte) []byte {
	sum := md5.Sum(data)
	return sum[:]
}

// isLocked reports whether a PEM block is under a pass phrase, in either format.
func isLocked(block *pem.Block) bool {
	return block.Type == lockedLabel || block.Headers["DEK-Info"] != "" || block.Headers["Proc-Type"] != ""
}

// seal is how a private key is locked.
type seal struct {
	cipher *keyCipher
	key    func(phrase []byte) []byte
	iv     []byte
	sealed []byte
	label  string // of the block that the open key stands in
}

// sealOf reads how a block is locked, false for a way that is not known.
func sealOf(block *pem.Block) (s seal, ok bool) {
	if block.Type == lockedLabel {
		p, sealed, ok := parseLocked(block.Bytes)
		return seal{p.cipher, p.key, p.iv, sealed, "PRIVATE KEY"}, ok
	}
	name, digits, _ := strings.Cut(block.Headers["DEK-Info"], ",")
	x := keyCipherNamed(strings.TrimSpace(name))
	iv, err := hex.DecodeString(strings.TrimSpace(digits))
	if x == nil || err != nil || len(iv) != x.ivSize() {
		return seal{}, false
	}
	key := func(phrase []byte) []byte { return bytesToKey(md5Sum, phrase, iv[:saltSize], x.key) }
	return seal{x, key, iv, block.Bytes, block.Type}, true
}

// open returns the key under its own label, false for another pass phrase.
func (s seal) open(phrase []byte) ([]byte, bool) {
	plain, ok := s.cipher.cbc(s.key(phrase), s.iv, s.sealed, true)
	if !ok || !secret.HoldsPrivate(plain) { // one of 256 wrong phrases ends in a padding
		return nil, false
	}
	return pemOf(s.label, plain), true
}

// lock returns a traditional key under a pass phrase (RFC 1421, 4.6.1).
func lock(label string, key []byte, x *keyCipher, phrase []byte) []byte {
	iv := drawn(x.ivSize())
	data, _ := x.cbc(bytesToKey(md5Sum, phrase, iv[:saltSize], x.key), iv, key, false)
	return pem.EncodeToMemory(&pem.Block{Type: label, Bytes: data, Headers: map[string]string{
		"Proc-Type": "4,ENCRYPTED", "DEK-Info": strings.ToUpper(x.name + "," + hex.EncodeToString(iv))}})
}

// drawn are random bytes.
func drawn(size int) []byte {
	data := make([]byte, size)
	rand.Read(data)
	return data
}

// pbes2 is how an EncryptedPrivateKeyInfo is locked (RFC 8018, A.4).
type pbes2 struct {
	cipher   *keyCipher
	prf      *digest
	salt, iv []byte
	rounds   int
}

// key is the key that a pass phrase gives.
func (p pbes2) key(phrase []byte) []byte {
	key, err := pbkdf2.Key(func() hash.Hash { return p.prf.hash.New() }, string(phrase), p.salt, p.rounds, p.cipher.key)
	if err != nil {
		panic("openssl: " + err.Error())
	}
	return key
}

// parseLocked takes an EncryptedPrivateKeyInfo apart (RFC 5958, 3), false for one that is locked in
// another way.
func parseLocked(data []byte) (p pbes2, sealed cryptobyte.String, ok bool) {
	input := cryptobyte.String(data)
	var fields, way, params, kdf, scheme cryptobyte.String
	var oid asn1.ObjectIdentifier
	ok = input.ReadASN1(&fields, der.SEQUENCE) && fields.ReadASN1(&way, der.SEQUENCE) &&
		way.ReadASN1ObjectIdentifier(&oid) && oid.Equal(oidPBES2) && way.ReadASN1(&params, der.SEQUENCE) &&
		params.ReadASN1(&kdf, der.SEQUENCE) && params.ReadASN1(&scheme, der.SEQUENCE) &&
		fields.ReadASN1(&sealed, der.OCTET_STRING) && p.readKDF(kdf) && p.readScheme(scheme)
	return p, sealed, ok
}

// readKDF reads PBKDF2 with its parameters (RFC 8018, A.2).
func (p *pbes2) readKDF(kdf cryptobyte.String) bool {
	var params, salt, prf cryptobyte.String
	var oid asn1.ObjectIdentifier
	if !kdf.ReadASN1ObjectIdentifier(&oid) || !oid.Equal(oidPBKDF2) || !kdf.ReadASN1(&params, der.SEQUENCE) ||
		!params.ReadASN1(&salt, der.OCTET_STRING) || !params.ReadASN1Integer(&p.rounds) ||
		params.PeekASN1Tag(der.INTEGER) && !params.SkipASN1(der.INTEGER) || p.rounds < 1 || p.rounds > kdfRoundsMax {
		return false
	}
	p.salt, p.prf = salt, digestNamed("sha1")
	if !params.ReadASN1(&prf, der.SEQUENCE) {
		return params.Empty()
	}
	if !prf.ReadASN1ObjectIdentifier(&oid) || len(oid) != len(oidHMAC)+1 || !oid[:len(oidHMAC)].Equal(oidHMAC) {
		return false
	}
	last := oid[len(oidHMAC)]
	if last >= len(hmacs) {
		return false
	}
	p.prf = digestNamed(hmacs[last])
	return p.prf != nil
}

// readScheme reads the cipher and its initial value (RFC 8018, B.2).
func (p *pbes2) readScheme(scheme cryptobyte.String) bool {
	var oid asn1.ObjectIdentifier
	var iv cryptobyte.String
	if !scheme.ReadASN1ObjectIdentifier(&oid) || !scheme.ReadASN1(&iv, der.OCTET_STRING) {
		return false
	}
	for _, x := range keyCiphers {
		if x.oid.Equal(oid) {
			p.cipher, p.iv = x, iv
		}
	}
	return p.cipher != nil && len(p.iv) == p.cipher.ivSize()
}

// lockPKCS8 returns an EncryptedPrivateKeyInfo as OpenSSL 3.0 makes it: PBKDF2 with HMAC of
// SHA-256.
func lockPKCS8(key []byte, x *keyCipher, rounds int, phrase []byte) []byte {
	p := pbes2{cipher: x, prf: sha256Digest(), salt: drawn(saltSize), iv: drawn(x.ivSize()), rounds: rounds}
	sealed, _ := x.cbc(p.key(phrase), p.iv, key, false)
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		addWay(b, oidPBES2, func(b *cryptobyte.Builder) {
			addWay(b, oidPBKDF2, func(b *cryptobyte.Builder) {
				b.AddASN1OctetString(p.salt)
				b.AddASN1Int64(int64(p.rounds))
				b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1ObjectIdentifier(append(slices.Clone(oidHMAC), slices.Index(hmacs, p.prf.name)))
					b.AddASN1NULL()
				})
			})
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(x.oid)
				b.AddASN1OctetString(p.iv)
			})
		})
		b.AddASN1OctetString(sealed)
	})
	return b.BytesOrPanic()
}

// addWay adds an AlgorithmIdentifier whose parameters are a SEQUENCE.
func addWay(b *cryptobyte.Builder, oid asn1.ObjectIdentifier, params func(*cryptobyte.Builder)) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oid)
		b.AddASN1(der.SEQUENCE, params)
	})
}
