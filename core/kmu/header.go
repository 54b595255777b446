package kmu

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// header stands in front of what wrapKey encrypts and carries the attributes of the key. The
// vendor's layout is not public; this one is our own, of the documented length (spec/kmu.md 3.25):
//
//	8   HSMWRAP and the version of the layout, 1
//	1   class
//	1   type
//	4   flags, big endian
//	12  IV of AES_GCM, zeros for the other mechanisms
//	1   length of the label
//	1   length of the id
//	n   label, id, zeros
//	8   head of SHA-256 over all before and the encrypted key
type header struct {
	class attr.Class
	typ   attr.KeyType
	flags attr.Flags
	iv    []byte
	label string
	id    string
}

const (
	headerMagic    = "HSMWRAP\x01"
	headerText     = len(headerMagic) + 1 + 1 + 4 + mech.GCMIVSize + 1 + 1 // where label and id begin
	headerChecksum = 8
)

// headerSizes are the documented lengths in bytes (spec/kmu.md 3.25).
var headerSizes = map[attr.Class]int{attr.Secret: 267, attr.PrivateKey: 284}

var (
	errNoHeader   = errors.New("no header")
	errHeaderText = errors.New("label and id are too long for the header")
)

// headerOf returns the header of a key.
func headerOf(k *hsm.Key, iv []byte) header {
	return header{k.Material.Class, k.Material.Type, k.Flags, iv, k.Label, k.ID}
}

// textMax is how many bytes label and id may have together.
func (h header) textMax() int { return headerSizes[h.class] - headerText - headerChecksum }

// put returns the header followed by the encrypted key. It fails with errHeaderText where label and
// id do not fit.
func (h header) put(blob []byte) ([]byte, error) {
	if len(h.label)+len(h.id) > h.textMax() || len(h.label) > 255 || len(h.id) > 255 {
		return nil, errHeaderText
	}
	out := make([]byte, headerSizes[h.class], headerSizes[h.class]+len(blob))
	at := copy(out, headerMagic)
	out[at], out[at+1] = byte(h.class), byte(h.typ)
	binary.BigEndian.PutUint32(out[at+2:], uint32(h.flags))
	copy(out[at+6:], h.iv)
	out[headerText-2], out[headerText-1] = byte(len(h.label)), byte(len(h.id))
	copy(out[headerText:], h.label+h.id)
	end := len(out) - headerChecksum
	copy(out[end:], checksum(out[:end], blob))
	return append(out, blob...), nil
}

// cutHeader parts a file into its header and the encrypted key. It fails with errNoHeader, or with
// mech.ErrIntegrity for one that was damaged.
func cutHeader(file []byte) (h header, blob []byte, err error) {
	if len(file) < headerText || !bytes.HasPrefix(file, []byte(headerMagic)) {
		return h, nil, errNoHeader
	}
	at := len(headerMagic)
	h.class, h.typ = attr.Class(file[at]), attr.KeyType(file[at+1])
	size, ok := headerSizes[h.class]
	if !ok || len(file) < size {
		return h, nil, mech.ErrIntegrity
	}
	end := size - headerChecksum
	blob = file[size:]
	labelEnd := headerText + int(file[headerText-2])
	idEnd := labelEnd + int(file[headerText-1])
	if idEnd > end || !bytes.Equal(checksum(file[:end], blob), file[end:size]) {
		return h, nil, mech.ErrIntegrity
	}
	h.flags = attr.Flags(binary.BigEndian.Uint32(file[at+2:]))
	h.iv = file[at+6 : at+6+mech.GCMIVSize]
	h.label, h.id = string(file[headerText:labelEnd]), string(file[labelEnd:idEnd])
	return h, blob, nil
}

func checksum(head, blob []byte) []byte {
	hash := sha256.New()
	hash.Write(head)
	hash.Write(blob)
	return hash.Sum(nil)[:headerChecksum]
}

// Wrapped is what the header of a wrapped key tells without the wrapping key.
type Wrapped struct {
	Class     attr.Class
	Type      attr.KeyType
	Label, ID string
}

// ReadWrapped reads the header of a file that wrapKey wrote; false for any other file.
func ReadWrapped(file []byte) (Wrapped, bool) {
	h, _, err := cutHeader(file)
	return Wrapped{h.class, h.typ, h.label, h.id}, err == nil
}
