package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

// levels are those of the log, the gravest first.
var levels = []string{"error", "warn", "info", "debug", "trace"}

// rotations are what the name of a log file ends in.
var rotations = map[string]string{"daily": ".2006-01-02", "hourly": ".2006-01-02-15"}

// logMax is how long a log file gets; then its first half goes.
const logMax = 1 << 18

// unlogged is what the tool says where its log file cannot be written (spec/cloudhsm-cli.md 1.1).
const unlogged = "Error writing to log file. Falling back to standard error.\n"

// asked reports whether somebody has configured the log. The one that a fresh configuration names is
// not kept.
func (l ConfigLogging) asked() bool {
	return l.Type != "" && l != FreshConfig("", "", nil).Logging
}

// logs reports whether a log at this level has what is of another one.
func (l ConfigLogging) logs(level string) bool {
	return slices.Index(levels, level) <= slices.Index(levels, l.Level)
}

// logged takes a command down that is called by name and has ended, where the tool keeps a log.
func (t *Tool) logged(told func() (path []string, shown string, secrets []string)) func(command.Outcome) command.Outcome {
	before := t.cluster.LastEvent()
	return func(out command.Outcome) command.Outcome {
		said := command.Outcome{Err: out.Err, Status: out.Status, Exit: out.Exit}
		if t.log == nil {
			return said
		}
		path, line, _ := told()
		name := strings.Join(path, " ")
		switch {
		case name == "" && out.Err == nil: // nothing was typed, or the prompt begins
			return said
		case name == "":
			name = "no command"
		}
		said.Errors = t.keep(t.entries(name, line, before, out))
		return said
	}
}

// entry is a line of the log and its level.
type entry struct{ level, text string }

// entries are what is to be said of a command. Two of the texts are documented, in the table of
// spec/cloudhsm-cli.md 1.7; the others are provisional, and so is the layout.
func (t *Tool) entries(name, line string, before int64, out command.Outcome) []entry {
	all := []entry{{"trace", "read: " + line}, {"debug", name + ": " + fmt.Sprint("calls to HSMs: ", t.cluster.LastEvent()-before)}}
	var few cluster.NotAvailable
	var refusal hsm.Refusal
	switch {
	case errors.As(out.Err, &few):
		all = append(all, entry{"error", keyUnavailable(few.Handle)})
	case errors.As(out.Err, &refusal) && refusal.Reason == hsm.WeakHash:
		all = append(all, entry{"error", weakDigest})
	}
	if out.Err == nil {
		return append(all, entry{"info", name + ": done"})
	}
	why := strings.TrimSpace(out.Errors)
	var answer struct {
		Data any `json:"data"`
	}
	if json.Unmarshal([]byte(out.Text), &answer) == nil {
		if text, ok := answer.Data.(string); ok {
			why = text
		}
	}
	why, _, _ = strings.Cut(why, "\n")
	return append(all, entry{"error", name + ": " + why})
}

// keep writes what the level of the log lets through, and returns what goes to standard error.
func (t *Tool) keep(all []entry) string {
	now := time.UnixMilli(t.cluster.Wall + t.cluster.Now).UTC()
	var lines strings.Builder
	for _, e := range all {
		if t.log.logs(e.level) {
			lines.WriteString(now.Format("2006-01-02T15:04:05.000Z") + " " + strings.ToUpper(e.level) + " " + Name + ": " + e.text + "\n")
		}
	}
	if t.log.Type != "file" || lines.Len() == 0 {
		return lines.String()
	}
	name := t.log.File
	if layout := rotations[t.log.Interval]; layout != "" {
		name += now.Format(layout)
	}
	data, err := t.host.ReadFile(name)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		if len(data) > logMax {
			data = data[len(data)/2:]
		}
		err = t.host.WriteFile(name, append(data[:len(data):len(data)], lines.String()...))
	}
	switch {
	case err == nil:
		return ""
	case t.fell:
		return lines.String()
	}
	t.fell = true
	return unlogged + lines.String()
}
