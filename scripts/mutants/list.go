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
	{"a key that must not be destroyed stays", "core/hsm/delete.go",
		`if !k.Has(attr.FlagDestroyable) {`, `if false {`},
	{"only its owner deletes a key", "core/hsm/delete.go",
		`h.OwnKey(session, handle)`, `h.Key(session, handle)`},
	{"an HSM follows once in deleting", "core/hsm/delete.go",
		`if h.At(k.Handle) != nil {`, `if k != nil {`},
	{"a key does what its attributes say", "core/hsm/use.go",
		`if err := k.lacks(n.flags); err != nil {`, `if err := k.lacks(0); err != nil {`},
	{"a key of a quorum asks for approvals", "core/hsm/use.go",
		`if u.token, err = h.keyApproval(s, k); err != nil {`, `if u.token, err = h.keyApproval(s, k); false {`},
	{"an operation takes its own kind of key", "core/hsm/use.go",
		`err = n.kind.check(k)`, `err = nil`},
	{"a key of a kind is of that kind", "core/hsm/use.go",
		`	if w.Takes(k) {
		return nil`, `	if w.Takes(k) || w == ReferableKey {
		return nil`},
	{"who owns a key takes it out", "core/hsm/use.go",
		`if n.own {`, `if false {`},
	{"an officer works with no keys", "core/hsm/hsm.go",
		`if err == nil && s.Type != CU {`, `if false {`},

	// Kept flags.
	{"-nex holds", "core/hsm/keys.go",
		`if t.NotExtractable && t.Class != attr.Public {`, `if false {`},
	{"what was imported is not local", "core/hsm/keys.go",
		`if t.Origin == Generated {`, `if true {`},
	{"what was made here is local", "core/attr/table.go",
		`Born: OfAll, Unwrap: Off,`, `Unwrap: Off,`},
	{"only what was never extractable says so", "core/attr/attr.go",
		`row.Born == OfHeld && c != Public && !f.Has(FlagExtractable):`, `row.Born == OfHeld && c != Public:`},
	{"an unwrapped key was not made here", "core/attr/table.go",
		`Born: OfAll, Unwrap: Off,`, `Born: OfAll,`},
	{"an officer's trust is in one key", "core/attr/table.go",
		`Set: Officer, Unwrap: Off,`, `Set: Officer,`},
	{"every unwrapped key is sensitive", "core/attr/table.go",
		`Unwrap: On, Means: "1: never leaves the HSM in plain form"`, `Means: "1: never leaves the HSM in plain form"`},
	{"-nex holds for unwrapped keys", "core/hsm/keys.go",
		`f = f.Unwrapped()`, `return f.Unwrapped()`},
	{"what stands beside a wrapped key is not believed", "core/hsm/keys.go",
		`case t.Origin == Unwrapped:`, `case t.Origin == Imported:`},

	// Attributes.
	{"a 3DES key wraps nothing", "core/attr/table.go",
		`Fresh: aes | rsaPublic,`, `Fresh: aes | des3 | rsaPublic,`},
	{"a public key is not sensitive", "core/attr/table.go",
		`Fresh: allKinds &^ publicKeys,`, `Fresh: allKinds,`},
	{"a public key signs nothing", "core/attr/table.go",
		`Fresh: privateKeys,`, `Fresh: privateKeys | publicKeys,`},
	{"what is fresh can be deleted", "core/attr/table.go",
		`Fresh: allKinds, Set: Owner, Means: "1: may be deleted"`, `Fresh: publicKeys, Set: Owner, Means: "1: may be deleted"`},
	{"there are no public AES keys", "core/attr/kinds.go",
		`row.class == c && row.typ == t`, `row.typ == t`},
	{"officers trust keys", "core/attr/table.go",
		`Set: Officer, Unwrap: Off,`, `Set: Owner, Unwrap: Off,`},
	{"WRAP_WITH_TRUSTED is not taken back", "core/attr/table.go",
		`Set: Owner, Way: OnlyOn, Means: "1: only a trusted key may wrap it"`, `Set: Owner, Means: "1: only a trusted key may wrap it"`},
	{"extractable stays as it was", "core/attr/table.go",
		`Unwrap: On, Means: "1: may be exported"`, `Set: Owner, Unwrap: On, Means: "1: may be exported"`},
	{"a public key derives nothing", "core/attr/table.go",
		`Set: Owner, Barred: Public,`, `Set: Owner,`},
	{"through the daemon TOKEN alone is set", "core/hsm/attributes.go",
		`if a != attr.Token {`, `if false {`},
	{"only its owner makes a token key", "core/hsm/attributes.go",
		`	k, err = h.OwnKey(session, handle)`, `	k, err = h.Key(session, handle)`},
	{"whose key it is is asked before which attribute", "core/hsm/attributes.go",
		`if _, err := h.OwnKey(session, handle); err != nil {`, `if _, err := h.OwnKey(session, handle); err != nil && a == attr.Token {`},
	{"a token key stays one", "core/hsm/attributes.go",
		`!on && row.Way == attr.OnlyOn {`, `!on && row.Way == attr.OnlyOff {`},
	{"what a key does not have is not read", "core/hsm/attributes.go",
		`if _, has := k.Value(row); has {`, `if _, has := k.Value(row); has || known {`},
	{"what a key does not have, an officer's tool does not read", "core/hsm/attributes.go",
		`if _, has := k.Value(row); !known || !has {`, `if _, has := k.Value(row); !known && !has {`},
	{"a session key's attributes stay", "core/hsm/attributes.go",
		`	if k.Session != 0 {
		return nil, NotShareable
	}`, ``},

	// Services.
	{"a key for trusted wrappers has none other", "core/hsm/wrap.go",
		`case k.key.Has(attr.FlagWrapWithTrusted) && !with.key.Has(attr.FlagTrusted):`, `case false:`},
	{"what is wrapped is its owner's and extractable", "core/hsm/wrap.go",
		`own: true, flags: attr.FlagExtractable,`, `own: true,`},
	{"what is wrapped is its owner's", "core/hsm/wrap.go",
		`own: true, flags: attr.FlagExtractable,`, `flags: attr.FlagExtractable,`},
	{"FIPS mode has no PKCS#1 wrapping", "core/hsm/wrap.go",
		`known && !(h.Policy.FIPS && slices.Contains(notInFIPS, w))`, `known && len(notInFIPS) == slices.Index(notInFIPS, notInFIPS[0])+1`},
	{"the HSM decrypts for an export", "core/hsm/wrap.go",
		`wrapper.flags |= attr.FlagDecrypt`, `wrapper.flags |= 0`},
	{"the HSM encrypts for an import", "core/hsm/unwrap.go",
		`wrapper.flags |= attr.FlagEncrypt`, `wrapper.flags |= 0`},
	{"a file is wrapped by a key that encrypts", "core/hsm/wrap.go",
		`attr.FlagWrap|attr.FlagEncrypt, secret.WrapData`, `attr.FlagWrap, secret.WrapData`},
	{"data to wrap has less than 4,096 bytes", "core/hsm/wrap.go",
		`const DataMax = 4095`, `const DataMax = 4096`},
	{"the host's key is the HSM's", "core/hsm/wrap.go",
		`return Refusal{Reason: OtherHostKey}`, `return nil`},
	{"a public half unwraps nothing", "core/hsm/unwrap.go",
		`wrapperKind(r.Params.Wrapping, RSAPrivate), flags`, `wrapperKind(r.Params.Wrapping, RSAPublic), flags`},
	{"what was unwrapped is of the type it should be", "core/hsm/unwrap.go",
		`err == nil && m.Type != r.Type {`, `err != nil {`},
	{"the built-in key asks for a login", "core/hsm/unwrap.go",
		`if r.With == KEKHandle && h.LoggedIn(session) {`, `if r.With == KEKHandle {`},
	{"DSA keys sign nothing", "core/hsm/sign.go",
		`case m.Type == attr.DSA:`, `case false:`},
	{"a message has at most 64 KB", "core/hsm/sign.go",
		`case len(r.Message) > MessageMax:`, `case len(r.Message) > MessageMax+1:`},
	{"a mechanism is one type's of keys", "core/hsm/sign.go",
		`case !known || m.Type != keyType:`, `case !known || m.Type == attr.DSA && m.Type != keyType:`},
	{"a signature is of the message", "core/hsm/sign.go",
		`return none, Refusal{Reason: SignatureDiffers, Handle: r.Handle}`, `return none, nil`},
	{"RSA keys have large odd exponents", "core/hsm/generate.go",
		`case t.Exponent != 0 && !mech.ExponentOK(t.Exponent):`, `case t.Exponent < 0 && !mech.ExponentOK(t.Exponent):`},
	{"only its owner masks a key", "core/hsm/masked.go",
		`h.OwnKey(session, handle)`, `h.Key(session, handle)`},
	{"a masked object asks for a login", "core/hsm/masked.go",
		`	s, err := h.need(session)
	if err != nil {
		return Template{}, nil, err
	}
`, `	s := h.Sessions[0]
`},
	{"a masked object is its cluster's", "core/hsm/masking.go",
		`case name != m.Name:`, `case name == "":`},
	{"a masked object is its owner's", "core/hsm/masked.go",
		`if !h.named(s, m.Owner) {`, `if !h.named(s, m.Owner) && m.Owner == "" {`},
	{"what fails spends no approvals", "core/hsm/job.go",
		`		if err == nil {
			j.Used = done(uses, value)
		}`, `		if len(uses) > 0 {
			j.Used = done(uses, value)
		}`},
	{"approvals are for one use", "core/hsm/job.go",
		`			j.Used = done(uses, value)`, `			j.Used = nil`},
	{"the HSM is asked again at the end", "core/hsm/job.go",
		`		uses, err := ask()
		if err == nil {
			err = fault
		}`, `		err := fault`},
	{"an unwrapper's approvals are spent when the key is there", "core/hsm/unwrap.go",
		`	a.spend = func() []*Key { return h.spendAll(uses) }`, `	a.spend = func() []*Key { return nil }`},

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
		`strings.EqualFold(here.Name, there.Name)`, `strings.EqualFold(here.Name, here.Name)`},
	{"a copy is shared with those who are known", "core/hsm/copied.go",
		`stranger := func(id int) bool { return !h.same(from, id) }`, `stranger := func(id int) bool { return false }`},

	// Policy.
	{"FIPS mode has three curves", "core/hsm/policy.go",
		`"prime256v1", "secp384r1", "secp256k1"}`, `"prime256v1", "secp384r1", "secp521r1", "secp256k1"}`},
	{"FIPS mode has no RC4", "core/hsm/policy.go",
		`return !p.FIPS && n >= 1 && n <= 256`, `return n >= 1 && n <= 256`},
	{"RSA keys begin at 2048 bits", "core/hsm/policy.go",
		`return bits >= 2048 && bits <= 4096 && bits%256 == 0`, `return bits >= 1024 && bits <= 4096 && bits%256 == 0`},
	{"a label has at most 127 bytes", "core/hsm/generate.go",
		`case len(t.Label) > LabelMax:`, `case len(t.Label) > LabelMax+1:`},
	{"an id is taken once", "core/hsm/generate.go",
		`case h.IDTaken(t):`, `case false:`},
	{"a quorum has no more approvals than users", "core/hsm/generate.go",
		`min(MValueMax, len(sorted(t.Shared))+1)`, `MValueMax`},
	{"nobody shares a key with himself", "core/hsm/generate.go",
		`if id == s.User {`, `if false {`},
	{"a full HSM makes no key", "core/hsm/generate.go",
		`if !h.Fits(len(ts)) {`, `if !h.Fits(len(ts) - 1) {`},
	{"only crypto users make keys", "core/hsm/generate.go",
		`if s.Type != CU {`, `if s.Type == AU {`},
	{"a new key is shared with crypto users only", "core/hsm/generate.go",
		`if u := h.UserByID(id); u == nil || u.Type != CU {`, `if u := h.UserByID(id); u == nil {`},
	{"no key is made from a password", "core/hsm/generate.go",
		`case t.FromPassword:`, `case false:`},
	{"a file's key that no HSM takes is refused", "core/hsm/generate.go",
		`case t.Unfit != nil:`, `case t.Unfit != nil && t.Exponent != 0:`},
	{"the HSM is asked again when keys are made", "core/hsm/generate.go",
		`		s, err := h.agree(session, r)
		if err != nil {
			return nil, err
		}
		keys`, `		s, _ := h.need(session)
		keys`},
	{"the cluster has a say in what is made", "core/hsm/generate.go",
		`if err == nil && r.Elsewhere != nil {`, `if err == nil && r.Elsewhere == nil {`},
	{"a key is made in a slot that is free", "core/hsm/generate.go",
		`for from < len(h.Keys) && h.Keys[from] != nil {`, `for from < len(h.Keys) {`},
	{"what was not made is recorded", "core/hsm/generate.go",
		`		h.logMade(r.Opcode, session, err, r.Templates, nil)
`, ``},

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
		`if left && !slices.Contains(g.Tombstones, k.Handle) {`, `if false {`},
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
	{"clusters of one seed are strangers", "core/cluster/client_officer.go",
		`bytes.Equal(here.MaskKey, there.MaskKey) {`, `bytes.Equal(nil, nil) {`},
	{"one HSM writes a logout down", "core/cluster/client_people.go",
		`case primary.HSM == h:`, `case primary != nil:`},
	{"a call counts where one HSM has accepted it", "core/cluster/client_tokens.go",
		`return Accepted(cl.all(op, detail, f))`, `return FirstError(cl.all(op, detail, f))`},
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
}
