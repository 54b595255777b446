package unix

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// datePrograms tell the simulated time.
var datePrograms = []Program{
	{Name: "date", Means: "shows the simulated time", Run: runDate,
		Help: usage("date [-u] [-d @SECONDS|'YYYY-MM-DD HH:MM:SS'|'+N days'] [-I[seconds]] [-r FILE] [+FORMAT]", "Show the time of the simulated clock, in UTC.")},
}

func runDate(p *Process) int {
	for i, word := range p.Args {
		if strings.HasPrefix(word, "-I") || strings.HasPrefix(word, "--iso-8601") {
			p.Args[i] = "+%Y-%m-%d"
			if strings.Contains(word, "hours") {
				p.Args[i] = "+%Y-%m-%dT%H+00:00"
			}
			if strings.Contains(word, "minutes") {
				p.Args[i] = "+%Y-%m-%dT%H:%M+00:00"
			}
			if strings.Contains(word, "seconds") || strings.HasSuffix(word, "Is") {
				p.Args[i] = "+%Y-%m-%dT%H:%M:%S+00:00"
			}
		}
	}
	for i, word := range p.Args {
		if form, ok := strings.CutPrefix(word, "--rfc-3339="); ok {
			p.Args[i] = map[bool]string{true: "+%Y-%m-%d", false: "+%Y-%m-%d %H:%M:%S+00:00"}[form == "date"]
		}
	}
	o := p.options(1, "ud:r:R", "utc=u", "universal=u", "date=d", "reference=r", "rfc-email=R")
	at := p.Date(p.Now())
	if text, ok := o.values['d']; ok {
		when, ok := parseDate(text, at)
		if !ok {
			return p.Complain("invalid date %s", quoted(text))
		}
		at = when
	}
	if name, ok := o.values['r']; ok {
		row, err := p.Stat(name)
		if err != nil {
			return p.Complain("%s: %s", voice.OneLine(name), shell.Reason(err))
		}
		at = p.Date(row.Time)
	}
	format := "%a %b %e %H:%M:%S UTC %Y"
	if o.has('R') {
		format = "%a, %d %b %Y %H:%M:%S +0000"
	}
	if len(o.args) > 1 {
		p.misused(1, "extra operand "+quoted(o.args[1]))
	}
	for _, arg := range o.args {
		if !strings.HasPrefix(arg, "+") {
			return p.Complain("invalid date %s", quoted(arg))
		}
		format = arg[1:]
	}
	p.Print(strftime(format, at) + "\n")
	return 0
}

// parseDate reads what -d can be: a date, a number of units from now, or both.
func parseDate(text string, now time.Time) (time.Time, bool) {
	if at, ok := calendar(text, now); ok {
		return at, true
	}
	return moved(text, now)
}

// calendar reads @seconds, a few forms of a calendar date, now and today.
func calendar(text string, now time.Time) (time.Time, bool) {
	if n, ok := strings.CutPrefix(text, "@"); ok {
		whole, part, _ := strings.Cut(n, ".")
		seconds, err := strconv.ParseInt(whole, 10, 60)
		nanos, bad := strconv.ParseUint((part + "000000000")[:9], 10, 32)
		return time.Unix(seconds, int64(nanos)).UTC(), err == nil && bad == nil
	}
	if text == "now" || text == "today" {
		return now, true
	}
	if at, ok := atClock(strings.TrimSuffix(text, " UTC"), now); ok {
		return at, true
	}
	for _, layout := range []string{"2 Jan 2006", "Jan 2 2006", "Jan 2, 2006", "January 2, 2006", "2 January 2006", "01/02/2006", "2 Jan 2006 15:04:05", "Jan _2 15:04:05 2006 GMT",
		"Mon, 02 Jan 2006 15:04:05 -0700", "Mon Jan _2 15:04:05 UTC 2006", "2006-01-02 15:04:05 -0700", "2006-01-02T15:04:05-0700", "20060102 15:04", "2006-01-02", "2006-01-02 15:04", "2006-01-02 15:04:05", time.RFC3339, "2006-01-02T15:04:05", "20060102"} {
		if at, err := time.Parse(layout, strings.TrimSuffix(text, " UTC")); err == nil {
			return at.UTC(), true
		}
	}
	return now, false
}

