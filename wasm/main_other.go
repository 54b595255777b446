//go:build !js

package main

import (
	"fmt"
	"os"
)

// main says what this package is for where there is no browser.
func main() {
	fmt.Fprintln(os.Stderr, "the page's engine: build it with GOOS=js GOARCH=wasm, as make site does")
	os.Exit(2)
}
