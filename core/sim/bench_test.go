package sim

import (
	"fmt"
	"testing"
)

// BenchmarkPair is genECCKeyPair -i 14 on three HSMs with its changes saved; the pair is deleted
// again, unsaved.
func BenchmarkPair(b *testing.B) {
	w := New(Options{})
	n := w.Open("", 80).Terminal
	w.Type(n, "key_mgmt_util")
	w.Type(n, "loginHSM -u CU -s example_user -p aws")
	for b.Loop() {
		w.Type(n, "genECCKeyPair -i 14 -l bench")
		w.Changes()
		b.StopTimer()
		w.Type(n, "deleteKey -k 6")
		w.Type(n, "deleteKey -k 7")
		b.StartTimer()
	}
}

// full returns a world with so many keys, on each HSM.
func full(b *testing.B, nodes, keys int) (*World, int) {
	w := New(Options{Nodes: nodes})
	n := w.Open("", 80).Terminal
	w.Type(n, "key_mgmt_util")
	w.Type(n, "loginHSM -u CU -s example_user -p aws")
	for i := range keys {
		w.Type(n, fmt.Sprintf("genSymKey -t 31 -s 32 -l key%d", i))
	}
	if got := len(w.Keys(0, n, 0, 0, "").Rows); got != keys {
		b.Fatalf("%d keys, not %d", got, keys)
	}
	return w, n
}

// BenchmarkChanges is the save of one command's changes in a full cluster of three.
func BenchmarkChanges(b *testing.B) {
	w, n := full(b, 3, 3300)
	w.Changes()
	w.Type(n, "deleteKey -k 3300")
	for b.Loop() {
		b.StopTimer()
		w.Type(n, "genSymKey -t 31 -s 32 -l again")
		b.StartTimer()
		w.Changes()
		b.StopTimer()
		w.Type(n, "deleteKey -k 3300")
		b.StartTimer()
	}
}

// BenchmarkBackup is a backup of 3,300 keys, of which one has changed since the one before, with
// its changes saved.
func BenchmarkBackup(b *testing.B) {
	w, n := full(b, 3, 3300)
	w.Type(n, "hsm backup")
	w.Changes()
	for b.Loop() {
		b.StopTimer()
		w.Type(n, "deleteKey -k 3300")
		w.Type(n, "genSymKey -t 31 -s 32 -l again")
		w.Changes()
		b.StartTimer()
		w.Type(n, "hsm backup")
		w.Changes()
	}
}

// BenchmarkSave is the full export of three HSMs with 3,300 keys each.
func BenchmarkSave(b *testing.B) {
	w, _ := full(b, 3, 3300)
	for b.Loop() {
		w.Save()
	}
}

// BenchmarkLoad is the start of a saved world of 28 HSMs with 3,300 keys each.
func BenchmarkLoad(b *testing.B) {
	w, _ := full(b, 28, 3300)
	rows := w.Save()
	for b.Loop() {
		if _, err := Load(rows, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFindKey lists 3,300 keys on 28 HSMs.
func BenchmarkFindKey(b *testing.B) {
	w, n := full(b, 28, 3300)
	for b.Loop() {
		w.Type(n, "findKey")
	}
}

// BenchmarkView is what the page reads after each line, of three HSMs with 3,300 keys each: nodes
// and the first 200 keys.
func BenchmarkView(b *testing.B) {
	w, n := full(b, 3, 3300)
	for b.Loop() {
		w.Cluster(0, 0)
		w.Keys(0, n, 0, 200, "")
	}
}

// BenchmarkNewerPair is the same pair at the prompt of CloudHSM CLI, unsaved.
func BenchmarkNewerPair(b *testing.B) {
	w := New(Options{})
	n := w.Open("", 80).Terminal
	w.Type(n, "cloudhsm-cli interactive")
	w.Type(n, "login --username example_user --role crypto-user --password aws")
	for b.Loop() {
		w.Type(n, "key generate-asymmetric-pair ec --public-label pub --private-label priv --curve secp384r1 --public-attributes verify=true --private-attributes sign=true")
		b.StopTimer()
		w.Type(n, "key delete --filter attr.label=pub")
		w.Type(n, "key delete --filter attr.label=priv")
		b.StartTimer()
	}
}
