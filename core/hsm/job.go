package hsm

import "context"

// Job is an operation on keys on its way. It is asked for, computed by Work, and over with Finish:
// so the world's lock need not be held while large numbers are worked with. What an operation has
// given out is not taken back: approvals are spent in the end, and only where it has succeeded.
type Job[T any] struct {
	Err  error  // why the HSM refuses it from the start; nil: to be computed
	Slow bool   // Work may take longer than a frame
	Used []*Key // once finished: the keys whose approvals were spent

	work   func(context.Context)
	finish func() (T, error)
}

// Work computes. It touches nothing of the HSM. Only the making of keys heeds that ctx is over.
func (j *Job[T]) Work(ctx context.Context) {
	if j.Err == nil {
		j.work(ctx)
	}
}

// Finish ends the operation: the HSM is asked once more, since it may have changed meanwhile,
// spends the approvals, and records it. It returns what was computed, or why not.
func (j *Job[T]) Finish() (T, error) {
	var none T
	if j.Err != nil {
		return none, j.Err
	}
	value, err := j.finish()
	if err != nil {
		j.Err = err
		return none, err
	}
	return value, nil
}

// newJob asks for the keys of an operation. What ask returns beside an error is for the audit log.
func newJob[T any](h *HSM, session uint64, ask func() ([]use, error), work func([]use) (T, error)) *Job[T] {
	return newJobUntil(h, session, ask, work, func(uses []use, _ T) []*Key { return h.spendAll(uses) })
}

// newJobUntil is newJob for an operation that is not over with its result: done sees to the
// approvals.
func newJobUntil[T any](h *HSM, session uint64, ask func() ([]use, error), work func([]use) (T, error), done func([]use, T) []*Key) *Job[T] {
	uses, err := ask()
	if err != nil {
		h.logUses(session, uses, err)
		return &Job[T]{Err: err}
	}
	var value T
	var fault error
	j := &Job[T]{work: func(context.Context) { value, fault = work(uses) }}
	j.finish = func() (T, error) {
		uses, err := ask()
		if err == nil {
			err = fault
		}
		h.logUses(session, uses, err)
		if err == nil {
			j.Used = done(uses, value)
		}
		return value, err
	}
	return j
}

// spendAll spends the approvals of all keys that an operation has used, and returns the keys.
func (h *HSM) spendAll(uses []use) []*Key {
	var keys []*Key
	for _, u := range uses {
		h.spend(u.token)
		keys = append(keys, u.key)
	}
	return keys
}
