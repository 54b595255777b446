package cluster

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// maskMagic begins a masked object: a name and the version of the format.
const maskMagic = "HSMPLAY MASKED 2\n"

// MaskedMax is the largest masked object that is looked at, in bytes.
const MaskedMax = 64 << 10

// newMaskKey returns a fresh masking secret.
func newMaskKey() []byte {
	key := make([]byte, 32)
	rand.Read(key) // never fails
	return key
}

// derive returns 32 bytes for one use of the masking secret.
func (c *Cluster) derive(use string) []byte {
	return must(hkdf.Key(sha256.New, c.MaskKey, []byte(c.Lineage), use, 32)) // only lengths can be wrong
}

// KEK returns the cluster's built-in wrapping key, which tools call handle 4.
func (c *Cluster) KEK() *mech.Material {
	return must(hsm.BuiltIn(c.derive("key encryption key")))
}

func (c *Cluster) maskCipher() cipher.AEAD {
	return must(cipher.NewGCM(must(aes.NewCipher(c.derive("masked object")))))
}

// Mask returns a key of the user as an object that only this cluster and its clones can open,
// AES-GCM under its masking secret. The key need not be extractable. Errors as hsm.OwnKey.
func (cl *Client) Mask(handle uint32) (object []byte, err error) {
	_, err = cl.ask("mask", handle, func(h *hsm.HSM, session uint64, handle uint32) (*hsm.Key, error) {
		object, err = h.Mask(session, handle, cl.cluster.seal)
		return nil, err
	})
	return object, err
}

// seal encrypts what a masked object holds.
func (c *Cluster) seal(content []byte) []byte {
	head := append([]byte(maskMagic), c.maskName()+"\n"...)
	nonce := make([]byte, 12)
	rand.Read(nonce)
	return c.maskCipher().Seal(append(head, nonce...), nonce, content, head)
}

// Unmask opens a masked object: what the key is to be like, and its material. It fails with
// retcode.UserNotReady without a login, retcode.BadHandle for an object of another cluster,
// retcode.AccessDenied for another user's, and retcode.BadPKCSData for anything else than a whole
// object.
func (cl *Client) Unmask(object []byte) (hsm.Template, *hsm.Arrival, error) {
	if cl.Login == nil {
		return hsm.Template{}, nil, retcode.UserNotReady
	}
	content, err := cl.cluster.openMasked(object)
	if err != nil {
		return hsm.Template{}, nil, err
	}
	primary, err := cl.primary()
	if err != nil {
		return hsm.Template{}, nil, err
	}
	return primary.HSM.Unmask(cl.Session, content)
}

// IsMasked reports whether a file begins as a masked object does, and whether it is of this
// cluster.
func (c *Cluster) IsMasked(object []byte) (here, masked bool) {
	name, _, ok := cutMasked(object)
	return ok && name == c.maskName(), ok
}

// openMasked decrypts a masked object.
func (c *Cluster) openMasked(object []byte) ([]byte, error) {
	name, rest, ok := cutMasked(object)
	switch {
	case !ok:
		return nil, retcode.BadPKCSData
	case name != c.maskName():
		return nil, retcode.BadHandle
	}
	head := object[:len(object)-len(rest)]
	content, err := c.maskCipher().Open(nil, rest[:12], rest[12:], head)
	if err != nil {
		return nil, retcode.BadPKCSData
	}
	return content, nil
}

// maskName is what masked objects call the clusters that open them: their lineage, and a
// fingerprint of the secret, since clusters of one seed share the id.
func (c *Cluster) maskName() string {
	return c.Lineage + " " + hex.EncodeToString(c.derive("name")[:8])
}

// cutMasked parts a masked object into the name of its cluster and what is encrypted, nonce first.
func cutMasked(object []byte) (name string, rest []byte, ok bool) {
	if len(object) > MaskedMax || len(object) < len(maskMagic) || string(object[:len(maskMagic)]) != maskMagic {
		return "", nil, false
	}
	rest = object[len(maskMagic):]
	end := slices.Index(rest, '\n')
	if end < 0 || len(rest)-end-1 < 12 {
		return "", nil, false
	}
	return string(rest[:end]), rest[end+1:], true
}
