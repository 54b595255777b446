package unix

import (
	"fmt"
	"strconv"
	"strings"

	"hsmplay/core/voice"
)

// seconds reads a time such as 1.5, 2m or 1h, in milliseconds.
func seconds(word string) (ms int64, ok bool) {
	factor := 1000.0
	for _, unit := range []struct {
		suffix string
		factor float64
	}{{"s", 1000}, {"m", 60_000}, {"h", 3_600_000}, {"d", 86_400_000}} {
		if rest, found := strings.CutSuffix(word, unit.suffix); found {
			word, factor = rest, unit.factor
			break
		}
	}
	n, err := strconv.ParseFloat(word, 64)
	if err != nil || n < 0 || n > 1e12 {
		return 0, false
	}
	return int64(n * factor), true
}

func runSleep(p *Process) int {
	o := p.options(1, "")
	p.needs(o, 1)
	total := int64(0)
	for _, word := range o.args {
		ms, ok := seconds(word)
		if !ok {
			p.misused(1, fmt.Sprintf("invalid time interval '%s'", voice.OneLine(word)))
		}
		total += ms
	}
	p.Sleep(total)
	return 0
}
