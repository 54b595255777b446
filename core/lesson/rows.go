package lesson

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/sim"
	"hsmplay/core/view"
)

// keys are the keys of all clusters.
var keys = table[view.KeyRow]{
	name: "key", called: "a key", lasting: true,
	rows: func(e *eyes, _ Goal) []view.KeyRow { return e.world.Keys(0, 0, 0, 0, "").Rows },
	id:   func(_ *eyes, r view.KeyRow) string { return r.ID },
	is:   func(e *eyes, r view.KeyRow) string { return e.tongue.say("row.key", "n", r.Handle) },
	fact: func(e *eyes, r view.KeyRow) string {
		return e.tongue.say("fact.key", "n", r.Handle, "hsms", e.onHSMs(r.Nodes))
	},
	columns: slices.Concat([]column[view.KeyRow]{
		{"handle", func(_ *eyes, r view.KeyRow) value { return number(r.Handle) }},
		{"label", func(_ *eyes, r view.KeyRow) value { return orNone(r.Label) }},
		{"id", func(_ *eyes, r view.KeyRow) value { return orNone(r.KeyID) }},
		{"reference", func(_ *eyes, r view.KeyRow) value { return text(fmt.Sprintf("0x%016x", r.Handle)) }},
		{"class", func(_ *eyes, r view.KeyRow) value { return text(r.Class) }},
		{"type", func(_ *eyes, r view.KeyRow) value { return keyType(r.Type) }},
		{"curve", func(_ *eyes, r view.KeyRow) value {
			if r.Curve == "" {
				return text(noneMark)
			}
			return number(sim.CurveID(r.Curve))
		}},
		{"bits", func(_ *eyes, r view.KeyRow) value { return number(r.Bits) }},
		{"owner", func(_ *eyes, r view.KeyRow) value { return named(r.OwnerName) }},
		{"shared", func(e *eyes, r view.KeyRow) value {
			return value{texts: e.userNames(r.Shared), list: true, fold: true}
		}},
		{"session", func(_ *eyes, r view.KeyRow) value { return flag(r.Session) }},
		{"extractable", func(_ *eyes, r view.KeyRow) value { return flag(r.Extractable) }},
		{"kcv", func(_ *eyes, r view.KeyRow) value { return value{texts: []string{r.KCV}, hex: true} }},
		{"on", func(_ *eyes, r view.KeyRow) value { return numbers(r.Nodes) }},
		{"missing-on", func(_ *eyes, r view.KeyRow) value { return numbers(r.Missing) }},
		{"m", func(_ *eyes, r view.KeyRow) value { return number(r.MValue) }},
		{"origin", func(_ *eyes, r view.KeyRow) value { return text(r.Origin) }},
	}, flagColumns()),
}

// keyTypes are the words of goals for the types of keys that have another one in the tools.
var keyTypes = map[string]string{"3des": "des3", "generic": "generic", "generic_secret": "generic"}

// keyType is the type of a key whose description begins with it: ec for EC P-384.
func keyType(described string) value {
	word, _, _ := strings.Cut(strings.ToLower(described), " ")
	if other, ok := keyTypes[word]; ok {
		word = other
	}
	v := orNone(word)
	v.fold = true
	return v
}

// keyFlags are the attributes of keys that are set or not, by the names of CloudHSM CLI.
var keyFlags = []string{"sign", "verify", "wrap", "unwrap", "encrypt", "decrypt", "derive", "trusted", "wrap-with-trusted", "never-extractable",
	"always-sensitive", "sensitive", "local", "private", "destroyable"}

func flagColumns() (columns []column[view.KeyRow]) {
	for _, name := range keyFlags {
		attribute, ok := sim.AttributeNamed(name)
		if !ok {
			panic("lesson: no attribute " + name)
		}
		columns = append(columns, column[view.KeyRow]{name, func(_ *eyes, r view.KeyRow) value { return flag(slices.Contains(r.Flags, attribute)) }})
	}
	return columns
}

