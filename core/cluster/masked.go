package cluster

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

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

// masking is with what the HSMs mask. Masked objects call the clusters that open them by their
// lineage and a fingerprint of the secret, since clusters of one seed share the id.
func (c *Cluster) masking() hsm.Masking {
	name := c.Lineage + " " + hex.EncodeToString(c.derive("name")[:8])
	return hsm.Masking{Name: name, Key: c.derive("masked object")}
}

// Mask returns a key of the user as an object that only this cluster and its clones can open. The
// key need not be extractable. Errors as hsm.Mask.
func (cl *Client) Mask(handle uint32) (object []byte, err error) {
	_, err = cl.ask("mask", handle, func(h *hsm.HSM, session uint64, handle uint32) (*hsm.Key, error) {
		object, err = h.Mask(session, handle, cl.cluster.masking())
		return nil, err
	})
	return object, err
}

// Unmask opens a masked object: what the key is to be like, and its material. Errors as hsm.Unmask.
func (cl *Client) Unmask(object []byte) (hsm.Template, *hsm.Arrival, error) {
	primary, err := cl.ready()
	if err != nil {
		return hsm.Template{}, nil, err
	}
	return primary.HSM.Unmask(cl.Session, object, cl.cluster.masking())
}

// IsMasked reports whether a file begins as a masked object does, and whether it is of this
// cluster.
func (c *Cluster) IsMasked(object []byte) (here, masked bool) { return c.masking().IsMasked(object) }
