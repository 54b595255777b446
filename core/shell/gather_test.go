package shell_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// Ten times as many appends take ten times as much memory, and so time, not a hundred times.
func TestListsGrowInLoopsInProportion(t *testing.T) {
	for _, body := range []string{"a+=($i)", `a+=("$i" x); b+=(y)`, "a[${#a[@]}]=$i", "a[i]=$i"} {
		used := func(n int) uint64 {
			term, _ := newWorld().Open("", 80)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			term.Type(fmt.Sprintf("for ((i = 0; i < %d; i++)); do %s; done; echo ${#a[@]}", n, body))
			runtime.ReadMemStats(&after)
			return after.TotalAlloc - before.TotalAlloc
		}
		small, large := used(1000), used(10_000)
		require.Less(t, float64(large)/float64(small), 25., body)
	}
}

// BenchmarkListInLoop tells the time of an append: it is the same for both.
func BenchmarkListInLoop(b *testing.B) {
	for _, body := range []string{"a+=($i)", "a[${#a[@]}]=$i"} {
		for _, n := range []int{2000, 20_000} {
			b.Run(fmt.Sprint(body, n), func(b *testing.B) {
				for b.Loop() {
					term, _ := newWorld().Open("", 80)
					term.Type(fmt.Sprintf("for ((i = 0; i < %d; i++)); do %s; done", n, body))
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/append")
			})
		}
	}
}
