package main

import "slices"

// mutants are the faults, by what they break.
var mutants = slices.Concat(rights, services, sdk5, people, ofCluster)
