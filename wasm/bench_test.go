package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"testing"

	"hsmplay/core/sim"
)

// pairsMax is how many pairs a world of BenchmarkEnter gets: nearly all that fit on an HSM.
const pairsMax = 1600

// BenchmarkBareKey is what genECCKeyPair -i 14 cannot do without.
func BenchmarkBareKey(b *testing.B) {
	for b.Loop() {
		if _, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEnter is genECCKeyPair -i 14 as the page types it, in a world that fills with pairs:
// Type without the model, Read where the model and the rows to save come with it, Burst as the page
// does it where lines follow fast.
func BenchmarkEnter(b *testing.B) {
	for _, row := range []struct {
		name string
		read int // the model at each so-manieth line
	}{{"Type", pairsMax}, {"Burst", 64}, {"Read", 1}} {
		b.Run(row.name, func(b *testing.B) {
			p := benchPage{b: b}
			for n := 0; b.Loop(); n++ {
				if n%pairsMax == 0 {
					b.StopTimer()
					p.begin()
					b.StartTimer()
				}
				p.enter(fmt.Sprintf("genECCKeyPair -i 14 -l k%d", n), n%row.read == row.read-1)
			}
		})
	}
}

// benchPage is a page that has read a world.
type benchPage struct {
	b    *testing.B
	desk *desk
	seen seen
}

// begin makes a world with a crypto user logged in to key_mgmt_util.
func (p *benchPage) begin() {
	if p.desk != nil {
		p.desk.world.Shut()
	}
	d, err := newDesk(`{"seed":1}`, sim.Options{Listen: func(t sim.Turn) { encode(t) }})
	if err != nil {
		p.b.Fatal(err)
	}
	p.desk, p.seen = d, seen{Terminal: 1, Count: 200}
	d.world.Open("", 80)
	p.enter("key_mgmt_util", false)
	p.enter("loginHSM -u CU -s example_user -p aws", true)
}

// enter types a line in a batch; all asks for what has changed too.
func (p *benchPage) enter(line string, all bool) {
	r := map[string]any{"ms": 1, "type": typed{1, line}, "rows": all}
	if all {
		r["view"] = p.seen
	}
	arg := encode(r)
	var n struct {
		Cluster struct {
			Version int64
			Calls   []struct{ Seq int64 }
		}
		Keys, Users, Files struct{ Version int64 }
		Rows               map[string]json.RawMessage
	}
	p.b.StopTimer()
	p.b.StartTimer()
	answer := call(p.desk, method{name: "batch", run: batch}, arg)
	p.b.StopTimer()
	defer p.b.StartTimer()
	if err := json.Unmarshal([]byte(answer), &n); err != nil {
		p.b.Fatal(err)
	}
	for _, section := range []struct {
		to      *int64
		version int64
	}{
		{&p.seen.Cluster, n.Cluster.Version}, {&p.seen.Keys, n.Keys.Version}, {&p.seen.Users, n.Users.Version}, {&p.seen.Files, n.Files.Version},
	} {
		if section.version != 0 {
			*section.to = section.version
		}
	}
	if calls := n.Cluster.Calls; len(calls) > 0 {
		p.seen.Calls = calls[len(calls)-1].Seq
	}
}
