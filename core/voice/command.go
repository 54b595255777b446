package voice

// The notes of core/command.
const ()

var commandNotes = []Row{}