// atClock is a time of day on the day of another time.
func atClock(text string, day time.Time) (time.Time, bool) {
	for _, layout := range []string{"15:04", "15:04:05", "3pm", "3:04pm"} {
		if at, err := time.Parse(layout, strings.ToLower(text)); err == nil {
			return day.Truncate(24 * time.Hour).Add(at.Sub(at.Truncate(24 * time.Hour))), true
		}
	}
	return day, false
}

// weekdays are the beginnings of their names, three letters each.
const weekdays = "sunmontuewedthufrisat"

// onWeekday is midnight of a day of the week: of the next one, today's too, or with a number the so
// many-th from here, as GNU's date counts. With a date of its own a time keeps that.
func onWeekday(name string, n int, now time.Time) (time.Time, bool) {
	name = strings.ToLower(name)
	at := -1
	if len(name) >= 3 {
		at = strings.Index(weekdays, name[:3])
	}
	if at < 0 || at%3 != 0 || len(name) > 3 && name != strings.ToLower(time.Weekday(at/3).String()) {
		return now, false
	}
	apart := (at/3 - int(now.Weekday()) + 7) % 7
	if n > 0 && apart > 0 {
		n--
	}
	return now.Truncate(24*time.Hour).AddDate(0, 0, apart+7*n), true
}

// parseStamp reads what -t of touch can be: [[CC]YY]MMDDhhmm[.ss].
func parseStamp(text string, now time.Time) (time.Time, bool) {
	digits, seconds, found := strings.Cut(text, ".")
	if !found {
		seconds = "00"
	}
	switch len(digits) {
	case 8:
		digits = now.Format("2006") + digits
	case 10:
		digits = map[bool]string{true: "19", false: "20"}[digits >= "69"] + digits
	}
	at, err := time.Parse("20060102150405", digits+seconds)
	return at, err == nil
}

// dateUnits are what a time can be moved by.
var dateUnits = map[string]time.Duration{"second": time.Second, "sec": time.Second, "minute": time.Minute, "min": time.Minute,
	"hour": time.Hour, "day": 24 * time.Hour, "week": 7 * 24 * time.Hour}

// moved reads a time with numbers of units behind it, such as 2024-03-01 -1 day, +90 days, 2 hours
// ago or yesterday.
func moved(text string, now time.Time) (time.Time, bool) {
	fields := strings.Fields(strings.NewReplacer("yesterday", "-1 day", "tomorrow", "1 day", "next ", "1 ", "last ", "-1 ").Replace(text))
	at, dated := now, false
	for n := min(5, len(fields)); n > 0; n-- {
		if when, ok := calendar(strings.Join(fields[:n], " "), now); ok {
			_, clock := atClock(fields[0], now)
			at, fields, dated = when, fields[n:], !clock
			break
		}
	}
	for len(fields) > 0 {
		number := fields[0]
		fields = fields[1:]
		if when, ok := atClock(number, at); ok {
			at = when
			continue
		}
		if when, ok := onWeekday(number, 0, at); ok {
			if !dated {
				at = when
			}
			continue
		}
		if (number == "+" || number == "-") && len(fields) > 0 {
			number, fields = number+fields[0], fields[1:]
		}
		digits := strings.TrimRight(number, "abcdefghijklmnopqrstuvwxyz")
		word := number[len(digits):]
		if word == "" && len(fields) > 0 {
			word, fields = fields[0], fields[1:]
		}
		n, err := strconv.Atoi(strings.TrimPrefix(digits, "+"))
		if len(fields) > 0 && fields[0] == "ago" {
			n, fields = -n, fields[1:]
		}
		unit := strings.TrimSuffix(word, "s")
		if when, ok := onWeekday(word, n, at); ok && err == nil {
			if !dated {
				at = when
			}
			continue
		}
		switch {
		case err != nil || n <= -1e5 || n >= 1e5:
			return now, false
		case unit == "month" || unit == "year":
			at = at.AddDate(map[bool]int{true: n}[unit == "year"], map[bool]int{true: n}[unit == "month"], 0)
		case dateUnits[unit] == 0:
			return now, false
		default:
			at = at.Add(time.Duration(n) * dateUnits[unit])
		}
	}
	return at, len(strings.Fields(text)) > 0
}

