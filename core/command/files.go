package command

import (
	"errors"
	"io/fs"
)

// FileReason says in a few words of the playground why a file could not be used, for the notes.
func FileReason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file or directory"
	case errors.Is(err, fs.ErrPermission):
		return "permission is denied"
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
