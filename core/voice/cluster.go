package voice

// The notes of core/cluster.
const ()

var clusterNotes = []Row{}
