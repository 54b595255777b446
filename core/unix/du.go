package unix

import (
	"fmt"
	"strconv"
	"strings"

	"hsmplay/core/shell"
)

// roomPrograms say how much room there is taken.
var roomPrograms = []Program{
	{Name: "du", Run: runDu, Help: usage("du [-b] [-s] [-h] [-a] [-c] [-d DEPTH] [FILE]...", "Say how much room FILEs take.")},
}

func runDu(p *Process) int {
	o := p.options(1, "bshkacd:", "bytes=b", "summarize=s", "human-readable=h", "all=a", "total=c", "max-depth=d")
	most, err := strconv.Atoi(o.value('d', "1000000"))
	if err != nil {
		p.Complain("invalid maximum depth %s", quoted(o.value('d', "")))
		p.Exit(1)
	}
	if o.has('s') {
		most = 0
	}
	names := o.args
	if len(names) == 0 {
		names = []string{"."}
	}
	shown := func(bytes int64) string {
		switch {
		case o.has('b'):
			return fmt.Sprint(bytes)
		case o.has('h'):
			return human(bytes)
		}
		return fmt.Sprint((bytes + 1023) / 1024)
	}
	var sum func(name string, depth int) (int64, bool)
	sum = func(name string, depth int) (int64, bool) {
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
				n, _ := sum(below, depth+1)
				total += n
				if depth < most && (o.has('a') || inner.IsDir()) {
					p.Print(shown(n) + "\t" + below + "\n")
				}
			}
			total += 4096
		}
		return total, true
	}
	all := int64(0)
	status := each(names, func(name string) bool {
		n, ok := sum(name, 0)
		all += n
		if ok {
			p.Print(shown(n) + "\t" + name + "\n")
		}
		return ok
	})
	if o.has('c') {
		p.Print(shown(all) + "\ttotal\n")
	}
	return status
}
