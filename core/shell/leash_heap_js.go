package shell

import "runtime"

// heapStats is where the runtime writes: under js one goroutine runs at a time.
var heapStats runtime.MemStats

// heapBytes is the size of the live and not yet collected objects. In an engine this costs as much as
// runtime/metrics does, which is 45 KB of it.
func heapBytes() int64 {
	runtime.ReadMemStats(&heapStats)
	return int64(heapStats.HeapAlloc)
}
