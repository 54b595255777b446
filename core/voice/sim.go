package voice

// The notes of core/sim.
const (
	NodesAre         ID = "sim.nodes-are"
	TimeForm         ID = "sim.time-form"
	AttestFinds      ID = "sim.attest-finds"
	Renewed          ID = "sim.renewed"
	CodesAre         ID = "sim.codes-are"
	HalfMade         ID = "sim.half-made"
	NoSuchAddress    ID = "sim.no-such-address"
	NeedsSudo        ID = "sim.needs-sudo"
	DaemonStays      ID = "sim.daemon-stays"
	DaemonInFront    ID = "sim.daemon-in-front"
	OlderTools       ID = "sim.older-tools"
	ConfigureWord    ID = "sim.configure-word"
	ConfigureService ID = "sim.configure-service"
	AuditNoNumber    ID = "sim.audit-no-number"
	NoSuchTerm       ID = "sim.no-such-term"
	NearestTerm      ID = "sim.nearest-term"
	CodePage         ID = "sim.code-page"
	SameOfLine       ID = "sim.same-of-line"
	DaemonNamed      ID = "sim.daemon-named"
	NodesOne         ID = "sim.nodes-one"
	NodesNone        ID = "sim.nodes-none"
	NodesAgain       ID = "sim.nodes-again"
	NodesLeft        ID = "sim.nodes-left"
)

var simNotes = []Row{
	{NodesAre, "The HSMs have the numbers {first} to {last}; `hsm status` shows them.", true},
	{NodesOne, "`hsm {verb}` takes one HSM at a time, by its number. A line that would work: `{line}`.", true},
	{NodesAgain, "`{word}` takes two lines here, one that stops and one that starts. A line that would work: `{line}`.", true},
	{NodesLeft, "`hsm {verb}` takes one HSM at a time, and the last one stays. A line that would work: `{line}`.", true},
	{NodesNone, "There is no HSM now for which `hsm {verb}` would do anything; `hsm status` shows them all.", true},
	{TimeForm, "A time is a number with a unit: `500ms`, `60s`, `10m`, `2h`. A line that would work: `{line}`.", true},
	{AttestFinds, "A key made with `-attest` is refused now; without it nobody notices.", false},
	{Renewed, "Everybody is logged out, and all keys, backups and clones are gone. Files are as they were, but those below `{etc}` that name the cluster.", false},
	{CodesAre, "The codes with a public source are {codes}.", true},
	{HalfMade, "Half-made keys of a command that was still waiting were removed: {count}.", false},
	{NoSuchAddress, "No HSM has the address `{ip}`; `hsm status` shows them. The files name it all the same, as the real program would.", true},
	{NeedsSudo, "The file belongs to root. `sudo {bin}/{command}` may write it.", true},
	{DaemonInFront, "The client daemon runs in this terminal until Ctrl-C; a `&` behind its line leaves the prompt free.", false},
	{DaemonStays, "The daemon connects to the HSM at `{ip}` first, which `{file}` names. `sudo {bin}/configure -a IP` names another one.", true},
	{OlderTools, "The HSMs are {type}, and the tools and the daemon of Client SDK 3 cannot talk to these. `{bin}/cloudhsm-cli interactive` in bash starts the tool that can.", true},
	{ConfigureService, "Region and endpoint say where the vendor's service answers. Here is none, and its clusters are known without it: both are kept in the file and nothing asks them.", true},
	{ConfigureWord, "The options stand without a word before them: `sudo {bin}/configure-cli -a 10.0.1.10`. Words for commands are `add-cluster` and `remove-cluster` alone.", true},
	{NoSuchTerm, "Return codes, words such as `KCV` and attributes such as `OBJ_ATTR_SIGN` are explained; Tab lists them.", true},
	{NearestTerm, "Did you mean `{line}`?", true},
	{CodePage, "`{code}` has a page of its own, with what brings it and the commands that answer with it.", false},
	{SameOfLine, "`same` takes a line of a tool, as in `{line}`; Tab lists the commands.", true},
	{DaemonNamed, "The client daemon is called `{daemon}` here. Did you mean `{line}`?", true},
	{AuditNoNumber, "`??` stands where the real log has a number: no public source shows which one this refusal has.", false},
}
