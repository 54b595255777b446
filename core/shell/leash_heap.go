//go:build !js

package shell

import "runtime/metrics"

// heapBytes is the size of the live and not yet collected objects.
func heapBytes() int64 {
	sample := [1]metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample[:])
	return int64(sample[0].Value.Uint64())
}
