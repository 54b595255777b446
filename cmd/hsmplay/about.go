package main

import (
	"context"
	_ "embed"
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is set by the linker for a release (scripts/release.sh).
var version = ""

// notices are the licences of what is linked and of what the page holds. `make notices` writes the
// file.
//
//go:embed notices.txt
var notices string

// showVersion is the verb version.
func showVersion(_ context.Context, h host, args []string) int {
	if len(args) > 0 {
		return h.misuse("version", fmt.Errorf("%q is no flag", args[0]))
	}
	fmt.Fprintf(h.out, "hsmplay %s (%s, %s/%s)\n", released(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return done
}

// released is the version of this program: a release's, or that of a module that was installed with
// go, or devel.
func released() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}

// showNotices is the verb notices.
func showNotices(_ context.Context, h host, args []string) int {
	if len(args) > 0 {
		return h.misuse("notices", fmt.Errorf("%q is no flag", args[0]))
	}
	fmt.Fprint(h.out, notices)
	return done
}
