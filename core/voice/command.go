package voice

// The notes of core/command.
const (
	CommandUnknown       ID = "command.unknown"
	CommandUnknownVerb   ID = "command.unknown-verb"
	CommandNear          ID = "command.near"
	CommandNearTwo       ID = "command.near-two"
	CommandNearThree     ID = "command.near-three"
	CommandSaid          ID = "command.said"
	CommandSaidAs        ID = "command.said-as"
	CommandHere          ID = "command.here"
	CommandThere         ID = "command.there"
	CommandLacks         ID = "command.lacks"
	CommandAnswer        ID = "command.answer"
	CommandNearOne       ID = "command.near-one"
	CommandCase          ID = "command.case"
	CommandBeginning     ID = "command.beginning"
	CommandSeveral       ID = "command.several"
	CommandElsewhere     ID = "command.elsewhere"
	CommandElsewhereNear ID = "command.elsewhere-near"
	CommandMissing       ID = "command.missing"
	CommandMissingOne    ID = "command.missing-one"
	CommandAbsent        ID = "command.absent"
	HelpAsked            ID = "command.help-asked"
	LineTooLong          ID = "command.line-too-long"
	OptionUnknown        ID = "command.option-unknown"
	OptionUnknownNone    ID = "command.option-unknown-none"
	OptionBefore         ID = "command.option-before"
	OptionMeant          ID = "command.option-meant"
	OptionNear           ID = "command.option-near"
	OptionCase           ID = "command.option-case"
	OptionRepeated       ID = "command.option-repeated"
	OptionNeeds          ID = "command.option-needs"
	OptionBoth           ID = "command.option-both"
	OptionsMissing       ID = "command.options-missing"
	NameOrPassword       ID = "command.name-or-password"
	OptionUnwanted       ID = "command.option-unwanted"
	ValueUnwanted        ID = "command.value-unwanted"
	ValueMissing         ID = "command.value-missing"
	ValueNotNumber       ID = "command.value-not-number"
	ValueNotHex          ID = "command.value-not-hex"
	ValueNotList         ID = "command.value-not-list"
	ValueOutOfRange      ID = "command.value-out-of-range"
	ValueTooSmall        ID = "command.value-too-small"
	ValueTooLarge        ID = "command.value-too-large"
	ValueNotChoice       ID = "command.value-not-choice"
	ValueNear            ID = "command.value-near"
	ValueCase            ID = "command.value-case"
	ValueTooLong         ID = "command.value-too-long"
	ValueEmpty           ID = "command.value-empty"
	ValueQuotes          ID = "command.value-quotes"
	SecretSigns          ID = "command.secret-signs"
	ValueDashed          ID = "command.value-dashed"
	ValueVariable        ID = "command.value-variable"
	QuoteOpen            ID = "command.quote-open"
	PromptPasted         ID = "command.prompt-pasted"
	WordExtra            ID = "command.word-extra"
	WordExtraPlain       ID = "command.word-extra-plain"
	WordExtraPlace       ID = "command.word-extra-place"
	WordExtraOptions     ID = "command.word-extra-options"
	BlankMade            ID = "command.blank-made"
	BlankMadeShell       ID = "command.blank-made-shell"
	BlankLacks           ID = "command.blank-lacks"
)

