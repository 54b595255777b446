package cluster

import "errors"

// Sweep does something on HSMs one after the other and stands still where one refuses, until it is
// told how to go on: an officer's tool asks its user, another has a policy. T is what stands for an
// HSM: a [Client] of one, or what a tool keeps of it.
type Sweep[T any] struct {
	Do     func(T) error // on one HSM
	Undo   func(T)       // takes back what Do has done there; nil where that cannot be
	Agreed error         // the refusal of an HSM where it is so already; nil for none

	Ahead  []T   // the first of them is next, also where it has just refused
	Done   []T   // where it was done
	Missed []T   // where it was not, and is not to be
	Differ []T   // those of them that may differ from the others now
	Err    error // of the last refusal that was left; nil for none

	refused error // of the first one ahead
}

// OnRefusal is how a sweep goes on after a refusal.
type OnRefusal int

const (
	// Retry asks the same HSM again.
	Retry OnRefusal = iota
	// GoOn leaves the HSM as it is and goes on with the next.
	GoOn
	// Abort leaves it and all that are ahead.
	Abort
	// RollBack takes back what was done on the others, and aborts.
	RollBack
)

// Next does it on the next HSM and returns that with its refusal, nil where it was done. It must
// not be called when none is ahead.
func (s *Sweep[T]) Next() (at T, err error) {
	at = s.Ahead[0]
	s.refused = s.Do(at)
	if s.refused == nil {
		s.Done, s.Ahead = append(s.Done, at), s.Ahead[1:]
	}
	return at, s.refused
}

// Go goes on after a refusal.
func (s *Sweep[T]) Go(how OnRefusal) {
	if s.refused == nil || how == Retry {
		return
	}
	s.leave()
	if how == GoOn {
		return
	}
	if how == RollBack {
		s.takeBack()
	}
	s.Missed, s.Differ, s.Ahead = append(s.Missed, s.Ahead...), append(s.Differ, s.Ahead...), nil
}

// leave gives up the HSM that has refused.
func (s *Sweep[T]) leave() {
	if s.Agreed == nil || !errors.Is(s.refused, s.Agreed) {
		s.Differ = append(s.Differ, s.Ahead[0])
	}
	s.Missed, s.Ahead, s.Err, s.refused = append(s.Missed, s.Ahead[0]), s.Ahead[1:], s.refused, nil
}

// takeBack undoes what was done.
func (s *Sweep[T]) takeBack() {
	for _, at := range s.Done {
		s.Undo(at)
	}
	s.Done = nil
}

// Run does it on all HSMs that are ahead, with one policy for every refusal; with Retry it stands
// still at the first.
func (s *Sweep[T]) Run(how OnRefusal) {
	for len(s.Ahead) > 0 {
		if _, err := s.Next(); err != nil {
			if how == Retry {
				return
			}
			s.Go(how)
		}
	}
}
