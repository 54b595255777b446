package cluster

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// maskMagic begins a masked object: a name and the version of the format.
const maskMagic = "HSMPLAY MASKED 2\n"

// MaskedMax is the largest masked object that is looked at, in bytes.
const MaskedMax = 64 << 10

// masked is what a masked object holds, encrypted (spec/kmu.md 6, question 10). Users are in it by name: their numbers may
// be somebody else's on another HSM.
type masked struct {
	Class     attr.Class
	Type      attr.KeyType
	Bytes     []byte
	Flags     attr.Flags
	Label     string
	ID        string
	Owner     string
	Shared    []string
	MValue    int
	InSession bool
}

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
	return must(mech.NewSecret(attr.AES, c.derive("key encryption key")))
}

func (c *Cluster) maskCipher() cipher.AEAD {
	return must(cipher.NewGCM(must(aes.NewCipher(c.derive("masked object")))))
}

// Mask returns a key of the user as an object that only this cluster and its clones can open, AES-GCM under its masking secret. The key
// need not be extractable. Errors as hsm.OwnKey.
func (cl *Client) Mask(handle uint32) ([]byte, error) {
	var home *hsm.HSM
	k, err := cl.ask("mask", handle, func(h *hsm.HSM, session uint64, handle uint32) (*hsm.Key, error) {
		home = h
		k, err := h.OwnKey(session, handle)
		if retcode.Of(err) != retcode.BadHandle {
			h.LogKeys(hsm.CNExtractMasked, session, err, handle)
		}
		return k, err
	})
	if err != nil {
		return nil, err
	}
	object := masked{k.Material.Class, k.Material.Type, k.Material.Bytes, k.Flags, k.Label, k.ID,
		home.UserName(k.Owner), nil, k.MValue, k.Session != 0}
	for _, id := range k.Shared {
		object.Shared = append(object.Shared, home.UserName(id))
	}
	content := must(json.Marshal(object)) // plain data always marshals
	head := append([]byte(maskMagic), cl.cluster.maskName()+"\n"...)
	nonce := make([]byte, 12)
	rand.Read(nonce)
	return cl.cluster.maskCipher().Seal(append(head, nonce...), nonce, content, head), nil
}

// Unmask opens a masked object: what the key is to be like, and its material. It fails with retcode.UserNotReady without a
// login, retcode.BadHandle for an object of another cluster, retcode.AccessDenied for another user's, and
// retcode.BadPKCSData for anything else than a whole object.
func (cl *Client) Unmask(object []byte) (hsm.Template, *mech.Material, error) {
	if cl.Login == nil {
		return hsm.Template{}, nil, retcode.UserNotReady
	}
	m, err := cl.cluster.openMasked(object)
	if err != nil {
		return hsm.Template{}, nil, err
	}
	if !cl.Login.Named(m.Owner) {
		return hsm.Template{}, nil, retcode.AccessDenied
	}
	material, err := mech.Load(m.Class, m.Type, m.Bytes)
	if err != nil {
		return hsm.Template{}, nil, retcode.BadPKCSData
	}
	return hsm.Template{Class: m.Class, Type: m.Type, Size: material.Size(), Label: m.Label, ID: m.ID, Shared: cl.idsOf(m.Shared),
		MValue: m.MValue, InSession: m.InSession, Imported: true, Flags: m.Flags}, material, nil
}

// IsMasked reports whether a file begins as a masked object does, and whether it is of this cluster.
func (c *Cluster) IsMasked(object []byte) (here, masked bool) {
	name, _, ok := cutMasked(object)
	return ok && name == c.maskName(), ok
}

// openMasked decrypts a masked object.
func (c *Cluster) openMasked(object []byte) (m masked, err error) {
	name, rest, ok := cutMasked(object)
	switch {
	case !ok:
		return m, retcode.BadPKCSData
	case name != c.maskName():
		return m, retcode.BadHandle
	}
	head := object[:len(object)-len(rest)]
	content, err := c.maskCipher().Open(nil, rest[:12], rest[12:], head)
	if err != nil || json.Unmarshal(content, &m) != nil {
		return m, retcode.BadPKCSData
	}
	return m, nil
}

// maskName is what masked objects call the clusters that open them: their lineage, and a fingerprint of the secret, since
// clusters of one seed share the id.
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

// idsOf returns the ids of those users who are crypto users on the HSM that makes keys.
func (cl *Client) idsOf(names []string) []int {
	primary, err := cl.primary()
	if err != nil {
		return nil
	}
	var ids []int
	for _, name := range names {
		if u := primary.HSM.UserNamed(hsm.CU, name); u != nil {
			ids = append(ids, u.ID)
		}
	}
	return ids
}