// Blanks: {line} is a line that would work; {word} is what was typed.
var commandNotes = []Row{
	{CommandUnknown, "{tool} has no command `{word}`. `help` lists the ones it has.", true},
	{CommandUnknownVerb, "{tool} has no verb `{word}`. `{start}` lists the ones it has.", true},
	{CommandSaid, "{tool} says `{word}` in other words. Type `{near}`.", true},
	{CommandSaidAs, "{tool} says `{word}` in other words, with `{name}`. Type `{near}`.", true},
	{CommandHere, "Here the same is `{name}`.", false},
	{CommandThere, "As it stands, `{near}` is a command of {other}: `{start}` in bash starts that.", false},
	{CommandLacks, "{tool} has no command `{word}`, but `{name}`. Type `{help}` to see what it takes.", true},
	{CommandAnswer, "`{word}` answers a question, and {tool} asks none now, so it is read as a command.", true},
	{CommandNearOne, "{tool} has no command `{word}`. Did you mean `{near}`?", true},
	{CommandNear, "{tool} has no command `{word}`, but `{name}`. Did you mean `{near}`?", true},
	{CommandNearTwo, "{tool} has no command `{word}`. Did you mean `{near}` or `{also}`?", true},
	{CommandNearThree, "{tool} has no command `{word}`. Did you mean `{near}`, `{also}` or `{third}`?", true},
	{CommandCase, "`{word}` is not understood because capital letters count here: the command is `{name}`. Type `{near}`.", true},
	{CommandBeginning, "`{word}` is only the beginning of `{name}`, and {tool} wants the whole name. Type `{near}`.", true},
	{CommandSeveral, "`{word}` is the beginning of {count} commands, `{near}` and `{also}` among them.", true},
	{CommandElsewhere, "`{near}` is a command of {other}, not of {tool}. Start it with `{start}` in a new tab, where {tool} goes on beside it, or leave with `{leave}` first.", true},
	{CommandElsewhereNear, "{tool} has no command `{word}`, but {other} has `{near}`. Use a new tab, where {tool} goes on beside it, or leave with `{leave}` first.", true},
	{CommandMissing, "`{start}` is the beginning of several commands. Behind it stands one of `{commands}`.", true},
	{CommandMissingOne, "`{start}` is the beginning of a command. Behind it stands `{command}`.", true},
	{CommandAbsent, "{tool} has no command to {what}: {where}.", true},
	{HelpAsked, "{tool} explains a command in its own way. Type `{line}`.", true},
	{LineTooLong, "The line has {length} bytes, and {tool} reads at most {max} here. Put long texts into a file.", true},

	{OptionUnknown, "`{command}` has no option `{word}`. It takes `{options}`.", true},
	{OptionUnknownNone, "`{command}` takes no options. Type `{line}`.", true},
	{OptionNear, "`{command}` has no option `{word}`, but `{near}`. A line that would work: `{line}`.", true},
	{OptionBefore, "`{word}` stands before `{below}`. A line that would work: `{line}`.", true},
	{OptionMeant, "`{command}` has no option `{word}`. A line that would work: `{line}`.", true},
	{OptionCase, "`{word}` is not understood because capital letters count here. Type `{line}`.", true},
	{OptionRepeated, "`{option}` stands there twice, and `{command}` takes it once. Type `{line}`.", true},
	{OptionNeeds, "`{option}` counts only together with `{needs}`. A line that would work: `{line}`.", true},
	{OptionBoth, "`{option}` and `{other}` stand in each other's place, so only one of them can be given. A line that would work: `{line}`.", true},
	{OptionsMissing, "`{command}` needs `{options}` as well. A line that would work: `{line}`.", true},
	{NameOrPassword, "`{command}` takes a user's name and a password, and one of them is missing. A line that would work: `{line}`.", true},

	{OptionUnwanted, "`{near}` takes no value. A line that would work: `{line}`.", true},
	{ValueUnwanted, "`{option}` takes no value. A line that would work: `{line}`.", true},
	{ValueMissing, "`{option}` wants a value after it: {value}. A line that would work: `{line}`.", true},
	{ValueNotNumber, "`{word}` is not a number, and `{option}` takes a decimal one. A line that would work: `{line}`.", true},
	{ValueNotHex, "`{word}` is not hexadecimal, and `{option}` takes the digits 0 to 9 and a to f. A line that would work: `{line}`.", true},
	{ValueNotList, "`{word}` is not a list of user ids, which is numbers with commas between and no blanks. A line that would work: `{line}`.", true},
	{ValueOutOfRange, "`{word}` is out of range: `{option}` takes {min} to {max}. A line that would work: `{line}`.", true},
	{ValueTooSmall, "`{word}` is out of range: `{option}` takes {min} or more. A line that would work: `{line}`.", true},
	{ValueTooLarge, "`{word}` is larger than any number that `{option}` can take. A line that would work: `{line}`.", true},
	{ValueNotChoice, "`{word}` is not a value of `{option}`, which takes {values}. A line that would work: `{line}`.", true},
	{ValueNear, "`{word}` is not a value of `{option}`, but `{near}`. A line that would work: `{line}`.", true},
	{ValueCase, "`{word}` is not a value of `{option}` because capital letters count here. Type `{line}`.", true},
	{ValueTooLong, "The value of `{option}` has {length} bytes, and at most {max} fit. Choose a shorter one.", true},
	{ValueEmpty, "The value of `{option}` is empty here, and it is taken so.", false},
	{SecretSigns, "Signs at the ends of `{option}` count: a quote, a dash or a semicolon there is part of the password. A line that would work: `{line}`.", true},
	{ValueQuotes, "The quotes are part of the value here: `{option}` is `{word}`. Only straight double quotes go around a value. A line that would work: `{line}`.", false},
	{ValueDashed, "`{word}` looks like an option and is taken as the value of `{option}`, because it stands behind it.", false},
	{ValueVariable, "Variables are bash's, and here the value of `{option}` is `{word}` as it stands.", false},
	{QuoteOpen, "A double quote has no partner, so it reaches to the end of the line. Type the second one behind the value.", false},
	{PromptPasted, "`{word}` is the prompt, which {tool} prints itself. Type `{line}`.", true},
	{WordExtra, "`{word}` belongs to no option of `{command}`. A value with blanks goes between double quotes. A line that would work: `{line}`.", true},
	{WordExtraPlace, "`{word}` stands without its option, `{place}`. A line that would work: `{line}`.", true},
	{WordExtraOptions, "`{word}` belongs to no option of `{command}`, which takes `{options}`. A line that would work: `{line}`.", true},
	{BlankMade, "`{option}` of `{command}` takes {what}, and there is none that can be used now. Type `{line}` first.", true},
	{BlankMadeShell, "`{option}` of `{command}` takes {what}, and there is none that can be used now. In bash, `{shell}` makes one; a new tab has one.", true},
	{BlankLacks, "`{option}` of `{command}` takes {what}, and there is none that can be used now.", true},
	{WordExtraPlain, "`{word}` belongs to no option of `{command}`. A line that would work: `{line}`.", true},
}
