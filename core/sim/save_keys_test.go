package sim

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/hsm"
	"hsmplay/core/internal/jsonrow"
)

// Rows of keys, of material and of audit logs are written and read field by field: what stands
// there is what encoding/json makes of their types, so that no field is forgotten.
func TestRowsFieldByFieldAreThoseOfTheTypes(t *testing.T) {
	p := start(t, Options{})
	for _, line := range []string{"genECCKeyPair -i 14 -l pair -id 01", "genSymKey -t 31 -s 32 -l <two>&", "genSymKey -t 31 -s 16 -l session -sess",
		"genRSAKeyPair -m 2048 -e 65537 -l shared -u 4,5 -m_value 2", "exportPubKey -k 6 -out pub", "importPubKey -f pub -l came",
		"loginHSM -u CU -s nobody -p <wrong>", "deleteKey -k 99"} {
		p.do(line)
	}
	p.w.cluster.Nodes[0].HSM.Keys[8].Label = "\xff\xfe"
	p.w.cluster.Nodes[0].HSM.Keys[9].ID = "\xfe"
	rows := p.w.Save()
	kinds := map[string]int{}
	for name, row := range rows {
		switch {
		case strings.Contains(name, "/keys/"):
			kinds["keys"]++
			var keys []*savedKey
			require.NoError(t, json.Unmarshal([]byte(row), &keys))
			for _, k := range keys {
				if k != nil {
					k.Label, k.ID = whole(k.Label, k.LabelBytes), whole(k.ID, k.IDBytes)
				}
			}
			require.Equal(t, marshal(keys), row, name)
		case strings.Contains(name, "/audit/"):
			kinds["audit"]++
			var entries []*hsm.Entry
			require.NoError(t, json.Unmarshal([]byte(row), &entries))
			require.Equal(t, marshal(entries), row, name)
			read, err := hsm.LoadEntries(row)
			require.NoError(t, err)
			require.Equal(t, entries, read)
		}
	}
	require.Greater(t, kinds["keys"], 2)
	require.Greater(t, kinds["audit"], 2)
	for _, odd := range []string{`"LabelBytes"`, `"IDBytes"`, `"Origin"`, `"Session":1`, `"MValue":2`, `"Shared":[4,5]`} {
		require.Contains(t, rows["node/0/keys/0"], odd)
	}
	w, err := Load(rows, Options{})
	require.NoError(t, err)
	require.Equal(t, "\xff\xfe", w.cluster.Nodes[0].HSM.Keys[8].Label)
	require.Equal(t, rows["node/0/keys/0"], w.Save()["node/0/keys/0"])
}

// fill gives every field of a row a value that is not left out.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1)) // of one value: settings have settings in them
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i))
		}
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	default:
		switch {
		case v.CanInt():
			v.SetInt(7)
		case v.CanUint():
			v.SetUint(7)
		}
	}
}

// No field of a key or of an entry is forgotten where they are written field by field.
func TestEveryFieldIsWritten(t *testing.T) {
	var k savedKey
	var e hsm.Entry
	fill(reflect.ValueOf(&k).Elem())
	fill(reflect.ValueOf(&e).Elem())
	keys, entries := []*savedKey{&k, nil, {}}, []*hsm.Entry{&e, nil, {}}
	require.Equal(t, marshal(keys), string(jsonrow.Write(0, codedKeys(&keys))))
	require.Equal(t, marshal(entries), hsm.SaveEntries(entries))
}

// Keys that were gone from all HSMs for a while come back, as by a restored backup, with the
// numbers that their material has then.
func TestKeysThatComeBackAreSavedAnew(t *testing.T) {
	p := start(t, Options{})
	p.do("genSymKey -t 31 -s 32 -l one")
	stored := p.w.Save()
	p.w.Changes()
	nodes := p.w.cluster.Nodes
	kept := nodes[0].HSM.Keys
	for i, keys := range [][]*hsm.Key{nil, kept, nil, kept} {
		if i == 3 {
			p.do("genSymKey -t 31 -s 32 -l other") // which takes a number
			store(stored, p.w.Changes())
		}
		for _, n := range nodes {
			n.HSM.Keys = keys
		}
		store(stored, p.w.Changes())
		require.Equal(t, p.w.Save(), stored, i)
		_, err := Load(stored, Options{})
		require.NoError(t, err, i)
	}
}
