package cluster

import (
	"context"
	"errors"

	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// Call is an operation on keys that one HSM carries out for the client: the first one reached that
// has the keys. Begun with one of the client's services, it is computed by Work, without the
// world's lock where it is slow, and over with Finish.
type Call[T any] struct {
	client *Client
	job    *hsm.Job[T]
	record func(error)
}

// Refused returns why the HSM refuses the operation from the start, nil while it may be computed.
func (c *Call[T]) Refused() error { return c.job.Err }

// Slow reports whether Work may take longer than a frame.
func (c *Call[T]) Slow() bool { return c.job.Err == nil && c.job.Slow }

// Work computes. It touches nothing of the cluster.
func (c *Call[T]) Work() { c.job.Work(context.Background()) }

// Finish ends the operation and returns what was computed, or why not: what the HSM's service says,
// and the errors of a client without HSMs.
func (c *Call[T]) Finish() (T, error) {
	refused := c.job.Err != nil
	value, err := c.job.Finish()
	if !refused {
		c.record(err)
	}
	for _, k := range c.job.Used { // approvals were given for one use, not for one on each HSM
		c.client.spend(k)
	}
	return value, err
}

// begin asks the reached HSMs in turn until one has the keys: the one that the call is about, and
// the one that wraps or unwraps it. What that HSM allows, the client does where enough HSMs have
// the keys.
func begin[T any](cl *Client, op string, handle, with uint32, ask func(*hsm.HSM) *hsm.Job[T], args ...Arg) *Call[T] {
	if _, err := cl.primary(); err != nil {
		return &Call[T]{job: &hsm.Job[T]{Err: err}}
	}
	var c *Call[T]
	command, terminal := cl.cluster.Command, cl.cluster.Terminal // it may end while another terminal's command runs
	if with != 0 {
		args = append(args, Arg{Name: "with key", Value: handleText(with)})
	}
	for _, n := range cl.nodes() {
		node := n.HSM.Node
		c = &Call[T]{client: cl, job: ask(n.HSM), record: func(err error) {
			cl.cluster.record(Event{Command: command, Terminal: terminal, From: FromClient, Node: node, Op: op,
				Detail: handleText(handle), Args: args, Code: retcode.Of(err)})
		}}
		if c.job.Err == nil {
			c.job.Err = cl.available(handle, with)
		}
		if c.job.Err == nil {
			break
		}
		c.record(c.job.Err)
		if !absent(c.job.Err) {
			break
		}
	}
	return c
}

// absent reports whether an HSM does not have a key, so that another one may be asked.
func absent(err error) bool {
	var refusal hsm.Refusal
	return errors.As(err, &refusal) && refusal.Reason == hsm.NoSuchKey
}

// Sign signs with a key that the user may use. Errors as hsm.Sign.
func (cl *Client) Sign(r hsm.SignRequest) *Call[[]byte] {
	return begin(cl, "sign", r.Handle, 0, func(h *hsm.HSM) *hsm.Job[[]byte] { return h.Sign(cl.Session, r) },
		signing(r)...)
}

// Verify verifies with a public key. Errors as hsm.Verify.
func (cl *Client) Verify(r hsm.SignRequest) *Call[struct{}] {
	return begin(cl, "verify", r.Handle, 0, func(h *hsm.HSM) *hsm.Job[struct{}] { return h.Verify(cl.Session, r) },
		append(signing(r), sized("signature", r.Signature))...)
}

// Permits returns nil if keys may be wrapped and unwrapped in this way, whatever the keys. Errors
// as hsm.Permits.
func (cl *Client) Permits(w mech.Wrapping) error {
	primary, err := cl.primary()
	if err != nil {
		return err
	}
	if err = primary.HSM.Permits(cl.Session, w); err != nil {
		cl.cluster.record(Event{From: FromClient, Node: primary.HSM.Node, Op: "wrap", Code: retcode.Of(err)})
	}
	return err
}

// Wrap encrypts a key of the user with another one. Errors as hsm.Wrap.
func (cl *Client) Wrap(r hsm.WrapRequest) *Call[hsm.Wrapped] {
	return begin(cl, "wrap", r.Handle, r.With, func(h *hsm.HSM) *hsm.Job[hsm.Wrapped] { return h.Wrap(cl.Session, r) },
		Arg{Name: "mechanism", Value: string(r.Params.Wrapping)})
}

// Unwrap decrypts a wrapped key; [Client.Create] makes it one of the cluster. Errors as hsm.Unwrap.
func (cl *Client) Unwrap(r hsm.UnwrapRequest) *Call[*hsm.Arrival] {
	return begin(cl, "unwrap", r.With, 0, func(h *hsm.HSM) *hsm.Job[*hsm.Arrival] { return h.Unwrap(cl.Session, r) },
		Arg{Name: "mechanism", Value: string(r.Params.Wrapping)}, sized("wrapped key", r.Blob))
}

// Import brings a key of the host's into an HSM; [Client.Create] makes it one of the cluster.
// Errors as hsm.Import.
func (cl *Client) Import(r hsm.ImportRequest) *Call[*hsm.Arrival] {
	r.KEK = cl.cluster.KEK()
	return begin(cl, "unwrap", r.With, 0, func(h *hsm.HSM) *hsm.Job[*hsm.Arrival] { return h.Import(cl.Session, r) })
}

// Export returns a key of the user in plain form. Errors as hsm.Export.
func (cl *Client) Export(r hsm.ExportRequest) *Call[hsm.Exported] {
	return begin(cl, "wrap", r.Handle, r.With, func(h *hsm.HSM) *hsm.Job[hsm.Exported] { return h.Export(cl.Session, r) })
}

// ExportPublic returns a public key that may leave the HSM. Errors as hsm.ExportPublic.
func (cl *Client) ExportPublic(handle uint32) (*hsm.Key, error) {
	return cl.ask("export", handle, func(h *hsm.HSM, session uint64, handle uint32) (*hsm.Key, error) {
		return h.ExportPublic(session, handle)
	})
}

// WrapData wraps data of the host. Errors as hsm.WrapData.
func (cl *Client) WrapData(r hsm.DataRequest) *Call[[]byte] {
	return begin(cl, "wrap", r.With, 0, func(h *hsm.HSM) *hsm.Job[[]byte] { return h.WrapData(cl.Session, r) }, secret("data", r.Data))
}

// UnwrapData takes back what WrapData has done. Errors as hsm.UnwrapData.
func (cl *Client) UnwrapData(r hsm.DataRequest) *Call[[]byte] {
	return begin(cl, "wrap", r.With, 0, func(h *hsm.HSM) *hsm.Job[[]byte] { return h.UnwrapData(cl.Session, r) }, sized("data", r.Data))
}
