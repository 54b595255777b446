// Command empty does nothing: the yardstick for the start of the page's engine.
package main

func main() {}
