package main

// mutants are the faults, by what they break.
var mutants = []mutant{
	// Rights.
	{"appliance users log in to no officer's tool", "core/hsm/rights.go",
		`{OpLogIn, Never, Always, Always, Always, Never}`, `{OpLogIn, Never, Always, Always, Always, Always}`},
	{"crypto users change nobody else's password", "core/hsm/rights.go",
		`{OpChangePassword, Never, Never, Always, Never, Never}`, `{OpChangePassword, Never, Never, Always, Always, Never}`},
	{"crypto users make no users", "core/hsm/rights.go",
		`{OpManageUsers, Never, Never, Always, Never, Never}`, `{OpManageUsers, Never, Never, Always, Always, Never}`},
	{"the first officer makes no users before he is activated", "core/hsm/rights.go",
		`{OpManageUsers, Never, Never, Always, Never, Never}`, `{OpManageUsers, Never, Always, Always, Never, Never}`},
	{"crypto users set no M values", "core/hsm/rights.go",
		`{OpSetM, Never, Never, Always, Never, Never}`, `{OpSetM, Never, Never, Always, Always, Never}`},
	{"crypto users do not see all keys", "core/hsm/rights.go",
		`{OpListKeys, Never, Never, Always, Never, Always}`, `{OpListKeys, Never, Never, Always, Always, Always}`},
	{"officers read no keys", "core/hsm/rights.go",
		`{OpReadKey, Never, Never, Never, OnUsable, Never}`, `{OpReadKey, Never, Never, Always, OnUsable, Never}`},
	{"only officers trust keys", "core/hsm/rights.go",
		`{OpTrust, Never, Never, Always, Never, Never}`, `{OpTrust, Never, Never, Always, OnOwn, Never}`},
	{"officers share no keys", "core/hsm/rights.go",
		`{OpShare, Never, Never, Never, OnOwn, Never}`, `{OpShare, Never, Never, OnOwn, OnOwn, Never}`},
	{"crypto users copy no users", "core/hsm/rights.go",
		`{OpSyncUser, Never, Never, Always, Never, Never}`, `{OpSyncUser, Never, Never, Always, Always, Never}`},
	{"crypto users copy their own keys only", "core/hsm/share.go",
		`case scope == OnOwn && k.Owner != s.User:`, `case scope == OnUsable && k.Owner != s.User:`},
	{"nobody without a login does anything", "core/hsm/rights.go",
		`if s == nil || s.User == 0 {`, `if s == nil {`},

	// Keys and who may use them.
	{"a session key is used in its own session only", "core/hsm/keys.go",
		`if k.Session != 0 && k.Session != s.ID {`, `if false {`},
	{"a key is used by its owner and those it is shared with", "core/hsm/keys.go",
		`return k.Owner == user || k.Material.Class == attr.Public || slices.Contains(k.Shared, user)`, `return true`},
	{"a shared key can be used", "core/hsm/keys.go",
		`k.Material.Class == attr.Public || slices.Contains(k.Shared, user)`, `k.Material.Class == attr.Public`},
	{"public keys are everybody's", "core/hsm/keys.go",
		`return k.Owner == user || k.Material.Class == attr.Public ||`, `return k.Owner == user ||`},
	{"whom a key is shared with does not own it", "core/hsm/keys.go",
		`if k.Owner != h.session(session).User {`, `if false {`},
	{"a key that must not be destroyed stays", "core/hsm/keys.go",
		`if err == nil && !k.Has(attr.FlagDestroyable) {`, `if false {`},
	{"a key does what its attributes say", "core/hsm/keys.go",
		`case !k.Has(flags):`, `case false:`},
	{"a key of a quorum asks for approvals", "core/hsm/keys.go",
		`if _, err := h.keyApproval(h.session(session), k); err != nil {`, `if false {`},
	{"an officer works with no keys", "core/hsm/hsm.go",
		`if err == nil && s.Type != CU {`, `if false {`},

	// Kept flags.
	{"-nex holds", "core/hsm/keys.go",
		`if t.NotExtractable && t.Class != attr.Public {`, `if false {`},
	{"what was imported is not local", "core/hsm/keys.go",
		`if t.Imported {`, `if false {`},
	{"what was made here is local", "core/hsm/keys.go",
		`f |= attr.FlagLocal`, `f |= 0`},
	{"only what was never extractable says so", "core/hsm/keys.go",
		`if !f.Has(attr.FlagExtractable) {`, `if true {`},

	// Sharing.
	{"a session key is not shared", "core/hsm/share.go",
		`case k.Session != 0:
		return nil, NotShareable
	}
	return k, nil
}

// Share`, `case false:
		return nil, NotShareable
	}
	return k, nil
}

// Share`},
	{"a public key is not shared", "core/hsm/share.go",
		`if k.Material.Class == attr.Public {`, `if k.Material.Class == attr.Public && !share {`},
	{"a key is shared with crypto users only", "core/hsm/share.go",
		`if u := h.UserByID(id); u == nil || u.Type != CU || id == k.Owner {`, `if u := h.UserByID(id); u == nil || id == k.Owner {`},
	{"as many users stay as a key's quorum needs", "core/hsm/share.go",
		`if len(row.Shared)+1 < k.MValue {`, `if len(row.Shared)+2 < k.MValue {`},
	{"who loses a key loses his approvals of it", "core/hsm/share.go",
		`return t.Handle == handle && !row.UsableBy(approver)`, `return false`},
	{"an owner who is not known takes no copy", "core/hsm/share.go",
		`case !h.KnowsOwner(from, k):`, `case false:`},
	{"a copy lands in a free slot", "core/hsm/share.go",
		`case slot < len(h.Keys) && h.Keys[slot] != nil:`, `case slot < len(h.Keys) && h.At(k.Handle) != nil:`},
	{"a full HSM takes no copy", "core/hsm/share.go",
		`case !h.Fits(1):`, `case false:`},

	// Copies.
	{"a copy knows its owner by name", "core/hsm/copied.go",
		`strings.EqualFold(here.Name, there.Name)`, `true`},
	{"a copy is shared with those who are known", "core/hsm/copied.go",
		`stranger := func(id int) bool { return !h.same(from, id) }`, `stranger := func(id int) bool { return false }`},

	// Policy.
	{"FIPS mode has three curves", "core/hsm/policy.go",
		`var FIPSCurves = []int{2, 14, 16}`, `var FIPSCurves = []int{2, 13, 14, 16}`},
	{"FIPS mode has no RC4", "core/hsm/policy.go",
		`return !p.FIPS && n >= 1 && n <= 256`, `return n >= 1 && n <= 256`},
	{"RSA keys begin at 2048 bits", "core/hsm/policy.go",
		`return bits >= 2048 && bits <= 4096 && bits%256 == 0`, `return bits >= 1024 && bits <= 4096 && bits%256 == 0`},
	{"a label has at most 127 bytes", "core/hsm/policy.go",
		`case len(t.Label) > LabelMax:`, `case len(t.Label) > LabelMax+1:`},
	{"an id is taken once", "core/hsm/policy.go",
		`case h.IDTaken(t):`, `case false:`},
	{"a quorum has no more approvals than users", "core/hsm/policy.go",
		`min(MValueMax, len(sorted(t.Shared))+1)`, `MValueMax`},
	{"nobody shares a key with himself", "core/hsm/policy.go",
		`if id == s.User {`, `if false {`},
	{"a full HSM makes no key", "core/hsm/policy.go",
		`if !h.Fits(len(ts)) {`, `if !h.Fits(len(ts) - 1) {`},

	// Sessions.
	{"the sixth wrong password locks", "core/hsm/users.go",
		`return u.Failures > LoginsWrongMax`, `return u.Failures >= LoginsWrongMax`},
	{"a locked user stays out", "core/hsm/users.go",
		`if u.Locked() {`, `if false {`},
	{"the right password forgives wrong ones", "core/hsm/users.go",
		`if u.Failures > 0 {`, `if false {`},
	{"one session is one user's", "core/hsm/sessions.go",
		`if s.User != 0 && s.User != u.ID {`, `if false {`},
	{"sessions run out", "core/hsm/sessions.go",
		`if len(h.Sessions) >= h.SessMax {`, `if false {`},
	{"a logout destroys the session's keys", "core/hsm/sessions.go",
		`	h.dropSessionKeys(session)
	h.endTokens(session)
	h.putSession(&Session{ID: session})`, `	h.endTokens(session)
	h.putSession(&Session{ID: session})`},
	{"a session's end destroys its own keys only", "core/hsm/sessions.go",
		`if k != nil && k.Session == session {`, `if k != nil && k.Session != 0 {`},
	{"a session's end ends its tokens", "core/hsm/sessions.go",
		`	h.endTokens(id)
	h.Sessions`, `	h.Sessions`},

	// Users and quorum.
	{"a user who is logged in is not deleted", "core/hsm/manage.go",
		`case h.busy(u.ID, 0):`, `case false:`},
	{"a user with keys is not deleted", "core/hsm/manage.go",
		`case slices.ContainsFunc(h.Keys, func(k *Key) bool { return k != nil && k.Owner == u.ID }):`, `case false:`},
	{"a new password unlocks", "core/hsm/manage.go",
		`secret.Verifier, nil, 0, false`, `secret.Verifier, nil, u.Failures, false`},
	{"names are unique whatever the type", "core/hsm/manage.go",
		`if h.called(n.Name) != nil {`, `if h.UserNamed(n.Type, n.Name) != nil {`},
	{"a copy of a user does not become somebody else", "core/hsm/manage.go",
		`if byID != byName || byID != nil && byID.Type != u.Type {`, `if byID != byName {`},
	{"a token is one login's", "core/hsm/token.go",
		`if t.User == s.User && t.Session == s.ID && t.Service == service && t.Handle == handle {`,
		`if t.User == s.User && t.Service == service && t.Handle == handle {`},
	{"a token is one key's", "core/hsm/token.go",
		`t.Service == service && t.Handle == handle {`, `t.Service == service {`},
	{"nobody approves twice", "core/hsm/token.go",
		`if !slices.Contains(row.Approvers, u.ID) {`, `if true {`},
	{"who may not use a key does not approve its use", "core/hsm/token.go",
		`return k != nil && k.UsableBy(u.ID)`, `return k != nil`},
	{"an approval is a signature over the token", "core/hsm/token.go",
		`if err != nil || mech.Verify(key, SHA256WithRSA, file, a.Signature) != nil {`, `if err != nil {`},
	{"a token is spent once", "core/hsm/quorum.go",
		`h.dropTokens(func(other *Token) bool { return other == t })`, `h.dropTokens(func(other *Token) bool { return false })`},
	{"all approvals must be there", "core/hsm/quorum.go",
		`if t == nil || len(t.Approvers) < approvals {`, `if t == nil || len(t.Approvers)+1 < approvals {`},
	{"an M value has officers enough", "core/hsm/quorum.go",
		`m > min(MValueMax, officers)`, `m > MValueMax`},

	// The cluster: orders, copies, synchronisation, foreign sessions.
	{"keys that fail are removed everywhere", "core/cluster/creation.go",
		`g.bury(k)
		}
	}
	c.Err`, `_ = k
		}
	}
	c.Err`},
	{"a creation waits for -min_srv", "core/cluster/creation.go",
		`case have >= c.Servers && (all || expired):`, `case all || expired:`},
	{"a slot is free on every HSM", "core/cluster/creation.go",
		`if slot < len(n.HSM.Keys) && n.HSM.Keys[slot] != nil {`, `if n.Reached() && slot < len(n.HSM.Keys) && n.HSM.Keys[slot] != nil {`},
	{"an id is new on every HSM", "core/cluster/creation.go",
		`if slices.ContainsFunc(c.request.Templates, n.HSM.IDTaken) {`, `if n.Reached() && slices.ContainsFunc(c.request.Templates, n.HSM.IDTaken) {`},
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
		`if left && !slices.Contains(g.Tombstones, k.Handle) {`, `if false {`},
	{"a tombstone takes no other key with it", "core/cluster/sync.go",
		`case held == nil || held.Material != k.Material:`, `case held == nil:`},
	{"a deletion reaches HSMs without the login", "core/cluster/client.go",
		`if h.At(handle) != nil {
			h.LogKeys(hsm.CNDestroyObject, cl.Session, nil, handle)
			h.Erase(handle)
		}`, `if h.At(handle) != nil && h.LoggedIn(cl.Session) {
			h.LogKeys(hsm.CNDestroyObject, cl.Session, nil, handle)
			h.Erase(handle)
		}`},
	{"one client is one user's", "core/cluster/client_people.go",
		`if cl.Login != nil && !cl.Login.Named(name) {`, `if false {`},
	{"a token's use is spent on every HSM", "core/cluster/client.go",
		`		cl.spend(k)
	}
	return k, err`, `		_ = k
	}
	return k, err`},
	{"a masked object is its owner's", "core/cluster/masked.go",
		`if !cl.Login.Named(m.Owner) {`, `if false {`},
	{"a masked object is its cluster's", "core/cluster/masked.go",
		`case name != c.maskName():`, `case false:`},
	{"a foreign cluster opens no object", "core/cluster/client_officer.go",
		`here.Lineage == there.Lineage && bytes.Equal(here.MaskKey, there.MaskKey) {`, `bytes.Equal(nil, nil) {`},
	{"a connection that was lost does not come back", "core/cluster/client.go",
		`return !n.Reached() || !n.HSM.HasSession(cl.Session) })`, `return !n.Reached() })`},
	{"through the daemon nothing is reached while it is down", "core/cluster/client.go",
		`case !cl.cluster.Daemon:
		return nil
	}`, `case false:
		return nil
	}`},
	{"without a login the daemon asks no HSM", "core/cluster/client.go",
		`if cl.daemon() && cl.Login == nil {`, `if false {`},
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
}
