package hsm

// Job is an operation on keys on its way. It is asked for, computed by Work, and over with Finish:
// so the world's lock need not be held while large numbers are worked with. What an operation has
// given out is not taken back: approvals are spent in the end, and only where it has succeeded.
type Job[T any] struct {
	Err  error  // why the HSM refuses it from the start; nil: to be computed
	Slow bool   // Work may take longer than a frame
	Used []*Key // once finished: the keys whose approvals were spent

	work   func() (T, error)
	finish func() error
	value  T
	fault  error
}

// Work computes. It touches nothing of the HSM.
func (j *Job[T]) Work() {
	if j.Err == nil {
		j.value, j.fault = j.work()
	}
}

// Finish ends the operation: the HSM is asked once more, since it may have changed meanwhile,
// spends the approvals, and records it. It returns what was computed, or why not.
func (j *Job[T]) Finish() (T, error) {
	if j.Err == nil {
		j.Err = j.finish()
	}
	if j.Err != nil {
		var none T
		return none, j.Err
	}
	return j.value, nil
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
	j := &Job[T]{work: func() (T, error) { return work(uses) }}
	j.finish = func() error {
		uses, err := ask()
		if err == nil {
			err = j.fault
		}
		h.logUses(session, uses, err)
		if err == nil {
			j.Used = done(uses, j.value)
		}
		return err
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
