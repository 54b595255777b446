package cluster

import (
	"fmt"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// Key returns a key that the user owns or may use.
func (s *Server) Key(handle uint32) (k *hsm.Key, err error) {
	err = s.call("look up", handleText(handle), func(h *hsm.HSM) error {
		k, err = h.ReadKey(s.Session, handle)
		return err
	})
	return k, err
}

// KeysOf returns the keys of a user, 0 for all, and a digest of whose all keys are.
func (s *Server) KeysOf(user int) (keys []hsm.Listed, hash [32]byte, err error) {
	err = s.call("find", fmt.Sprint(user), func(h *hsm.HSM) error {
		keys, err = h.KeysOf(s.Session, user)
		hash = h.KeyHash()
		return err
	})
	return keys, hash, err
}

// Share shares a key of the user with others, or takes it back.
func (s *Server) Share(handle uint32, users []int, share bool) error {
	return s.call("share", handleText(handle), func(h *hsm.HSM) error { return h.Share(s.Session, handle, users, share) })
}

// SetAttribute changes an attribute of a key.
func (s *Server) SetAttribute(handle uint32, a attr.Attr, value string) error {
	return s.call("set attribute", handleText(handle), func(h *hsm.HSM) error {
		return h.SetAttribute(s.Session, handle, a, value)
	})
}

// ExtractKey returns a key to copy.
func (s *Server) ExtractKey(handle uint32) (k *hsm.Key, err error) {
	err = s.call("extract", handleText(handle), func(h *hsm.HSM) error {
		k, err = h.ExtractKey(s.Session, handle)
		return err
	})
	return k, err
}

// InsertKey stores a copy of a key as ExtractKey has returned it. It fails with retcode.BadHandle for one that is gone.
func (s *Server) InsertKey(k *hsm.Key) error {
	return s.changed(s.call("insert", handleText(k.Handle), func(h *hsm.HSM) error {
		from := s.cluster.holder(k)
		if from == nil {
			return retcode.BadHandle
		}
		return h.InsertKey(s.Session, from, k)
	}))
}
