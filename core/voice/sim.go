package voice

// The notes of core/sim.
const ()

var simNotes = []Row{}
