package voice

// Why a line has failed: the facts of this world, and what a repair is.
const (
	WhyKey        ID = "why.key"
	WhyKeyOwner   ID = "why.key-owner"
	WhyKeyShared  ID = "why.key-shared"
	WhyKeySession ID = "why.key-session"
	WhyKeyOn      ID = "why.key-on"
	WhyKeyNowhere ID = "why.key-nowhere"
	WhyWith       ID = "why.with"
	WhyAttribute  ID = "why.attribute"
	WhyAsked      ID = "why.asked"
	WhyNumber     ID = "why.number"
	WhyKind       ID = "why.kind"
	WhyWant       ID = "why.want"
	WhySize       ID = "why.size"
	WhyMost       ID = "why.most"
	WhyCurve      ID = "why.curve"
	WhyValue      ID = "why.value"
	WhyID         ID = "why.id"
	WhyUser       ID = "why.user"
	WhyNoUser     ID = "why.no-user"
	WhyFailures   ID = "why.failures"
	WhyLogin      ID = "why.login"
	WhyNobody     ID = "why.nobody"
	WhyMode       ID = "why.mode"
	WhyApprovals  ID = "why.approvals"
	WhyHave       ID = "why.have"
	WhyOfficers   ID = "why.officers"
	WhyRoom       ID = "why.room"
	WhyDaemon     ID = "why.daemon"
	WhyDown       ID = "why.down"
	WhyCut        ID = "why.cut"
	WhyHealthy    ID = "why.healthy"
	WhyWord       ID = "why.word"
	WhyParam      ID = "why.param"
	WhyMissing    ID = "why.missing"
	WhyChoices    ID = "why.choices"

	RepairInstead  ID = "why.repair-instead"
	RepairFirst    ID = "why.repair-first"
	RepairLogin    ID = "why.repair-login"
	RepairLogout   ID = "why.repair-logout"
	RepairReach    ID = "why.repair-reach"
	RepairValue    ID = "why.repair-value"
	RepairKey      ID = "why.repair-key"
	RepairDrop     ID = "why.repair-drop"
	RepairSet      ID = "why.repair-set"
	RepairPassword ID = "why.repair-password"
	RepairQuorum   ID = "why.repair-quorum"
	RepairShare    ID = "why.repair-share"
	RepairAgain    ID = "why.repair-again"
)

var whyNotes = []Row{
	{WhyKey, "Key {handle} is a {class} key ({type}).", false},
	{WhyKeyOwner, "Key {handle} is owned by {owner}.", false},
	{WhyKeyShared, "Key {handle} is shared with {users}.", false},
	{WhyKeySession, "Key {handle} lives in one session only.", false},
	{WhyKeyOn, "Key {handle} is on {nodes}.", false},
	{WhyKeyNowhere, "No HSM has a key {handle}.", false},
	{WhyWith, "The wrapping key {handle} is a {class} key ({type}).", false},
	{WhyAttribute, "{name} of key {handle} is {value}.", false},
	{WhyAsked, "The attribute at fault is {name}.", false},
	{WhyNumber, "No attribute has the number {number}.", false},
	{WhyKind, "A {class} key ({type}) was asked for.", false},
	{WhyWant, "The place is for {want}.", false},
	{WhySize, "The size at fault is {size}.", false},
	{WhyMost, "The size at fault is {size}, and the most is {max}.", false},
	{WhyCurve, "The curve at fault is {curve}.", false},
	{WhyValue, "The value at fault is {value}.", false},
	{WhyID, "The id `{id}` is another key's.", false},
	{WhyUser, "User {id} is {name} ({type}).", false},
	{WhyNoUser, "No user has the id {id}.", false},
	{WhyFailures, "HSM {node} has counted {count} wrong passwords of {name} in a row.", false},
	{WhyLogin, "{user} is logged in here.", false},
	{WhyNobody, "Nobody is logged in here.", false},
	{WhyMode, "The HSMs are of the type {model}, {mode}.", false},
	{WhyApprovals, "Approvals needed: {count}.", false},
	{WhyHave, "Approvals that the token has: {count}.", false},
	{WhyOfficers, "Officers that the HSMs know: {count}.", false},
	{WhyRoom, "HSM {node} holds {count} keys, and {max} fit.", false},
	{WhyDaemon, "The client daemon is stopped.", false},
	{WhyDown, "HSM {node} is switched off.", false},
	{WhyCut, "HSM {node} is cut off.", false},
	{WhyHealthy, "The client reaches {hsms}: the cluster is healthy.", false},
	{WhyWord, "The word at fault is `{word}`.", false},
	{WhyParam, "`{option}` is: {means}.", false},
	{WhyMissing, "Missing: `{options}`.", false},
	{WhyChoices, "It takes `{values}`.", false},

	{RepairInstead, "A line in its place that works.", false},
	{RepairFirst, "First this, then the line works.", false},
	{RepairLogin, "Log in as {user}, then the line works.", false},
	{RepairLogout, "Log {user} out, then the line works.", false},
	{RepairReach, "Bring the HSMs within reach, then the line works.", false},
	{RepairValue, "The same with `{value}` behind `{option}`.", false},
	{RepairKey, "The same with key {value} behind `{option}`.", false},
	{RepairDrop, "The same without `{option}`.", false},
	{RepairSet, "Change the attribute, then the line works.", false},
	{RepairPassword, "Type the password hidden.", false},
	{RepairQuorum, "Collect the approvals, then the line works.", false},
	{RepairShare, "Share the key with {user}, then the line works.", false},
	{RepairAgain, "Nothing stands in the way any more: the line works now.", false},
}

// Rules of a line, by what is wrong with it. {option} is the option concerned, {tool} the program.
const (
	RuleCommand  ID = "rule.command"
	RuleOption   ID = "rule.option"
	RuleValue    ID = "rule.value"
	RuleNumber   ID = "rule.number"
	RuleHex      ID = "rule.hex"
	RuleRange    ID = "rule.range"
	RuleChoice   ID = "rule.choice"
	RuleList     ID = "rule.list"
	RuleLength   ID = "rule.length"
	RuleRequired ID = "rule.required"
	RuleNeeds    ID = "rule.needs"
	RuleBoth     ID = "rule.both"
	RuleOnce     ID = "rule.once"
	RuleExtra    ID = "rule.extra"
	RuleBare     ID = "rule.bare"
	RuleEnds     ID = "rule.ends"
	RuleLine     ID = "rule.line"
)

var ruleNotes = []Row{
	{RuleCommand, "A line begins with a command of {tool}.", false},
	{RuleOption, "A command takes its own options and no others.", false},
	{RuleValue, "An option with a value is followed by it.", false},
	{RuleNumber, "`{option}` is a decimal number.", false},
	{RuleHex, "`{option}` is hexadecimal.", false},
	{RuleRange, "`{option}` is a number within its range.", false},
	{RuleChoice, "`{option}` is one of its values.", false},
	{RuleList, "`{option}` is a list of numbers with commas and without blanks.", false},
	{RuleLength, "`{option}` is at most {max} bytes long.", false},
	{RuleRequired, "A command runs once all that it requires is given.", false},
	{RuleNeeds, "`{option}` goes only together with `{needs}`.", false},
	{RuleBoth, "`{option}` and `{other}` stand in each other's place.", false},
	{RuleOnce, "An option is given once.", false},
	{RuleExtra, "Each word belongs to an option or has its place.", false},
	{RuleBare, "`{option}` takes no value.", false},
	{RuleEnds, "The first words of a command alone are none.", false},
	{RuleLine, "A line has at most so many bytes as the tool reads.", false},
}
