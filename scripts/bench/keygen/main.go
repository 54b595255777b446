// Command keygen makes P-384 keys for a second and prints how many: the yardstick for genECCKeyPair
// -i 14.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"
	"time"
)

func main() {
	n, start := 0, time.Now()
	for time.Since(start) < time.Second {
		if _, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader); err != nil {
			panic(err)
		}
		n++
	}
	fmt.Println(int(float64(n) / time.Since(start).Seconds()))
}