// users are the users of all clusters.
var users = table[view.UserRow]{
	name: "user", main: "name", called: "a user", lasting: true,
	rows: func(e *eyes, _ Goal) []view.UserRow { return e.world.Users(0).Rows },
	id:   func(_ *eyes, r view.UserRow) string { return r.ID + " " + r.Name },
	is:   func(e *eyes, r view.UserRow) string { return e.tongue.say("row.user", "name", r.Name) },
	fact: func(e *eyes, r view.UserRow) string {
		return e.tongue.say("fact.user", "name", r.Name, "type", r.Type, "hsms", e.onHSMs(r.Nodes))
	},
	columns: []column[view.UserRow]{
		{"name", func(_ *eyes, r view.UserRow) value { return named(r.Name) }},
		{"type", func(_ *eyes, r view.UserRow) value { return named(r.Type) }},
		{"number", func(_ *eyes, r view.UserRow) value { return number(r.User) }},
		{"on", func(_ *eyes, r view.UserRow) value { return numbers(r.Nodes) }},
		{"missing-on", func(e *eyes, r view.UserRow) value { return numbers(e.lacking(r.Nodes)) }},
		{"differs", func(_ *eyes, r view.UserRow) value { return flag(r.Differs) }},
		{"toy-password", func(_ *eyes, r view.UserRow) value { return flag(r.Password != "") }},
		{"quorum-key", func(_ *eyes, r view.UserRow) value { return numbers(r.Quorum) }},
		{"second-factor", func(_ *eyes, r view.UserRow) value { return numbers(r.TwoFA) }},
		{"failures", func(_ *eyes, r view.UserRow) value { return number(r.Failures) }},
		{"locked-on", func(_ *eyes, r view.UserRow) value { return numbers(r.Locked) }},
		{"logged-in-on", func(_ *eyes, r view.UserRow) value { return numbers(r.LoggedIn) }},
		{acceptsField, func(_ *eyes, r view.UserRow) value { return text(r.Name) }}, // never read, see tries
	},
	tries: func(e *eyes, r view.UserRow, field, want string) (ok, tried bool) {
		if field != acceptsField {
			return false, false
		}
		return e.world.Accepts(r.Name, want), true
	},
}

// acceptsField is the one field whose value is not known, but can be tried.
const acceptsField = "accepts"

// lacking are the HSMs of the clusters that nodes are in which are not among them.
func (e *eyes) lacking(nodes []int) (lack []int) {
	for _, c := range e.world.Clusters() {
		if !slices.ContainsFunc(c.Nodes, func(n int) bool { return slices.Contains(nodes, n) }) {
			continue
		}
		for _, n := range c.Nodes {
			if !slices.Contains(nodes, n) {
				lack = append(lack, n)
			}
		}
	}
	return lack
}

// nodes are the HSMs.
var nodes = table[view.NodeRow]{
	name: "hsm", main: "number", called: "an HSM", lasting: true,
	rows: func(e *eyes, _ Goal) []view.NodeRow { return e.world.Cluster(0, 0).Rows },
	id:   func(_ *eyes, r view.NodeRow) string { return r.ID },
	is:   func(e *eyes, r view.NodeRow) string { return e.tongue.say("row.hsm", "n", r.Node) },
	fact: func(e *eyes, r view.NodeRow) string { return e.tongue.say("fact.hsm", "n", r.Node, "state", r.State) },
	columns: []column[view.NodeRow]{
		{"number", func(_ *eyes, r view.NodeRow) value { return number(r.Node) }},
		{"ip", func(_ *eyes, r view.NodeRow) value { return text(r.IP) }},
		{"cluster", func(_ *eyes, r view.NodeRow) value { return text(r.Cluster) }},
		{"kin", func(_ *eyes, r view.NodeRow) value { return kinOf(r.Kin) }},
		{"state", func(_ *eyes, r view.NodeRow) value { return text(r.State) }},
		{"sync", func(_ *eyes, r view.NodeRow) value { return flag(r.Sync) }},
		{"differs", func(_ *eyes, r view.NodeRow) value { return flag(r.Differs) }},
		{"keys", func(_ *eyes, r view.NodeRow) value { return number(r.Keys) }},
		{"missing", func(_ *eyes, r view.NodeRow) value { return number(r.Missing) }},
		{"users", func(_ *eyes, r view.NodeRow) value { return number(r.Users) }},
		{"sessions", func(_ *eyes, r view.NodeRow) value { return number(r.Sessions) }},
		{"delay", func(_ *eyes, r view.NodeRow) value { return number(r.Delay) }},
		{"tampered", func(_ *eyes, r view.NodeRow) value { return flag(r.Tampered) }},
		{"fips", func(_ *eyes, r view.NodeRow) value { return flag(r.FIPS) }},
		{"user-mgmt", func(_ *eyes, r view.NodeRow) value { return number(r.UserMgmt) }},
		{"misc-co", func(_ *eyes, r view.NodeRow) value { return number(r.MiscCO) }},
	},
}

// kinOf is what a cluster is to the daemon's, which is its own.
func kinOf(kin string) value {
	if kin == "" {
		return text("own")
	}
	return text(kin)
}

