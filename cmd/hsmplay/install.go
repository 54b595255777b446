package main

import (
	"context"
	"crypto/rand"
	"debug/buildinfo"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"hsmplay/core/sim"
)

// errForeign is a file in the place of a tool that is not this program's.
var errForeign = errors.New("something else is there; it is left alone")

// install is the verb install.
func install(_ context.Context, h host, args []string) int {
	flags := flag.NewFlagSet("install", flag.ContinueOnError)
	if status, ok := h.parse(flags, args); !ok {
		return status
	}
	if flags.NArg() != 1 || flags.Arg(0) == "" {
		return h.misuse("install", errors.New("one directory is to be named"))
	}
	dir := flags.Arg(0)
	program, err := ownPath()
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err != nil {
		return h.fail("install", err)
	}
	status := done
	for _, name := range callNames() {
		place := filepath.Join(dir, name+executableSuffix())
		did, err := put(program, place)
		if err != nil {
			status = h.fail("install", fmt.Errorf("%s: %w", place, err))
			continue
		}
		fmt.Fprintf(h.out, "%s: %s\n", place, did)
	}
	return max(status, installConfigs(h, dir))
}

// configs are the configuration files of the client machine: the daemon's, and the management
// tool's.
var configs = []string{"cloudhsm_client.cfg", "cloudhsm_mgmt_util.cfg"}

// installConfigs writes the files that the tools expect beside their own directory, where that is
// /opt/cloudhsm/bin, here or below another root. One that is there stays as it is.
func installConfigs(h host, dir string) (status int) {
	dir, err := filepath.Abs(dir)
	if err != nil || !strings.HasSuffix(filepath.ToSlash(dir), instanceDir+"/bin") {
		return done
	}
	etc, world := filepath.Join(filepath.Dir(dir), "etc"), sim.New(sim.Options{})
	for _, name := range configs {
		place := filepath.Join(etc, name)
		did, err := "is there already", error(nil)
		if _, missing := os.Lstat(place); errors.Is(missing, fs.ErrNotExist) {
			did = "written"
			data, none := world.Read(etcDir + "/" + name)
			err = errors.Join(none, os.MkdirAll(etc, 0o755))
			if err == nil {
				err = exchange(place, data, 0o644, true)
			}
		}
		if err != nil {
			status = h.fail("install", fmt.Errorf("%s: %w", place, err))
			continue
		}
		fmt.Fprintf(h.out, "%s: %s\n", place, did)
	}
	return status
}

// ownPath is where this program is, links followed.
func ownPath() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(path)
}

func executableSuffix() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

// put makes a place be the program, and says how: a link, or a copy where there are no links or the
// program will not stay where it is, as under `go run`. What is there is replaced only if it is
// this program's.
func put(program, place string) (did string, err error) {
	there, err := os.Stat(place)
	if here, _ := os.Stat(program); err == nil && os.SameFile(there, here) {
		return "is there already", nil
	}
	if !replaceable(place) {
		return "", errForeign
	}
	part := filepath.Join(filepath.Dir(place), ".hsmplay-"+rand.Text())
	did = "linked to " + program
	passing := strings.Contains(filepath.ToSlash(program), "/go-build")
	if passing || os.Symlink(program, part) != nil {
		did = "copied from " + program
		err = duplicate(program, part)
	} else {
		err = nil
	}
	if err == nil {
		err = os.Rename(part, place)
	}
	if err != nil {
		return "", errors.Join(err, ignoreMissing(os.Remove(part)))
	}
	return did, nil
}

// replaceable reports whether a place is free, or holds this program: another build of it, or a
// link to one that is gone.
func replaceable(place string) bool {
	if _, err := os.Lstat(place); errors.Is(err, fs.ErrNotExist) {
		return true
	}
	if _, err := os.Stat(place); errors.Is(err, fs.ErrNotExist) {
		target, err := os.Readlink(place)
		return err == nil && strings.HasPrefix(filepath.Base(target), "hsmplay")
	}
	there, err := buildinfo.ReadFile(place)
	here, known := debug.ReadBuildInfo()
	return err == nil && known && there.Main.Path == here.Main.Path
}

// duplicate copies the program.
func duplicate(program, place string) error {
	from, err := os.Open(program)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.OpenFile(place, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}
