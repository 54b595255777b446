package main

import (
	"io/fs"
	"os"
)

// own does nothing: what is written here belongs to whom its directory says.
func own(*os.File, fs.FileInfo) {}
