//go:build !js

package core_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// foreign is somebody else's program that makes a key in a world of ours.
const foreign = `package main

import (
	"fmt"

	%q
)

func main() {
	w := sim.New(sim.Options{})
	terminal := w.Open("", 80).Terminal
	w.Type(terminal, "key_mgmt_util")
	w.Type(terminal, "loginHSM -u CU -s example_user -p aws")
	fmt.Print(w.Type(terminal, "genECCKeyPair -i 14 -l ecc14").Text)
}
`

func TestAForeignModuleCanImportTheFaçade(t *testing.T) {
	top, err := filepath.Abs("..")
	require.NoError(t, err)
	sums, err := os.ReadFile("../go.sum")
	require.NoError(t, err)
	dir := t.TempDir()
	mod := fmt.Sprintf("module example.org/foreign\n\ngo 1.26\n\nrequire %s v0.0.0\n\nreplace %[1]s => %s\n", module(t), top)
	for name, text := range map[string]string{"go.mod": mod, "go.sum": string(sums),
		"main.go": fmt.Sprintf(foreign, module(t)+"/core/sim")} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	run := exec.Command("go", "run", "-mod=mod", ".")
	run.Dir = dir
	out, err := run.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "Cfm3GenerateKeyPair:    public key handle: 6    private key handle: 7")
}
