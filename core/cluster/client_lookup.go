package cluster

import (
	"slices"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// Key returns a key that the user may see, from the first reached HSM that has it. Errors as
// hsm.Key.
func (cl *Client) Key(handle uint32) (*hsm.Key, error) {
	return cl.ask("look up", handle, (*hsm.HSM).Key)
}

// OwnKey returns a key that the user owns. Errors as hsm.OwnKey.
func (cl *Client) OwnKey(handle uint32) (*hsm.Key, error) {
	return cl.ask("look up", handle, (*hsm.HSM).OwnKey)
}

// ask asks the reached HSMs in turn for a key until one has it.
func (cl *Client) ask(op string, handle uint32, get func(*hsm.HSM, uint64, uint32) (*hsm.Key, error)) (*hsm.Key, error) {
	if _, err := cl.primary(); err != nil {
		return nil, err
	}
	var last error
	for _, n := range cl.nodes() {
		k, err := get(n.HSM, cl.Session, handle)
		cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: op, Detail: handleText(handle), Code: retcode.Of(err)})
		if err == nil {
			return k, nil
		}
		last = err
		if retcode.Of(err) != retcode.BadHandle {
			break
		}
	}
	return nil, last
}

// Find returns the keys that the user may use and that match, each once, by slot, and what each HSM
// answered.
func (cl *Client) Find(match func(*hsm.Key) bool) ([]*hsm.Key, []Answer) {
	merged := &hsm.HSM{}
	fresh := func(k *hsm.Key) bool { return merged.At(k.Handle) == nil && match(k) }
	answers := cl.all("find", "", func(h *hsm.HSM) error {
		found, err := h.Find(cl.Session, fresh)
		for _, k := range found {
			merged.Put(k)
		}
		return err
	})
	return slices.DeleteFunc(merged.Keys, func(k *hsm.Key) bool { return k == nil }), answers
}

// Where asks every reached HSM whether it has a key that the user may see (findSingleKey).
func (cl *Client) Where(handle uint32) []Answer {
	return cl.all("look up", handleText(handle), func(h *hsm.HSM) error {
		_, err := h.Key(cl.Session, handle)
		return err
	})
}

// Delete removes a key of the user from every reached HSM; those that come back later remove it
// too. The error is the answer of the cluster before any HSM is told: hsm.DeletableKey's. Where one
// HSM has agreed, the others follow also if nobody is logged in there, so that the synchronisation
// does not bring the key back.
func (cl *Client) Delete(handle uint32) ([]Answer, error) {
	k, err := cl.ask("look up", handle, (*hsm.HSM).DeletableKey)
	if err != nil {
		return nil, err
	}
	answers := cl.all("delete", handleText(handle), func(h *hsm.HSM) error {
		if h.At(handle) != nil {
			h.LogKeys(hsm.CNDestroyObject, cl.Session, nil, handle)
			h.Erase(handle)
		}
		return nil
	})
	cl.group().bury(k)
	cl.cluster.unsure = true
	cl.cluster.settle()
	return answers, nil
}

// MakeToken turns a session key of the user into a token key and copies it to every reached HSM
// that accepts it. A token key stays as it is. Errors as hsm.OwnKey.
func (cl *Client) MakeToken(handle uint32) ([]Answer, error) {
	k, err := cl.OwnKey(handle)
	if err != nil {
		return nil, err
	}
	row, home := *k, cl.cluster.holder(k)
	row.Session = 0
	answers := cl.all("set attribute", handleText(handle), func(h *hsm.HSM) error {
		if k.Session != 0 {
			return cl.putToken(h, home, &row)
		}
		if h.At(handle) == nil {
			return retcode.BadHandle
		}
		return nil
	})
	cl.cluster.unsure = true
	cl.cluster.settle()
	return answers, nil
}

// putToken stores a key that was a session key till now, at its home and elsewhere.
func (cl *Client) putToken(h, home *hsm.HSM, row *hsm.Key) error {
	if h != home {
		if !h.Accepts(home, row) {
			return hsm.TooManyKeys
		}
		h.PutCopy(home, row)
		h.LogKeys(hsm.CNInsertMasked, cl.Session, nil, row.Handle)
		return nil
	}
	h.Put(row)
	h.LogKeys(hsm.CNModifyObject, cl.Session, nil, row.Handle)
	h.LogKeys(hsm.CNExtractMasked, cl.Session, nil, row.Handle)
	return nil
}

// Refuse records that every reached HSM refuses a call, and returns their answers.
func (cl *Client) Refuse(op string, code retcode.Code) []Answer {
	return cl.all(op, "", func(*hsm.HSM) error { return code })
}

// RefuseOne records that one HSM refuses something by policy before anything is made: the error,
// and the cluster block of such a refusal. Without a login the error is retcode.UserNotReady.
func (cl *Client) RefuseOne(op string) ([]Answer, error) {
	primary, err := cl.primary()
	if err != nil {
		return nil, err
	}
	if cl.Login == nil {
		return nil, retcode.UserNotReady
	}
	cl.cluster.record(Event{From: FromClient, Node: primary.HSM.Node, Op: op, Code: retcode.Policy})
	return refusalBlock(primary, retcode.Policy), retcode.Policy
}

// Member is an HSM of a cluster, as the others know it.
type Member struct {
	Node int
	IP   string
}

// Members lists the cluster of the HSM that answers, by node: also HSMs that are down. It needs no
// login.
func (cl *Client) Members() ([]Member, error) {
	n, err := cl.primary()
	if err != nil {
		return nil, err
	}
	cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: "cluster info"})
	var members []Member
	for _, other := range cl.cluster.GroupOf(n.HSM.Node).Nodes {
		members = append(members, Member{other.HSM.Node, other.IP})
	}
	return members, nil
}

// Facts returns what the HSM that answers for itself says of its hardware and counters: the first
// that is reached. It needs no login.
func (cl *Client) Facts() (hsm.Facts, error) {
	n, err := cl.primary()
	if err != nil {
		return hsm.Facts{}, err
	}
	cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: "info"})
	return n.HSM.Facts(), nil
}
