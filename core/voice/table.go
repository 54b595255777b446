package voice

import "slices"

// Table is every note, by the room that says it: one file each beside this one.
var Table = slices.Concat(commandNotes, cmuNotes, kmuNotes, shellNotes, simNotes, activationNotes, backupNotes, opensslNotes, happenedNotes,
	lessonNotes, cliNotes, wouldNotes, whyNotes, ruleNotes)
