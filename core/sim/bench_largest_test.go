package sim

import (
	"fmt"
	"runtime"
	"testing"

	"hsmplay/core/hsm"
)

// largest is the largest world there can be: 28 HSMs, each with 3,300 keys and 1,024 users but for
// one. Terminal 1 is key_mgmt_util, terminal 2 cloudhsm_mgmt_util.
var largest *World

// heap returns the bytes that are in use.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func theLargest(b *testing.B) *World {
	if largest != nil {
		return largest
	}
	w, _ := full(b, NodesMax, hsm.KeysMax)
	officer := w.Open("", 80).Terminal
	w.Type(officer, "cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg")
	w.Type(officer, "loginHSM CO admin password")
	for i := len(w.cluster.Nodes[0].HSM.Users); i < hsm.UsersMax-1; i++ {
		w.Type(officer, fmt.Sprintf("createUser CU user_%d password", i))
		w.Type(officer, "y")
	}
	for _, n := range w.cluster.Nodes {
		if users, room := len(n.HSM.Users), n.HSM.Room(); users != hsm.UsersMax-1 || room != 0 {
			b.Fatalf("HSM %d has %d users and room for %d keys", n.HSM.Node, users, room)
		}
	}
	largest = w
	return w
}

func mustLoad(b *testing.B, rows map[string]string) *World {
	w, err := Load(rows, Options{})
	if err != nil {
		b.Fatal(err)
	}
	return w
}

// end closes the terminals of a world, untimed: their processes would hold it for ever.
func end(b *testing.B, w *World) {
	b.StopTimer()
	for _, t := range w.Terminals() {
		w.Close(t.Number)
	}
	b.StartTimer()
}

// BenchmarkLargest is what is done in the largest world. Its memory is the metric MB of Memory.
func BenchmarkLargest(b *testing.B) {
	for _, row := range []struct {
		name string
		do   func(b *testing.B, w *World)
	}{
		{"findKey", func(b *testing.B, w *World) {
			for b.Loop() {
				w.Type(1, "findKey")
			}
		}},
		{"createUser", func(b *testing.B, w *World) {
			for b.Loop() {
				w.Type(2, "createUser CU the_last password")
				w.Type(2, "y")
				b.StopTimer()
				w.Type(2, "deleteUser CU the_last")
				w.Type(2, "y")
				b.StartTimer()
			}
		}},
		{"Save", func(b *testing.B, w *World) {
			for b.Loop() {
				w.Save()
			}
		}},
		{"Load", func(b *testing.B, w *World) {
			rows := w.Save()
			for b.Loop() {
				end(b, mustLoad(b, rows))
			}
		}},
		{"Changes", func(b *testing.B, w *World) {
			w.Changes()
			for b.Loop() {
				b.StopTimer()
				w.Type(2, "changePswd CU user4 password")
				w.Type(2, "y")
				b.StartTimer()
				w.Changes()
			}
		}},
		{"Memory", func(b *testing.B, w *World) {
			rows := w.Save()
			before := heap()
			var used uint64
			for b.Loop() {
				loaded := mustLoad(b, rows)
				used = max(used, heap()-before) // what an earlier one has left is in neither
				end(b, loaded)
			}
			b.ReportMetric(float64(used)/1e6, "MB")
		}},
	} {
		b.Run(row.name, func(b *testing.B) {
			w := theLargest(b)
			b.ResetTimer()
			row.do(b, w)
		})
	}
}