// clusters are the clusters.
var clusters = table[view.ClusterRow]{
	name: "cluster", main: "id", called: "a cluster", lasting: true,
	rows: func(e *eyes, _ Goal) []view.ClusterRow { return e.world.Clusters() },
	id:   func(_ *eyes, r view.ClusterRow) string { return r.ID },
	is:   func(e *eyes, r view.ClusterRow) string { return e.tongue.say("row.cluster", "id", r.ID) },
	fact: func(e *eyes, r view.ClusterRow) string {
		return e.tongue.say("fact.cluster", "id", r.ID, "state", r.State)
	},
	columns: []column[view.ClusterRow]{
		{"id", func(_ *eyes, r view.ClusterRow) value { return text(r.ID) }},
		{"kin", func(_ *eyes, r view.ClusterRow) value { return kinOf(r.Kin) }},
		{"state", func(_ *eyes, r view.ClusterRow) value { return named(r.State) }},
		{"hsms", func(_ *eyes, r view.ClusterRow) value { return numbers(r.Nodes) }},
		{"up", func(_ *eyes, r view.ClusterRow) value { return numbers(r.Up) }},
	},
}

// backups are the backups.
var backups = table[view.BackupRow]{
	name: "backup", main: "id", called: "a backup", lasting: true,
	rows: func(e *eyes, _ Goal) []view.BackupRow { return e.world.Backups() },
	id:   func(_ *eyes, r view.BackupRow) string { return r.ID },
	is:   func(e *eyes, r view.BackupRow) string { return e.tongue.say("row.backup", "id", r.ID) },
	fact: func(e *eyes, r view.BackupRow) string {
		return e.tongue.say("fact.backup", "id", r.ID, "keys", r.Keys, "users", r.Users)
	},
	columns: []column[view.BackupRow]{
		{"id", func(_ *eyes, r view.BackupRow) value { return text(r.ID) }},
		{"cluster", func(_ *eyes, r view.BackupRow) value { return text(r.Cluster) }},
		{"hsm", func(_ *eyes, r view.BackupRow) value { return number(r.Node) }},
		{"why", func(_ *eyes, r view.BackupRow) value { return named(r.Why) }},
		{"users", func(_ *eyes, r view.BackupRow) value { return number(r.Users) }},
		{"keys", func(_ *eyes, r view.BackupRow) value { return number(r.Keys) }},
		{"handles", func(_ *eyes, r view.BackupRow) value { return numbers(r.Handles) }},
	},
}

// daemon is the client daemon: one row.
var daemon = table[sim.DaemonView]{
	name: "daemon", called: "a daemon",
	rows: func(e *eyes, _ Goal) []sim.DaemonView { return []sim.DaemonView{e.world.Daemon()} },
	id:   func(*eyes, sim.DaemonView) string { return "daemon" },
	is:   func(e *eyes, _ sim.DaemonView) string { return e.tongue.text("row.daemon") },
	fact: func(e *eyes, r sim.DaemonView) string {
		if !r.Running {
			return e.tongue.text("fact.daemon.stopped")
		}
		return e.tongue.say("fact.daemon", "hsms", e.onHSMs(r.Reaches))
	},
	columns: []column[sim.DaemonView]{
		{"running", func(_ *eyes, r sim.DaemonView) value { return flag(r.Running) }},
		{"ip", func(_ *eyes, r sim.DaemonView) value { return orNone(r.IP) }},
		{"hsm", func(_ *eyes, r sim.DaemonView) value {
			if r.Node < 0 {
				return text(noneMark)
			}
			return number(r.Node)
		}},
		{"reaches", func(_ *eyes, r sim.DaemonView) value { return numbers(r.Reaches) }},
		{"min-servers", func(_ *eyes, r sim.DaemonView) value { return number(r.MinServers) }},
	},
}

// sessions are the logins at HSMs.
var sessions = table[view.SessionRow]{
	name: "session", main: "user", called: "a session", lasting: true,
	rows: func(e *eyes, _ Goal) []view.SessionRow { return e.world.Sessions() },
	id:   func(_ *eyes, r view.SessionRow) string { return r.ID },
	is: func(e *eyes, r view.SessionRow) string {
		if r.User == "" {
			return e.tongue.text("row.session.none")
		}
		return e.tongue.say("row.session", "user", r.User)
	},
	fact: func(e *eyes, r view.SessionRow) string {
		if r.User == "" {
			return e.tongue.say("fact.session.none", "hsms", e.onHSMs(r.Nodes))
		}
		return e.tongue.say("fact.session", "user", r.User, "type", r.Type, "hsms", e.onHSMs(r.Nodes))
	},
	columns: []column[view.SessionRow]{
		{"user", func(_ *eyes, r view.SessionRow) value { return named(r.User) }},
		{"type", func(_ *eyes, r view.SessionRow) value { return named(r.Type) }},
		{"on", func(_ *eyes, r view.SessionRow) value { return numbers(r.Nodes) }},
		{"missing-on", func(e *eyes, r view.SessionRow) value { return numbers(e.lacking(r.Nodes)) }},
	},
}

