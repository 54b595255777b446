package transcript

import (
	"os"
	"path/filepath"
	"testing"
)

// Golden compares a generated file of the repository with what it should hold; -update writes it.
func Golden(t *testing.T, file, want string) {
	t.Helper()
	got, err := os.ReadFile(file)
	if err == nil && string(got) == want {
		return
	}
	if !*update {
		t.Errorf("%s is out of date: go test -update writes it", file)
		return
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}
