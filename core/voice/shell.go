package voice

// The notes of core/shell.
const (
	ShellStillWaits  ID = "shell.still-waits"
	ShellUnknown     ID = "shell.unknown"
	ShellSaid        ID = "shell.said"
	ShellNearest     ID = "shell.nearest"
	ShellOfTool      ID = "shell.of-tool"
	ShellNearOfTool  ID = "shell.near-of-tool"
	ShellInItself    ID = "shell.in-itself"
	ShellOfBash      ID = "shell.of-bash"
	ShellAnswerFirst ID = "shell.answer-first"
	ShellNotAtTools  ID = "shell.not-at-tools"
	ShellNesting     ID = "shell.nesting"
	ShellTooLong     ID = "shell.too-long"
	ShellSteps       ID = "shell.steps"
	ShellDepth       ID = "shell.depth"
	ShellMemory      ID = "shell.memory"
	ShellOutput      ID = "shell.output"
	ShellFlood       ID = "shell.flood"
	ShellForks       ID = "shell.forks"
	ShellFault       ID = "shell.fault"
	ShellUnsupported ID = "shell.unsupported"
	ShellRestored    ID = "shell.restored"
	ShellSleeps      ID = "shell.sleeps"
	ShellErrexit     ID = "shell.errexit"
	ShellNoJobs      ID = "shell.no-jobs"
	ShellBraces      ID = "shell.braces"
	ShellNoEditor    ID = "shell.no-editor"
	ShellNoEditorTab ID = "shell.no-editor-tab"
	ShellNoPackages  ID = "shell.no-packages"
	ShellPackageHere ID = "shell.package-here"
	ShellNoNetwork   ID = "shell.no-network"
	ShellNoLanguage  ID = "shell.no-language"
)

var shellNotes = []Row{
	{ShellStillWaits, "The command before is still waiting, so `{line}` was not run. Ctrl-C ends it.", true},
	{ShellUnknown, "The client instance has no `{name}`. `help` lists what it has.", true},
	{ShellSaid, "There is no `{name}` here, but something like it. Did you mean `{line}`?", true},
	{ShellNearest, "There is no `{name}` here. Did you mean `{line}`?", true},
	{ShellOfTool, "`{name}` is a command of {tools}. Type `{start}` first, then the line there.", true},
	{ShellNearOfTool, "There is no `{name}` here, but `{nearest}`, a command of {tools}. Type `{start}` first, then `{line}` there.", true},
	{ShellInItself, "`{name}` runs here already, and this is its prompt. A new tab starts it once more.", false},
	{ShellOfBash, "`{name}` belongs to bash, and {tool} has no such command. Type the line in a new tab, where {tool} goes on beside it, or leave with `{leave}` first.", true},
	{ShellAnswerFirst, "The question comes first: once it is answered, the prompt takes such a line again.", false},
	{ShellNotAtTools, "`{name}` works at this prompt as a convenience of the playground; the real tool lacks it.", false},
	{ShellNesting, "The line is nested deeper than the playground reads. Put the inner parts on lines of their own.", true},
	{ShellTooLong, "The line is longer than the playground takes ({limit} bytes). Put it into a file in pieces.", true},
	{ShellSteps, "The line was stopped after {limit} steps, so that a loop cannot run for ever. Ctrl-C stops one sooner.", true},
	{ShellDepth, "The calls were nested deeper than the playground goes. A function that calls itself needs a case in which it does not.", true},
	{ShellMemory, "The line was stopped because its variables grew past what the playground keeps for them.", true},
	{ShellOutput, "The line was stopped after {limit} bytes of output. `head` shows the beginning of something long.", true},
	{ShellFlood, "The line was stopped because it printed more than a terminal keeps ({bytes} bytes or {rows} lines). `head` shows the beginning of something long.", true},
	{ShellForks, "The line was stopped because it started more than {limit} processes at once.", true},
	{ShellFault, "The playground's bash stopped at something that it cannot do, and went back to its prompt. Files and keys are as they were.", true},
	{ShellUnsupported, "The playground's bash has no {what}.", true},
	{ShellRestored, "The line that was running when the page was left has ended; `{program}` is back at its prompt.", false},
	{ShellErrexit, "A command failed, and after `set -e` that ends the shell. In a script, or in `bash` of its own, it ends no more than that.", true},
	{ShellSleeps, "Sleeping until the simulated clock has moved on.", false},
	{ShellNoJobs, "There is no job control here: a job started with & runs beside the prompt, and `wait` waits for it.", true},
	{ShellBraces, "A brace expansion makes at most {limit} words here. `seq` counts further.", true},
	{ShellNoEditor, "There is no editor such as `{name}` at this prompt. Type `{line}`, then what the file gets at its end, then Ctrl-D.", true},
	{ShellNoEditorTab, "There is no editor such as `{name}` here. In a new tab, type `{line}`, then what the file gets at its end, then Ctrl-D.", true},
	{ShellNoPackages, "Nothing can be installed here with `{name}`, and little needs to be: the usual programs, openssl, jq and the tools of the HSMs are there. `help` lists them.", true},
	{ShellPackageHere, "Nothing can be installed here with `{name}`, but `{program}` is there already.", true},
	{ShellNoNetwork, "The machine reaches its HSMs and no other host, so it has no `{name}`. `hsm status` shows the HSMs with their addresses.", true},
	{ShellNoLanguage, "There is no `{name}` here: a script is one of bash, with awk, sed and jq. `help` lists the programs.", true},
}
