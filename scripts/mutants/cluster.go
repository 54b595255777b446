package main

// ofCluster are faults in HSMs together.
var ofCluster = []mutant{
	// The cluster: orders, copies, synchronisation, foreign sessions.
	{"keys that fail are removed everywhere", "core/cluster/creation.go",
		`g.bury(k)
		}
	}
	c.Err`, `_ = k
		}
	}
	c.Err`},
	{"keys are made once, whichever HSM takes them", "core/cluster/creation.go",
		`if !r.over {`, `if true {`},
	{"another HSM takes what was made where the first is away", "core/cluster/creation.go",
		`if primary != c.primary {`, `if c.primary == nil {`},
	{"a creation waits for -min_srv", "core/cluster/creation.go",
		`case have >= c.Servers && (all || expired):`, `case have > 0 && (all || expired):`},
	{"a slot is free on every HSM", "core/cluster/creation.go",
		`if slot < len(n.HSM.Keys) && n.HSM.Keys[slot] != nil {`, `if n.Reached() && slot < len(n.HSM.Keys) && n.HSM.Keys[slot] != nil {`},
	{"an id is new on every HSM", "core/cluster/creation.go",
		`IDTaken); i >= 0 {`, `IDTaken); n.Reached() && i >= 0 {`},
	{"-attest looks at the firmware", "core/cluster/creation.go",
		`n.HSM.Firmware != Firmware {`, `false {`},
	{"a copy on its way takes time", "core/cluster/creation.go",
		`if a.at > c.cluster.Now {`, `if false {`},
	{"session keys stay on one HSM", "core/cluster/creation.go",
		`case c.Keys[0].Session != 0:`, `case false:`},
	{"session keys are not synchronised", "core/cluster/sync.go",
		`if k != nil && k.Session == 0 && all[slot].key == nil && !c.halfMade(k.Handle) {`,
		`if k != nil && all[slot].key == nil && !c.halfMade(k.Handle) {`},
	{"half-made keys are not synchronised", "core/cluster/sync.go",
		`all[slot].key == nil && !c.halfMade(k.Handle) {`, `all[slot].key == nil {`},
	{"a synchronisation overfills no HSM", "core/cluster/sync.go",
		`if room > 0 && n.wants(from) {`, `if n.wants(from) {`},
	{"a deleted key stays deleted when an HSM comes back", "core/cluster/sync.go",
		`if left && !slices.Contains(g.Tombstones, k.Handle) {`, `if left && k == nil {`},
	{"a tombstone takes no other key with it", "core/cluster/sync.go",
		`case held == nil || held.Material != k.Material:`, `case held == nil:`},
	{"a deletion reaches HSMs without the login", "core/cluster/client_lookup.go",
		`		h.DeleteToo(cl.Session, k)
`, `		_, _ = h.Delete(cl.Session, k.Handle)
`},
	{"a key that becomes a token key is copied where it fits", "core/cluster/client_lookup.go",
		`if !h.Accepts(home, k) {`, `if false {`},
	{"copies by hand are between connections of one user", "core/cluster/client_people.go",
		`here.Name != there.Name || here.Type != there.Type`, `here.Type != there.Type`},
	{"only crypto users log in through the daemon", "core/cluster/client_people.go",
		`case t != hsm.CU:`, `case t == hsm.AU:`},
	{"one client is one user's", "core/cluster/client_people.go",
		`case cl.Login != nil && !cl.Login.Named(name):`, `case false:`},
	{"a token's use is spent on every HSM", "core/cluster/client_keys.go",
		`		c.client.spend(k)`, `		_ = k`},
	{"a foreign cluster opens no object", "core/cluster/client_officer.go",
		`here.Lineage == there.Lineage && bytes.Equal(here.MaskKey, there.MaskKey)`, `bytes.Equal(nil, nil)`},
	{"a connection that was lost does not come back", "core/cluster/client.go",
		`return !n.Reached() || !n.HSM.HasSession(cl.Session) })`, `return !n.Reached() })`},
	{"through the daemon nothing is reached while it is down", "core/cluster/client.go",
		`case !cl.cluster.Daemon:
		return nil
	}`, `case false:
		return nil
	}`},
	{"without a login the daemon asks no HSM", "core/cluster/client.go",
		`if err == nil && cl.daemon() && cl.Login == nil {`, `if false {`},
	{"who reaches no HSM is told so, logged in or not", "core/cluster/client.go",
		`if err == nil && cl.daemon() && cl.Login == nil {`, `if cl.daemon() && cl.Login == nil {`},
	{"a second factor's challenge is used once", "core/cluster/client_people.go",
		`row.Challenge, cl.challenge = cl.challenge, nil`, `row.Challenge = cl.challenge`},
	{"nobody deletes somebody else's token", "core/cluster/client_tokens.go",
		`return p.ID == id && p.Token.User == cl.Login.ID })`, `return p.ID == id })`},
	{"a sweep that is aborted does nothing more", "core/cluster/sweep.go",
		`append(s.Differ, s.Ahead...), nil`, `append(s.Differ, s.Ahead...), s.Ahead`},
	{"a roll-back takes back what was done", "core/cluster/sweep.go",
		`		s.Undo(at)
`, `		_ = at
`},
	{"clusters of one seed are strangers", "core/cluster/client_officer.go",
		`bytes.Equal(here.MaskKey, there.MaskKey)`, `bytes.Equal(nil, nil)`},
	{"one HSM writes a logout down", "core/cluster/client_people.go",
		`case primary.HSM == h:`, `case primary != nil:`},
	{"a call counts where one HSM has accepted it", "core/cluster/client_tokens.go",
		`return Accepted(cl.all(op, detail, f, args...))`, `return FirstError(cl.all(op, detail, f, args...))`},
	{"a refusal holds up no other HSM", "core/cluster/answer.go",
		`sweep.Run(GoOn)`, `sweep.Run(Abort)`},
	{"an HSM where it is so already does not differ", "core/cluster/sweep.go",
		`if s.Agreed == nil || !errors.Is(s.refused, s.Agreed) {`,
		`if s.Agreed == nil || !errors.Is(s.refused, nil) {`},
	{"a key that too few HSMs have is not used", "core/cluster/availability.go",
		`if have > 0 && have < cl.Least {`, `if have < 0 {`},
	{"a wrapper that too few HSMs have is not used", "core/cluster/client_keys.go",
		`cl.available(handle, with)`, `cl.available(handle)`},
	{"a session key is available", "core/cluster/availability.go",
		`case k.Session != 0:`, `case false:`},
	{"the availability check of own connections", "core/cluster/availability.go",
		`	return cl.Least
`, `	return 0
`},
	{"an HSM that knows the owner is no stranger", "core/cluster/facts_keys.go",
		`if !n.holds(k) && !n.HSM.KnowsOwner(known[home].HSM, k) {`,
		`if !n.holds(k) && known[home] != nil {`},
	{"an expired token is none", "core/hsm/tokenfile.go",
		`case t == nil || t.Over(now):`, `case t == nil:`},
	{"nobody approves twice", "core/hsm/tokenfile.go",
		`if !slices.Contains(row.Approvers, u.ID) {
			row.Approvers = append(row.Approvers, u.ID)`, `if u != nil {
			row.Approvers = append(row.Approvers, u.ID)`},
	{"an approver has signed this very file", "core/hsm/tokenfile.go",
		`case mech.Verify(key, SHA256WithRSA, file, a.Signature) != nil:`, `case false:`},
	{"what was presented and not used is withdrawn", "core/cluster/whole_tokens.go",
		`	cl.Withdraw()
	return err
}`, `	return err
}`},
	{"a command that fails has cost no token", "core/cluster/whole_tokens.go",
		`	if err != nil {
		putBack()
	}
	cl.Withdraw()`, `	_ = putBack
	cl.Withdraw()`},
	{"a user has one key pair for both", "core/hsm/secondfactor.go",
		`if u.Quorum != nil && !bytes.Equal(u.Quorum, key.SPKI) {`, `if bytes.Equal(nil, key.SPKI) {`},
	{"what one HSM refuses is taken back on the others", "core/cluster/whole.go",
		`			undo(cl.cluster.Node(a.Node).HSM)
`, `			_ = undo
`},
	{"one user per cluster and client", "core/cluster/whole_login.go",
		`case cl.Login != nil:`, `case false:`},
	{"nobody who has no certificate comes back", "core/cluster/whole.go",
		`if anchor == 0 && n.HSM.MTLS.Enforced {`, `if false {`},
	{"only the first officer enforces mutual TLS", "core/hsm/mtls.go",
		`case !h.named(s, "admin"):`, `case false:`},
}
