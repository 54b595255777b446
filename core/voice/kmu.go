package voice

// The notes of core/kmu.
const ()

var kmuNotes = []Row{}
