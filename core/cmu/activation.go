package cmu

import (
	"hsmplay/core/cluster"
	"hsmplay/core/voice"
)

// uninitialized reports whether the cluster still waits for the customer's certificate: nobody can
// log in.
func uninitialized(t *Tool) bool { return t.cluster.State() == cluster.Uninitialized }

// anchorNote explains a channel that is not encrypted.
func (t *Tool) anchorNote(s *server) voice.Note {
	switch {
	case uninitialized(t):
		return voice.Say(voice.NotInitialized)
	case s.E2E.Anchor == "":
		return voice.Say(voice.CMUNoAnchor, "server", s.number, "default", Anchor)
	case t.cluster.Request() != nil:
		return voice.Say(voice.OwnAnchorMissing, "file", s.E2E.Anchor)
	}
	return voice.Say(voice.CMUAnchor, "file", s.E2E.Anchor)
}

// activation returns what to ask at the end of a change: whether it has activated the cluster.
func (t *Tool) activation() func() *voice.Note {
	before := t.cluster.State()
	return func() *voice.Note {
		if before == cluster.Initialized && t.cluster.State() == cluster.Active {
			return say(voice.Activated)
		}
		return nil
	}
}
