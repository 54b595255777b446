package shell_test

import "time"

// pause lets other goroutines go on, also where there is one thread.
func pause() { time.Sleep(time.Nanosecond) }
