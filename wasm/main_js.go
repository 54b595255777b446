package main

import (
	"runtime/debug"
	"syscall/js"

	"hsmplay/core/sim"
)

// main exports the constructor and stays for its callbacks: hsmplayEngine(options, listener, pairs)
// is a promise of an object of methods, each from JSON to a promise of JSON. The listener is called
// with every turn as JSON; pairs hands out EC pairs that are ready (see pairsOf), undefined for
// none.
func main() {
	debug.SetGCPercent(200) // marking costs more here than memory
	js.Global().Set("hsmplayEngine", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return promise(func() (any, error) { return engine(args[0].String(), args[1], pairsOf(args[2:])) })
	}))
	select {}
}

// engine makes a world and its methods.
func engine(options string, listener js.Value, pair func(curve string) []byte) (any, error) {
	o := sim.Options{
		Live:   true,
		Listen: func(t sim.Turn) { listener.Invoke(encode(t)) },
	}
	o.Source.RSA, o.Source.Pair = keyByBrowser, pair
	d, err := newDesk(options, o)
	if err != nil {
		return nil, err
	}
	object := js.Global().Get("Object").New()
	for _, m := range methods {
		object.Set(m.name, js.FuncOf(func(_ js.Value, args []js.Value) any {
			arg := args[0].String()
			return promise(func() (any, error) { return call(d, m, arg), nil })
		}))
	}
	return object, nil
}

// tasks go to goroutines that are done with another one: their stacks have grown to what a call
// needs.
var tasks = make(chan func())

// start runs f in a goroutine.
func start(f func()) {
	select {
	case tasks <- f:
	default: // all are at work
		go func() {
			for ; ; f = <-tasks {
				f()
			}
		}()
	}
}

// promise runs f in a goroutine: a callback that blocked would stop the event loop that is to
// unblock it.
func promise(f func() (any, error)) js.Value {
	var executor js.Func
	executor = js.FuncOf(func(_ js.Value, args []js.Value) any {
		settle, refuse := args[0], args[1]
		start(func() {
			defer executor.Release()
			result, err := f()
			if err != nil {
				refuse.Invoke(js.Global().Get("Error").New(err.Error()))
				return
			}
			settle.Invoke(result)
		})
		return nil
	})
	return js.Global().Get("Promise").New(executor)
}
