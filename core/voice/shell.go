package voice

// The notes of core/shell.
const ()

var shellNotes = []Row{}