// strftimeVerbs are the directives of date with Go's layouts.
var strftimeVerbs = map[byte]string{'Y': "2006", 'm': "01", 'd': "02", 'e': "_2", 'H': "15", 'I': "03", 'M': "04", 'S': "05",
	'y': "06", 'b': "Jan", 'h': "Jan", 'B': "January", 'a': "Mon", 'A': "Monday", 'p': "PM", 'F': "2006-01-02", 'T': "15:04:05",
	'D': "01/02/06", 'R': "15:04", 'Z': "UTC", 'z': "-0700", 'c': "Mon Jan _2 15:04:05 2006", 'x': "01/02/06", 'X': "15:04:05",
	'r': "03:04:05 PM", 'N': "000000000", 'j': "002"}

// seldom are the directives that Go has no layout for: numbers of weeks, hours without zeros.
func seldom(c byte, at time.Time) string {
	year, week := at.ISOWeek()
	hour := at.Hour()
	switch c {
	case 'G':
		return fmt.Sprint(year)
	case 'g':
		return fmt.Sprintf("%02d", year%100)
	case 'V':
		return fmt.Sprintf("%02d", week)
	case 'U':
		return fmt.Sprintf("%02d", (at.YearDay()+6-int(at.Weekday()))/7)
	case 'W':
		return fmt.Sprintf("%02d", (at.YearDay()+6-(int(at.Weekday())+6)%7)/7)
	case 'C':
		return fmt.Sprintf("%02d", at.Year()/100)
	case 'k':
		return fmt.Sprintf("%2d", hour)
	case 'l':
		return fmt.Sprintf("%2d", (hour+11)%12+1)
	case 'q':
		return fmt.Sprint((int(at.Month()) + 2) / 3)
	}
	return strings.ToLower(at.Format("PM"))
}

func strftime(format string, at time.Time) string {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			b.WriteByte(format[i])
			continue
		}
		i++
		c := format[i]
		flag := byte(0)
		if strings.IndexByte("-_^0", c) >= 0 && i+1 < len(format) {
			flag = c
			i++
			c = format[i]
		}
		width := 0
		for digit(c) < 10 && i+1 < len(format) {
			width = min(10*width+digit(c), 99)
			i++
			c = format[i]
		}
		text := ""
		switch layout := strftimeVerbs[c]; {
		case c == 's':
			text = fmt.Sprint(at.Unix())
		case c == 'N':
			text = fmt.Sprintf("%09d", at.Nanosecond())[:min(cmp.Or(width, 9), 9)]
		case c == 'u' || c == 'w':
			text = fmt.Sprint((int(at.Weekday())+6*map[byte]int{'u': 1}[c])%7 + map[byte]int{'u': 1}[c])
		case strings.IndexByte("GVgUWCklPq", c) >= 0:
			text = seldom(c, at)
		case c == 'n':
			text = "\n"
		case c == 't':
			text = "\t"
		case c == '%':
			text = "%"
		case layout == "":
			text = "%" + string(rune(c))
		default:
			text = at.Format(layout)
		}
		bare := strings.TrimLeft(text, "0 ")
		if bare == "" {
			bare = "0"
		}
		switch flag {
		case '-':
			text = bare
		case '_':
			text = strings.Repeat(" ", max(0, len(text)-len(bare))) + bare
		case '^':
			text = strings.ToUpper(text)
		}
		pad := map[bool]string{true: " ", false: "0"}[flag == '_' || strings.IndexByte("aAbBhcpPZek", c) >= 0]
		if flag != '-' {
			b.WriteString(strings.Repeat(pad, max(0, width-len(text))))
		}
		b.WriteString(text)
	}
	return b.String()
}
