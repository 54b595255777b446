package cluster

// Rule is what an error of a client breaks that is no HSM's refusal.
type Rule struct {
	Err    error
	Rule   string // one sentence
	Source string // where it stands
}

// Rules are those of the errors of clients and of clusters; an error of none of them has its own
// words alone.
var Rules = []Rule{
	{ErrNoAnswer, "A client of Client SDK 5 reaches HSMs at the addresses of its configuration.", "spec/cloudhsm-cli.md 1.1"},
	{ErrMTLS, "While mutual TLS is enforced, HSMs take connections with a client certificate only.", "spec/cloudhsm-cli.md 2.2"},
	{ErrUntrusted, "A client trusts HSMs whose certificate its trust anchor has signed.", "spec/cloudhsm-cli.md 1.1"},
	{ErrNoUser, "Who logs in is known by name in the role on the HSMs.", "spec/cloudhsm-cli.md 1.8"},
	{ErrActive, "A cluster is activated once.", "spec/cloudhsm-cli.md 2.2"},
	{ErrNotActive, "Before it is active a cluster has its first officer only.", "spec/cloudhsm-cli.md 2.2"},
	{ErrNotClones, "Keys and users are replicated between clusters that are clones of each other.", "spec/cloudhsm-cli.md 2.6"},
	{ErrSameCluster, "Keys and users are replicated from one cluster to another.", "spec/cloudhsm-cli.md 2.6"},
	{ErrOtherModel, "What is replicated goes between types of HSM that take it from each other.", "spec/cloudhsm-cli.md 7.2"},
	{ErrKeyMissing, "A key is replicated once all HSMs of its cluster have it.", "spec/cloudhsm-cli.md 2.6"},
	{ErrUserMissing, "A user is replicated once all HSMs of the cluster know the user.", "spec/cloudhsm-cli.md 2.4"},
	{ErrStrangers, "A key goes where its owner and those who share it are known.", "spec/cloudhsm-cli.md 2.6"},
	{ErrNoSuchNode, "HSMs have the numbers that `hsm status` shows.", "spec/cmu.md 6.1"},
	{ErrSmallest, "A cluster keeps at least one HSM.", "spec/cmu.md 6.3"},
	{ErrLargest, "A cluster has at most 28 HSMs.", "spec/cmu.md 6.3"},
}
