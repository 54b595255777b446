//go:build !linux

package main

import (
	"errors"
	"os"
	"runtime"
	"syscall"
)

// processBegan returns whether a process runs; when it began is not known here.
func processBegan(pid int) (began string, runs bool) {
	p, err := os.FindProcess(pid)
	if err != nil {
		return "", false
	}
	if runtime.GOOS == "windows" { // finding it there is opening it
		return "", p.Release() == nil
	}
	return "", !errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