// tabs are the terminals.
var tabs = table[sim.TerminalInfo]{
	name: "tab", main: "program", called: "a tab",
	rows: func(e *eyes, _ Goal) []sim.TerminalInfo { return e.world.TerminalsView().Terminals },
	id:   func(_ *eyes, r sim.TerminalInfo) string { return fmt.Sprint("tab-", r.Terminal) },
	is:   func(e *eyes, r sim.TerminalInfo) string { return e.tongue.say("row.tab", "n", e.tab(r.Terminal)) },
	fact: func(e *eyes, r sim.TerminalInfo) string {
		if r.User == "" {
			return e.tongue.say("fact.tab.none", "program", r.Program)
		}
		return e.tongue.say("fact.tab", "user", r.User, "program", r.Program)
	},
	columns: []column[sim.TerminalInfo]{
		{"number", func(e *eyes, r sim.TerminalInfo) value { return number(e.tab(r.Terminal)) }},
		{"program", func(_ *eyes, r sim.TerminalInfo) value { return text(r.Program) }},
		{"user", func(_ *eyes, r sim.TerminalInfo) value { return named(r.User) }},
		{"state", func(_ *eyes, r sim.TerminalInfo) value { return text(stateWords[r.State]) }},
	},
}

// stateWords are the words of goals for how a terminal stands.
var stateWords = map[sim.State]string{sim.Ready: "ready", sim.Asks: "asks", sim.Waits: "waits", sim.Runs: "runs", sim.Closed: "closed"}

// tokens are the tokens for approvals.
var tokens = table[view.TokenRow]{
	name: "token", main: "service", called: "a token", lasting: true,
	rows: func(e *eyes, _ Goal) []view.TokenRow { return e.world.Tokens() },
	id:   func(_ *eyes, r view.TokenRow) string { return r.ID },
	is:   func(e *eyes, r view.TokenRow) string { return e.tongue.say("row.token", "user", r.User) },
	fact: func(e *eyes, r view.TokenRow) string {
		return e.tongue.say("fact.token", "n", r.Number, "user", r.User, "have", len(r.Approvers), "needed", r.Needed)
	},
	columns: []column[view.TokenRow]{
		{"service", func(_ *eyes, r view.TokenRow) value { return number(r.Service) }},
		{"user", func(_ *eyes, r view.TokenRow) value { return named(r.User) }},
		{"handle", func(_ *eyes, r view.TokenRow) value { return number(r.Handle) }},
		{"on", func(_ *eyes, r view.TokenRow) value { return numbers(r.Nodes) }},
		{"approvers", func(_ *eyes, r view.TokenRow) value { return value{texts: r.Approvers, list: true, fold: true} }},
		{"approvals", func(_ *eyes, r view.TokenRow) value { return number(len(r.Approvers)) }},
		{"needed", func(_ *eyes, r view.TokenRow) value { return number(r.Needed) }},
		{"approved", func(_ *eyes, r view.TokenRow) value { return flag(len(r.Approvers) >= r.Needed) }},
	},
}

// entries are those of the audit logs.
var entries = table[view.AuditRow]{
	name: "audit", main: "opcode", called: "an entry of an audit log", lasting: true,
	rows: func(e *eyes, _ Goal) []view.AuditRow { return e.world.Audit() },
	id:   func(_ *eyes, r view.AuditRow) string { return r.ID },
	is:   func(e *eyes, r view.AuditRow) string { return e.tongue.say("row.audit", "n", r.Seq, "hsm", r.Node) },
	fact: func(e *eyes, r view.AuditRow) string {
		return e.tongue.say("fact.audit", "opcode", r.Opcode, "user", r.User, "hsm", r.Node)
	},
	columns: []column[view.AuditRow]{
		{"opcode", func(_ *eyes, r view.AuditRow) value { return text(r.Opcode) }},
		{"hsm", func(_ *eyes, r view.AuditRow) value { return number(r.Node) }},
		{"number", func(_ *eyes, r view.AuditRow) value { return number(r.Seq) }},
		{"user", func(_ *eyes, r view.AuditRow) value { return named(r.User) }},
		{"type", func(_ *eyes, r view.AuditRow) value { return named(r.Type) }},
		{"key", func(_ *eyes, r view.AuditRow) value { return numbers(r.Keys) }},
		{"code", func(_ *eyes, r view.AuditRow) value { return codeOf(&r.Code) }},
	},
}

// codeOf is a return code; those without a public number are one.
func codeOf(code *int64) value {
	switch {
	case code == nil:
		return text(noneMark)
	case *code < 0:
		return text("unnumbered")
	}
	return value{texts: []string{hexCode(*code)}, num: true}
}

// hexCode is a return code as the tools print it: 0x00, 0xb3.
func hexCode(code int64) string {
	digits := strconv.FormatInt(code, 16)
	return "0x" + strings.Repeat("0", max(2-len(digits), 0)) + digits
}
