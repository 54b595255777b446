package cluster

import (
	"fmt"

	"hsmplay/core/retcode"
)

// The availability of keys is the client's policy: a key that few HSMs have is lost with them. For
// the tools of the daemon it is the configuration's create_object_minimum_nodes, which -min_srv may
// raise, and it is about making keys alone: what is there is used (spec/cmu.md 6.5). A client with
// connections of its own brings its own number, and keys that are on fewer HSMs it does not use
// either (spec/cloudhsm-cli.md, key availability).

// NotAvailable is the refusal to use a token key that too few HSMs have. It unwraps to
// retcode.ServerUnavailable.
type NotAvailable struct {
	Handle     uint32
	Have, Need int // HSMs
}

// Error names the key.
func (e NotAvailable) Error() string {
	return fmt.Sprintf("key %d is on %d HSMs and must be on %d", e.Handle, e.Have, e.Need)
}

// Unwrap returns the code.
func (e NotAvailable) Unwrap() error { return retcode.ServerUnavailable }

// least is on how many HSMs a new token key must be to count, whatever a command asks for.
func (cl *Client) least() int {
	if cl.daemon() {
		return cl.cluster.Settings.MinServers
	}
	return cl.Least
}

// available returns nil if keys may be used: enough HSMs have them, or they are session keys, which
// only one has. 0 is no key. It fails with NotAvailable.
func (cl *Client) available(handles ...uint32) error {
	if cl.daemon() || cl.Least <= 1 {
		return nil
	}
	for _, handle := range handles {
		have := 0
		for _, n := range cl.nodes() {
			k := n.HSM.At(handle)
			switch {
			case k == nil:
			case k.Session != 0:
				have = cl.Least
			default:
				have++
			}
		}
		if have > 0 && have < cl.Least {
			return NotAvailable{handle, have, cl.Least}
		}
	}
	return nil
}
