package main

import (
	"fmt"
	"os"
	"strings"
)

// processID names this process in a saved world: its number, and when it began, because numbers are
// used again.
func processID() string {
	began, _ := processBegan(os.Getpid())
	return fmt.Sprintf("%d-%s", os.Getpid(), began)
}

// processRuns reports whether the process of a saved world still runs on this machine.
func processRuns(id string) bool {
	number, then, _ := strings.Cut(id, "-")
	var pid int
	if _, err := fmt.Sscan(number, &pid); err != nil || pid <= 0 {
		return false
	}
	began, runs := processBegan(pid)
	return runs && began == then
}
