package unix

import (
	"fmt"
	"path"
	"strconv"
	"strings"
)

// findVerbs are what -printf can print of a file.
var findVerbs = map[byte]func(f *finder, row found) string{
	'p': func(_ *finder, row found) string { return row.name },
	'f': func(_ *finder, row found) string { return path.Base(row.name) },
	'h': func(_ *finder, row found) string {
		if at := strings.LastIndexByte(row.name, '/'); at >= 0 {
			return row.name[:at]
		}
		return "."
	},
	'P': func(_ *finder, row found) string {
		return strings.TrimPrefix(strings.TrimPrefix(row.name, row.under), "/")
	},
	'H': func(_ *finder, row found) string { return row.under },
	's': func(_ *finder, row found) string { return strconv.FormatInt(row.Size(), 10) },
	'y': func(_ *finder, row found) string { return kindOf(row.File) },
	'l': func(_ *finder, row found) string { return row.Link },
	'm': func(_ *finder, row found) string { return strconv.FormatInt(int64(row.Mode.Perm()), 8) },
	'M': func(_ *finder, row found) string { return modeText(row.Mode) },
	'd': func(_ *finder, row found) string {
		return strconv.Itoa(strings.Count(strings.TrimPrefix(row.name, row.under), "/"))
	},
	't': func(f *finder, row found) string {
		return f.p.Date(row.Time).Format("Mon Jan _2 15:04:05.0000000000 2006")
	},
	'u': ownerVerb, 'g': ownerVerb, 'U': numberVerb, 'G': numberVerb,
	'k': func(_ *finder, row found) string { return strconv.FormatInt((row.Size()+4095)/4096*4, 10) },
	'b': func(_ *finder, row found) string { return strconv.FormatInt((row.Size()+4095)/4096*8, 10) },
	'Y': func(f *finder, row found) string {
		if to, err := f.p.Stat(row.name); err == nil {
			return kindOf(to)
		}
		return "N"
	},
}

func numberVerb(_ *finder, row found) string {
	_, number := ownerOf(row.File)
	return number
}

func ownerVerb(_ *finder, row found) string {
	name, _ := ownerOf(row.File)
	return name
}

// timeOf is %T with a letter of date's formats.
func (f *finder) timeOf(row found, letter byte) string {
	at := f.p.Date(row.Time)
	if letter == '@' {
		return fmt.Sprintf("%d.%09d0", at.Unix(), at.Nanosecond())
	}
	return strftime("%"+string(rune(letter)), at)
}

func (f *finder) printf(format string) findTest {
	f.acts = true
	format, _ = unescape(format, false)
	return func(row found) bool {
		var b strings.Builder
		for i := 0; i < len(format); i++ {
			end := i + 1
			for end < len(format) && strings.IndexByte("-0123456789", format[end]) >= 0 {
				end++
			}
			switch {
			case format[i] != '%' || end == len(format):
				b.WriteByte(format[i])
				continue
			case format[end] == '%':
				b.WriteByte('%')
			case format[i+1:end] == "" && strings.HasPrefix(format[end:], "#m"):
				end++
				b.WriteString("0" + findVerbs['m'](f, row))
			case format[end] == 'T' && end+1 < len(format):
				end++
				b.WriteString(f.timeOf(row, format[end]))
			case findVerbs[format[end]] != nil:
				width, _ := strconv.Atoi(format[i+1 : end])
				b.WriteString(fmt.Sprintf("%*s", width, findVerbs[format[end]](f, row)))
			default:
				b.WriteString(format[i : end+1])
			}
			i = end
		}
		f.p.Print(b.String())
		return true
	}
}
