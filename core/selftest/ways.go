package selftest

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/pbkdf2"
	"hash"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
)

// ways are how the answers are computed, by the word behind do. A way that looks at a signature
// returns nothing, or an error.
var ways = map[string]func(row) ([]byte, error){
	"ecdsa":   func(r row) ([]byte, error) { return nil, r.verify(mech.ECDSAWith(r.digest())) },
	"ed25519": func(r row) ([]byte, error) { return nil, r.verify(mech.Mechanism{Scheme: mech.Ed25519}) },
	"ed25519ph": func(r row) ([]byte, error) {
		return nil, r.verify(mech.Mechanism{Scheme: mech.Ed25519ph, Hash: crypto.SHA512})
	},
	"pkcs1": func(r row) ([]byte, error) { return nil, r.verify(mech.PKCS1(r.digest())) },
	"pss":   func(r row) ([]byte, error) { return nil, r.verify(mech.PSS(r.digest())) },
	"mldsa": func(r row) ([]byte, error) { return nil, r.verify(mech.Mechanism{Scheme: mech.MLDSA}) },
	"oaep":  row.oaep,
	"gcm": func(r row) ([]byte, error) {
		return r.unwrap(mech.WrapParams{Wrapping: mech.WrapGCM, IV: r.with, TagSize: 16})
	},
	"kw":   func(r row) ([]byte, error) { return r.unwrap(mech.WrapParams{Wrapping: mech.WrapNoPad}) },
	"kwp":  func(r row) ([]byte, error) { return r.unwrap(mech.WrapParams{Wrapping: mech.WrapPad}) },
	"ecb":  row.ecb,
	"cbc":  row.cbc,
	"hmac": row.hmac,
	"hash": func(r row) ([]byte, error) { return sum(r.digest().New(), r.input), nil },
	"pbkdf2": func(r row) ([]byte, error) {
		return pbkdf2.Key(r.digest().New, string(r.input), r.with, 1, len(r.expected))
	},
	"kcv-aes":  row.secretKCV,
	"kcv-pair": row.pairKCV,
}

// digest is the hash that the row names.
func (r row) digest() crypto.Hash {
	for _, h := range mech.Hashes {
		if h.String() == r.hash {
			return h
		}
	}
	panic("selftest: " + r.name + " names no hash")
}

// verify looks at the row's signature of its input.
func (r row) verify(m mech.Mechanism) error {
	public, err := mech.ParseAnyPublic(r.key)
	if err != nil {
		return err
	}
	return mech.Verify(public, m, r.input, r.with)
}

// unwrap decrypts the input with an AES key.
func (r row) unwrap(p mech.WrapParams) ([]byte, error) {
	key, err := secret.New(attr.AES, r.key)
	if err != nil {
		return nil, err
	}
	return secret.Unwrap(key, r.input, p)
}

func (r row) oaep() ([]byte, error) {
	private, err := secret.ParsePrivate(r.key)
	if err != nil {
		return nil, err
	}
	return secret.Unwrap(private, r.input, mech.WrapParams{Wrapping: mech.WrapOAEP, Hash: r.digest()})
}

func (r row) ecb() ([]byte, error) {
	block, err := aes.NewCipher(r.key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, len(r.input))
	block.Encrypt(out, r.input)
	return out, nil
}

func (r row) cbc() ([]byte, error) {
	block, err := aes.NewCipher(r.key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, len(r.input))
	cipher.NewCBCEncrypter(block, r.with).CryptBlocks(out, r.input)
	return out, nil
}

func (r row) hmac() ([]byte, error) {
	return sum(hmac.New(r.digest().New, r.key), r.input), nil
}

// sum is what a hash makes of an input.
func sum(h hash.Hash, input []byte) []byte {
	h.Write(input)
	return h.Sum(nil)
}

func (r row) secretKCV() ([]byte, error) {
	key, err := secret.New(attr.AES, r.input)
	if err != nil {
		return nil, err
	}
	return key.KCV, nil
}

func (r row) pairKCV() ([]byte, error) {
	public, err := mech.ParseAnyPublic(r.input)
	if err != nil {
		return nil, err
	}
	return public.KCV, nil
}
