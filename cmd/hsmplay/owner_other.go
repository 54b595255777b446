//go:build !windows

package main

import (
	"io/fs"
	"os"
	"syscall"
)

// own gives a file to the owner of another one, as far as this process may: root's sudo must not
// take a user's world away.
func own(f *os.File, like fs.FileInfo) {
	if stat, ok := like.Sys().(*syscall.Stat_t); ok {
		_ = f.Chown(int(stat.Uid), int(stat.Gid))
	}
}
