package command

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestToldHidesWhatMayBeAPassword(t *testing.T) {
	table := Table[int]{Specs: []Spec[int]{
		{Name: "login", Params: []Param{{Flag: "-u", Kind: Choices}, {Flag: "-s"}, {Flag: "-p", Kind: Secret}, {Flag: "-ask", Kind: Switch, Over: true}}},
		{Name: "create", Params: []Param{{Value: "type"}, {Value: "password", Kind: Secret}, {Flag: "-2fa", Value: "file", Optional: true}}},
		{Name: "make", Params: []Param{{Flag: "-l"}}},
	}}
	for _, c := range []struct {
		line, shown, path string
		secrets           []string
	}{
		{"login -u CU -s ann -p hunter2", "login -u CU -s ann -p ***", "login", []string{"hunter2"}},
		{"login -p -u hunter2 x", "login -p -u hunter2 ***", "login", []string{"x"}},
		{"login ann hunter2", "login *** ***", "login", []string{"ann", "hunter2"}},
		{"create CO hunter2 -2fa f hunter3", "create CO *** -2fa f ***", "create", []string{"hunter2", "hunter3"}},
		{"make -l hunter2 more", "make -l hunter2 more", "make", nil},
		{"login -u CU -s ann -p hunter2 make -l 12345678", "login -u CU -s ann -p *** make -l 12345678", "login", []string{"hunter2"}},
		{"login -u CU -s ann -p hunter2 create CO hunter3", "login -u CU -s ann -p *** create CO ***", "login", []string{"hunter2", "hunter3"}},
		{"login -u CU -s ann -p make", "login -u CU -s ann -p ***", "login", []string{"make"}},
		{"login -s ann -ask hunter2 -u CU", "login -s ann -ask *** -u CU", "login", []string{"hunter2"}},
		{"login -s ann -ask make -l 1", "login -s ann -ask make -l 1", "login", nil},
		{"lgoin -u CU -p 12345678 -i 14", "lgoin -u *** -p *** -i 14", "", []string{"12345678"}},
		{"openssl -sign 7 -out record.sig", "openssl -sign 7 -out ***", "", nil},
		{"  ", "", "", nil},
	} {
		path, shown, secrets := table.Told(c.line)
		require.Equal(t, c.shown, shown, c.line)
		require.Equal(t, c.secrets, secrets, c.line)
		require.Equal(t, c.path, append(path, "")[0], c.line)
	}
	require.Equal(t, []string{"login", "create"}, table.Secretive())
	require.Len(t, Told(string(make([]byte, 5000))+"x"), toldMax+len("…"))
}
