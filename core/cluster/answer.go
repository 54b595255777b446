package cluster

import (
	"slices"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// Answer is what one node said. A nil error is success.
type Answer struct {
	Node int
	Err  error // a retcode.Code inside
}

// Code returns the return code of the answer.
func (a Answer) Code() retcode.Code { return retcode.Of(a.Err) }

// Reply is an answer with what was asked for, which counts where the error is nil.
type Reply[T any] struct {
	Answer
	Value T
}

// FirstError returns the first refusal among answers. Where no node answered at all it is
// retcode.ServerUnavailable.
func FirstError(answers []Answer) error {
	if len(answers) == 0 {
		return retcode.ServerUnavailable
	}
	for _, a := range answers {
		if a.Err != nil {
			return a.Err
		}
	}
	return nil
}

// Accepted returns nil where a node has accepted: a call that counts then. Otherwise it is
// FirstError.
func Accepted(answers []Answer) error {
	if slices.ContainsFunc(answers, func(a Answer) bool { return a.Err == nil }) {
		return nil
	}
	return FirstError(answers)
}

// Value returns what the first node that accepted has replied. Where none has, the error is that of
// [FirstError].
func Value[T any](replies []Reply[T]) (T, error) {
	for _, r := range replies {
		if r.Err == nil {
			return r.Value, nil
		}
	}
	var none T
	return none, FirstError(Answers(replies))
}

// Answers returns replies without their values.
func Answers[T any](replies []Reply[T]) []Answer {
	var answers []Answer
	for _, r := range replies {
		answers = append(answers, r.Answer)
	}
	return answers
}

// each calls f on each HSM that the client reaches, one after the other and whatever the others
// say, and records the answers; args are what they are asked with beside the detail.
func each[T any](cl *Client, op, detail string, f func(*hsm.HSM) (T, error), args ...Arg) []Reply[T] {
	var replies []Reply[T]
	sweep := Sweep[*Node]{Ahead: cl.nodes(), Do: func(n *Node) error {
		value, err := f(n.HSM)
		replies = append(replies, Reply[T]{Answer{n.HSM.Node, err}, value})
		cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: op, Detail: detail, Args: args, Code: retcode.Of(err)})
		return err
	}}
	sweep.Run(GoOn)
	return replies
}

// all is each for calls that reply nothing.
func (cl *Client) all(op, detail string, f func(*hsm.HSM) error, args ...Arg) []Answer {
	return Answers(each(cl, op, detail, func(h *hsm.HSM) (struct{}, error) { return struct{}{}, f(h) }, args...))
}

// changed lets the consequences of a change happen: an HSM may take other keys now. It passes the
// answers on.
func (cl *Client) changed(answers []Answer) []Answer {
	cl.cluster.unsure = true
	cl.cluster.settle()
	return answers
}
