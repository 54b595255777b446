package unix

import (
	"fmt"
	"strings"

	"hsmplay/core/shell"
)

// roomPrograms say how much room there is taken.
var roomPrograms = []Program{
	{Name: "du", Run: runDu, Help: usage("du [-b] [-s] [-h] [FILE]...", "Say how much room FILEs take.")},
}

func runDu(p *Process) int {
	o := p.options(1, "bshka", "bytes=b", "summarize=s", "human-readable=h")
	names := o.args
	if len(names) == 0 {
		names = []string{"."}
	}
	shown := func(bytes int64) string {
		switch {
		case o.has('b'):
			return fmt.Sprint(bytes)
		case o.has('h') && bytes >= 1<<20:
			return fmt.Sprintf("%.1fM", float64(bytes)/(1<<20))
		case o.has('h'):
			return fmt.Sprint((bytes+1023)/1024) + "K"
		}
		return fmt.Sprint((bytes + 1023) / 1024)
	}
	var sum func(name string) (int64, bool)
	sum = func(name string) (int64, bool) {
		p.Yield()
		row, err := p.Lstat(name)
		if err != nil {
			p.Complain("cannot access %s: %s", quoted(name), shell.Reason(err))
			return 0, false
		}
		total := row.Size()
		if !o.has('b') {
			total = (total + 4095) / 4096 * 4096
		}
		if row.IsDir() {
			rows, _ := p.List(name)
			for _, inner := range rows {
				below := strings.TrimSuffix(name, "/") + "/" + inner.Name()
				n, _ := sum(below)
				total += n
				if !o.has('s') && inner.IsDir() {
					p.Print(shown(n) + "\t" + below + "\n")
				}
			}
			total += 4096
		}
		return total, true
	}
	return each(names, func(name string) bool {
		n, ok := sum(name)
		if ok {
			p.Print(shown(n) + "\t" + name + "\n")
		}
		return ok
	})
}
