//go:build !js

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"hsmplay/core/sim"
)

// main plays the bridge where there is no browser: each line of standard input is a call,
// {"method": …, "arg": …}; standard output has its turns and its answer, a line each. The page's
// tests hold their scripted engine to it.
func main() {
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(in io.Reader, out io.Writer) error {
	d, err := newDesk(`{"seed":1}`, sim.Options{Listen: func(t sim.Turn) { fmt.Fprint(out, encode(fields{"turn": t})) }})
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		var asked struct {
			Method string          `json:"method"`
			Arg    json.RawMessage `json:"arg"`
		}
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			return err
		}
		for _, m := range methods {
			if m.name == asked.Method {
				fmt.Fprintf(out, "{\"answer\":%s}\n", call(d, m, string(asked.Arg)))
			}
		}
	}
	return lines.Err()
}
