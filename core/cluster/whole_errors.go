package cluster

import (
	"errors"
	"fmt"
)

// What Client SDK 5 finds before an HSM is asked, or over several. The tool words them.
var (
	ErrNoUser       = errors.New("no HSM knows the user in this role")
	ErrActive       = errors.New("the cluster is active already")
	ErrNotClones    = errors.New("the clusters are no clones of each other")
	ErrSameCluster  = errors.New("source and destination are one cluster")
	ErrOtherModel   = errors.New("the second type of HSM gives nothing to the first")
	ErrKeyMissing   = errors.New("an HSM of the source lacks the key")
	ErrUserMissing  = errors.New("an HSM of the source lacks the user")
	ErrStrangers    = errors.New("the destination does not know the owner or a user with whom the key is shared")
	ErrNoKey        = errors.New("no HSM of the source has the key")
	ErrNoSuchAnchor = errors.New("no HSM has a trust anchor with this reference")

	ErrAnchorRepaired = errors.New("some HSMs had the trust anchor, and now all have it")
)

// Replicated is the error of a replication that some HSMs of the destination have refused.
type Replicated struct {
	Failed, Of int
	Err        error // of the first that has
}

// Error counts them.
func (e Replicated) Error() string {
	return fmt.Sprintf("%d of %d HSMs refused: %s", e.Failed, e.Of, e.Err)
}

// Unwrap returns the refusal.
func (e Replicated) Unwrap() error { return e.Err }
