package lesson

// phrases are the parts of the sentences that the player makes itself. Of a row: what it is called
// (row), what made it the one that was looked for (fact), and what stands for it afterwards (it). Of a
// field: how a row is (is), in words of its own where that is yes or no, and what was asked for
// (want). {it} is the row, or the word for it.
var phrases = map[string]string{
	"hsms": "HSMs {list}", "hsms.one": "HSM {list}", "hsms.none": "no HSM", "nobody": "nobody",
	"choice.yes": "yes", "choice.no": "no", "choice.none": "none",
	"and": "and", "or": "or",

	"it.key": "it", "it.user": "the user", "it.file": "it", "it.hsm": "it", "it.cluster": "it", "it.backup": "it", "it.daemon": "it",
	"it.session": "it", "it.tab": "it", "it.token": "it", "it.audit": "it",

	"row.key": "key {n}", "fact.key": "key {n} on {hsms}",
	"row.user": "user {name}", "fact.user": "{name} ({type}) on {hsms}",
	"row.file": "file {name}", "fact.file": "file {name}, {n} bytes", "fact.file.one": "file {name}, 1 byte",
	"row.hsm": "HSM {n}", "fact.hsm": "HSM {n} is {state}",
	"row.cluster": "{id}", "fact.cluster": "{id} is {state}",
	"row.backup": "{id}", "fact.backup": "{id} with {keys} keys and {users} users",
	"row.daemon": "the daemon", "fact.daemon": "the daemon reaches {hsms}", "fact.daemon.stopped": "the daemon is stopped",
	"row.session": "the session of {user}", "fact.session": "{user} ({type}) is logged in on {hsms}",
	"row.session.none": "a session without a login", "fact.session.none": "a session on {hsms}",
	"row.tab": "tab {n}", "fact.tab": "{user} is logged in in {program}", "fact.tab.none": "{program} in a tab",
	"row.token": "the token of {user}", "fact.token": "token {n} of {user}: {have} of {needed} approvals",
	"row.audit": "entry {n} of HSM {hsm}", "fact.audit": "{opcode} by {user} on HSM {hsm}",

	"answered": "{command} answered {code}", "answered.refused": "{command} was refused without a code", "answered.status": "{command} ended with status {code}",
	"answered.well": "{command} ran without an error",

	"labelled": "{row} is labelled {label}",
	"one":      "{is}; asked for: {want}", "each": "{is} (asked for: {want})",
	"want": "{want}", "want.not": "not {want}", "want.not.alone": "not {want} alone", "want.less": "less than {want}", "want.more": "more than {want}", "want.among": "among them {want}",
	"want.with": "with {want}",
	"want.code": "answered {want}", "want.code.refused": "was refused with {want}", "want.code.any": "was refused",

	"is": "{it} has the {field} {found}", "is.tab.user": "{found} is logged in in {it}", "is.tab.user.none": "nobody is logged in in {it}",
	"is.state": "{it} is {found}", "is.file.class": "{it} is about {found}", "is.file.class.none": "{it} does not say of which class the key is", "is.label": "{it} is labelled {found}", "is.id": "{it} has the id {found}", "is.id.none": "{it} has no id",
	"is.class": "{it} is {found}", "is.type": "{it} is of the type {found}", "is.type.none": "{it} does not say of which type the key is",
	"is.class.none": "{it} does not say of which class the key is", "is.curve": "{it} is on curve {found}", "is.curve.none": "{it} is on no curve",
	"is.bits": "{it} has {found} bits", "is.owner": "{it} belongs to {found}", "is.shared": "{it} is shared with {found}",
	"is.m": "{it} takes {found} approvals", "is.m.none": "{it} takes no approval", "is.m.one": "{it} takes 1 approval", "is.origin": "{it} is {found}",
	"is.on": "{it} is on {hsms}", "is.missing-on": "{it} is missing on {hsms}", "is.locked-on": "{it} is locked on {hsms}",
	"is.logged-in-on": "{it} is logged in on {hsms}", "is.reaches": "{it} reaches {hsms}", "is.hsms": "{it} has {hsms}", "is.up": "{hsms} of {it} are up",
	"is.quorum-key": "{it} has a key for approvals on {hsms}", "is.second-factor": "{it} has a second factor on {hsms}",
	"is.failures.none": "no wrong password of {it} is counted", "is.failures": "{found} wrong passwords of {it} are counted", "is.failures.one": "1 wrong password of {it} is counted",
	"is.min-servers": "{it} wants a new key on {found} HSMs or more", "is.min-servers.one": "{it} wants a new key on 1 HSM or more",
	"is.user-mgmt": "{it} wants {found} approvals for service 3", "is.user-mgmt.one": "{it} wants 1 approval for service 3",
	"is.misc-co": "{it} wants {found} approvals for service 4", "is.misc-co.one": "{it} wants 1 approval for service 4",
	"is.kind": "{it} holds {found}", "is.block-kinds": "{it} holds {found}", "is.block-kinds.none": "{it} holds no PEM",
	"is.size": "{it} has {found} bytes", "is.size.one": "{it} has 1 byte", "is.handle": "{it} is about handle {found}", "is.handle.none": "{it} is about no key here",
	"is.kcv": "{it} has the KCV {found}", "is.kcv.none": "{it} is no AES key",
	"is.approvals": "{it} has {found} approvals", "is.approvals.one": "{it} has 1 approval",
	"is.value": "{it} says {field} is {found}",

	"kind.attributes": "attributes of a key", "kind.pem": "PEM", "kind.wrapped": "a wrapped key", "kind.masked": "a masked object", "kind.text": "text",
	"kind.binary": "bytes", "kind.empty": "nothing", "kind.private": "a private key", "kind.public": "a public key", "kind.fake": "a fake PEM",
	"kind.request": "a request", "kind.certificate": "a certificate", "kind.directory": "files", "kind.secret": "a secret key",
	"kind.ec": "EC", "kind.rsa": "RSA", "kind.aes": "AES", "kind.des3": "3DES", "kind.generic": "generic",

	"yes.new": "{it} is new", "no.new": "{it} was there before this step, and a new one is asked for",
	"is.session.yes": "{it} is a session key", "want.session.yes": "a session key", "is.session.no": "{it} is a token key", "want.session.no": "a token key",
	"no.accepts": "{it} does not take the password that was asked for", "no.same": "{it} has other bytes",
	"yes.toy-password": "{it} still has the password that it was seeded with", "no.toy-password": "{it} has another password than the seeded one",
	"yes.differs": "the HSMs do not agree about {it}", "no.differs": "the HSMs agree about {it}",
	"yes.running": "{it} runs", "no.running": "{it} does not run",
	"yes.extractable": "{it} is extractable", "no.extractable": "{it} is not extractable",
	"yes.trusted": "{it} is trusted", "no.trusted": "{it} is not trusted",
	"yes.sensitive": "{it} is sensitive", "no.sensitive": "{it} is not sensitive",
	"yes.local": "{it} was made in the HSM", "no.local": "{it} was not made in the HSM",
	"yes.wrap-with-trusted": "trusted keys alone may wrap {it}", "no.wrap-with-trusted": "any wrapping key may wrap {it}",
	"yes.sign": "{it} may sign", "no.sign": "{it} may not sign", "yes.verify": "{it} may verify", "no.verify": "{it} may not verify",
	"yes.wrap": "{it} may wrap", "no.wrap": "{it} may not wrap", "yes.unwrap": "{it} may unwrap", "no.unwrap": "{it} may not unwrap",
	"yes.encrypt": "{it} may encrypt", "no.encrypt": "{it} may not encrypt", "yes.decrypt": "{it} may decrypt", "no.decrypt": "{it} may not decrypt",
	"yes.derive": "{it} may derive", "no.derive": "{it} may not derive", "yes.here": "this cluster can open {it}", "no.here": "this cluster cannot open {it}",
	"yes.approved": "{it} has all approvals", "no.approved": "{it} lacks approvals",
	"other.kcv": "{it} has the KCV {found}, and another one is asked for", "other": "{it} has the {field} {found}, and another one is asked for",

	"so-far": "so far there are {found}", "so-far.none": "so far there is none", "so-far.one": "so far there is one",
	"so-far.hsm": "so far that holds for {found} HSMs", "so-far.hsm.none": "so far that holds for no HSM", "so-far.hsm.one": "so far that holds for 1 HSM",

	"key.handle": "key {key}", "key.file": "the key in {key}",
	"lacks.asked": "{row} does not hold what is asked for",
}
