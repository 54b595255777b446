package main

// services are faults in the services of an HSM.
var services = []mutant{
	// Services.
	{"a key for trusted wrappers has none other", "core/hsm/wrap.go",
		`case k.key.Has(attr.FlagWrapWithTrusted) && !with.key.Has(attr.FlagTrusted):`, `case false:`},
	{"what is wrapped is its owner's and extractable", "core/hsm/wrap.go",
		`own: true, flags: attr.FlagExtractable,`, `own: true,`},
	{"what is wrapped is its owner's", "core/hsm/wrap.go",
		`own: true, flags: attr.FlagExtractable,`, `flags: attr.FlagExtractable,`},
	{"FIPS mode has no PKCS#1 wrapping", "core/hsm/policy.go",
		`return known && !(p.FIPS && slices.Contains(notInFIPS, w))`, `return known && len(notInFIPS) > 0`},
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
		`m.Type != r.Type && !(r.Type == attr.EC && m.Type == attr.Edwards) {`, `false {`},
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
	{"a key of a session is neither shared nor copied", "core/hsm/share.go",
		`	case k.Session != 0:
		return nil, Refusal{Reason: SessionKey, Handle: handle}
`, ``},
	{"what another session keeps is not read", "core/hsm/share.go",
		`case k == nil, k.Session != 0 && k.Session != session:`, `case k == nil:`},
	{"nobody shares for somebody else", "core/hsm/share.go",
		`k, err := h.managed(s, scope, handle)`, `k, err := h.managed(s, Always, handle)`},
	{"a change of a key's sharers takes approvals", "core/hsm/share.go",
		`approval, err := h.managing(s, k)`, `approval, err := h.managing(s, &Key{})`},
	{"a public key is not shared", "core/hsm/share.go",
		`case k.Material.Class == attr.Public:`, `case k == nil:`},
	{"a key is shared with crypto users only", "core/hsm/share.go",
		`if u := h.UserByID(id); u == nil || u.Type != CU || id == k.Owner {`, `if u := h.UserByID(id); u == nil || id == k.Owner {`},
	{"as many users stay as a key's quorum needs", "core/hsm/share.go",
		`needed := max(k.MValue, k.Manage)`, `needed := k.MValue`},
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
		`min(MValueMax, len(once(t.Shared))+1)`, `MValueMax`},
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
	{"a slot that is free again is the first one", "core/hsm/hsm.go",
		`	h.leading = min(h.leading, max(slot-FirstSlot, 0))
`, ``},
	{"the slots of all HSMs are looked at", "core/cluster/creation.go",
		`from = max(from, n.HSM.Leading())`, `from = max(from, n.HSM.Leading()+1)`},
	{"a key is made in a slot that is free", "core/hsm/generate.go",
		`for from < len(h.Keys) && h.Keys[from] != nil {`, `for from < len(h.Keys) {`},
	{"what was not made is recorded", "core/hsm/generate.go",
		`		h.logMade(session, err, r.Templates, nil)
`, ``},
}
