package main

import (
	"fmt"
	"os"
	"strings"
)

// processBegan returns when a process began, in clock ticks since the machine did, and whether it
// runs: proc(5), fields 22 and 3 of stat. One that has ended and that its parent has not asked
// about runs no more.
func processBegan(pid int) (began string, runs bool) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return "", false
	}
	// The second field is the program's name in parentheses, which may hold anything.
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	if len(fields) < 20 {
		return "", false
	}
	return fields[19], fields[0] != "Z" && fields[0] != "X"
}
