package sim

import (
	"slices"
	"strings"

	"hsmplay/core/cmu"
	"hsmplay/core/hsm"
	"hsmplay/core/kmu"
	"hsmplay/core/shell"
	"hsmplay/core/view"
	"hsmplay/core/voice"
)

// approvals are the lines that make the file of approvals for a token, said after getToken, or what
// is missing for them. It is called under the world's lock.
func (w *World) approvals(e shell.Ended, r *view.RanRow) (notes []voice.Note) {
	if w.trial || !e.Typed || e.By == nil || !done("getToken")(r) {
		return nil
	}
	g := &guide{w: w, program: e.Tool, user: e.By.User(), dir: e.Dir}
	mine := slices.DeleteFunc(g.waiting(), func(p pending) bool { return !strings.EqualFold(p.user.Name, g.user) })
	if len(mine) == 0 {
		return nil
	}
	p := mine[0]
	able, lacking := g.signers(p)
	if short := p.required - len(able); short > 0 {
		for _, u := range lacking[:min(short, len(lacking))] {
			notes = append(notes, g.kitNotes(u)...)
		}
		return notes
	}
	for _, u := range able {
		notes = append(notes, voice.Say(voice.ApprovalSigns, "line", g.signsLine(p, u), "name", u.Name))
	}
	return append(notes, voice.Say(voice.ApprovalFile, "line", g.fileLine(p, able), "approve", approves(g.program)+g.approvalFile()))
}

// approves is the beginning of the line that hands approvals in at a tool.
func approves(tool string) string {
	if tool == kmu.Name {
		return "approveToken -f "
	}
	return "approveToken "
}

// kitNotes are the lines that make and register a key for approvals.
func (g *guide) kitNotes(u *hsm.User) []voice.Note {
	making := strings.Join([]string{keyLine(u), publicLine(u), textLine(u), proofLine(u)}, " && ")
	return []voice.Note{
		voice.Say(voice.ApprovalLacks, "name", u.Name, "line", making),
		voice.Say(voice.ApprovalRegisters, "name", u.Name, "line", registerLine(u)),
	}
}

// tokenLines are the next line for a token that waits, where lines are typed: one that signs it or
// writes the file of approvals in bash, the one that hands them in at the tool.
func (g *guide) tokenLines() []proposal {
	for _, p := range g.waiting() {
		able, _ := g.signers(p)
		if len(able) < p.required {
			continue
		}
		unsigned := slices.IndexFunc(able, func(u *hsm.User) bool { return !g.signs(p, u) })
		mine := strings.EqualFold(p.user.Name, g.user)
		switch {
		case g.program == bash && unsigned >= 0:
			return []proposal{{line: g.signsLine(p, able[unsigned])}}
		case g.program == bash && !g.names(p):
			return []proposal{{line: g.fileLine(p, able)}}
		case mine && unsigned < 0 && g.names(p) && (g.program == kmu.Name || g.program == cmu.Name):
			return []proposal{{line: approves(g.program) + g.approvalFile()}}
		}
	}
	return nil
}
