package cmu

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// action is what a command does on each server, and how the tool words it (spec/cmu.md 1.5).
type action struct {
	name   string                           // createUser
	head   string                           // the line before it begins, up to the number of servers; "" for none
	failed string                           // the second line of a failure up to its server; "" is the name and failed on
	ended  string                           // what follows the server there
	ask    *ask                             // what is asked after a failure; nil goes on with the next server
	do     func(*server) (report, error)    // on one server
	undo   func(*server)                    // takes back what do has done, for rollBack
	apart  string                           // printed after a success, before the next server
	shared bool                             // the servers must agree on it afterwards
	agreed error                            // the refusal of a server where it is so already; nil for none
	note   func(*server, error) *voice.Note // explains a refusal where the common notes do not; may be nil
	after  func() *voice.Note               // remarks on what has come of it; may be nil
}

// report is what a command prints around its success line on one server.
type report struct {
	before, after string
	silent        bool // without the success line
}

// ask is a question after a failure.
type ask struct {
	prompt  string
	answers string // R retries, I goes on with the next server, A stops, B takes back and stops
}

var (
	retryIgnoreAbort    = &ask{"Retry/Ignore/Abort?(R/I/A):", "RIA"}
	retryRollBackIgnore = &ask{"Retry/rollBack/Ignore?(R/B/I):", "RBI"}
)

// sweep is a command on its way through the servers.
type sweep struct {
	action
	tool   *Tool
	ahead  []*server
	done   []*server
	missed []*server // failed and left as they are
	differ []*server // those of them that may differ from the others now
	err    error     // of the last failure that was left
	said   []voice.ID
}

// sweep runs an action on the servers of the mode, one after the other.
func (t *Tool) sweep(a action) command.Outcome {
	s, refused := t.begin(a)
	if refused != nil {
		return *refused
	}
	head := s.heading()
	out := s.run()
	out.Text = head + out.Text
	return out
}

// begin prepares a sweep, or answers that no server is connected.
func (t *Tool) begin(a action) (*sweep, *command.Outcome) {
	s := &sweep{action: a, tool: t, ahead: t.targets()}
	if len(s.ahead) > 0 {
		return s, nil
	}
	out := command.Outcome{Err: retcode.ServerUnavailable}
	for _, at := range t.servers {
		if t.mode == everywhere || t.mode == at.number {
			refused := t.unreached(at)
			out.Text += refused.Text
			if out.Notes == nil {
				out.Notes = refused.Notes
			}
		}
	}
	return nil, &out
}

// heading is the line before a command begins; server mode has none.
func (s *sweep) heading() string {
	if s.head == "" || s.tool.mode != everywhere {
		return ""
	}
	return fmt.Sprintf("%s on %d nodes\n", s.head, len(s.ahead))
}

// run goes on until all servers are done or something is asked.
func (s *sweep) run() command.Outcome {
	var out command.Outcome
	for len(s.ahead) > 0 {
		at := s.ahead[0]
		rep, err := s.do(at)
		if err == nil {
			out.Text += rep.before + s.success(at, rep) + rep.after
			s.done, s.ahead = append(s.done, at), s.ahead[1:]
			if len(s.ahead) > 0 {
				out.Text += s.apart
			}
		} else {
			out.Text += s.failure(at, err)
			out.Notes = append(out.Notes, s.explain(at, err)...)
			s.err = err
			if s.ask != nil && s.tool.mode == everywhere {
				out.Text += "\n"
				out.Ask, out.Err = s.question(), err
				return out
			}
			s.leave()
		}
	}
	return s.end(out)
}

// success is the line of a server on which the command succeeded.
func (s *sweep) success(at *server, rep report) string {
	switch {
	case rep.silent:
		return ""
	case s.tool.mode == everywhere:
		return s.name + " success on " + at.label() + "\n"
	}
	return s.name + " success\n"
}

// failure is what is printed where it did not.
func (s *sweep) failure(at *server, err error) string {
	if errors.Is(err, retcode.ServerUnavailable) {
		return s.tool.unreached(at).Text
	}
	text := s.name + " failed: " + reason(err) + "\n"
	if s.tool.mode != everywhere {
		return text
	}
	if s.failed == "" {
		return text + s.name + " failed on " + at.label() + "\n"
	}
	return text + s.failed + at.label() + s.ended + "\n"
}

// leave goes on to the next server without having done anything on this one.
func (s *sweep) leave() {
	if s.agreed == nil || !errors.Is(s.err, s.agreed) {
		s.differ = append(s.differ, s.ahead[0])
	}
	s.missed, s.ahead = append(s.missed, s.ahead[0]), s.ahead[1:]
}

func (s *sweep) question() *command.Question {
	return &command.Question{Prompt: s.ask.prompt, Then: s.answered}
}

// answered carries out the answer to the question after a failure; any other answer is asked again.
func (s *sweep) answered(answer string) command.Outcome {
	letter := strings.ToUpper(trimmed(answer))
	if len(letter) != 1 || !strings.Contains(s.ask.answers, letter) {
		return command.Outcome{Ask: s.question()}
	}
	switch letter {
	case "R":
		return s.run()
	case "I":
		s.leave()
		return s.run()
	case "B":
		for _, at := range s.done {
			s.undo(at)
		}
		s.done = nil
	}
	s.missed, s.differ, s.ahead = append(s.missed, s.ahead...), append(s.differ, s.ahead...), nil
	return s.end(command.Outcome{})
}

// end says which servers differ now.
func (s *sweep) end(out command.Outcome) command.Outcome {
	if len(s.missed) > 0 {
		out.Err = s.err
	}
	if s.after != nil {
		if note := s.after(); note != nil {
			out.Notes = append(out.Notes, *note)
		}
	}
	if !s.shared || len(s.done) == 0 || s.tool.mode != everywhere {
		return out
	}
	if len(s.differ) > 0 {
		out.Notes = append(out.Notes, voice.Say(voice.CMUDiffer, "servers", numbers(s.differ), "first", s.differ[0].number))
	} else if note, stale := s.tool.stale(); stale {
		out.Notes = append(out.Notes, note)
	} else if down := s.tool.down(); len(down) > 0 {
		out.Notes = append(out.Notes, voice.Say(voice.CMUNotTold, "servers", numbers(down)))
	}
	return out
}

// down are the servers without a connection.
func (t *Tool) down() []*server {
	return slices.DeleteFunc(slices.Clone(t.servers), (*server).connected)
}

// numbers lists servers.
func numbers(servers []*server) string {
	var list []string
	for _, s := range servers {
		list = append(list, fmt.Sprint(s.number))
	}
	return strings.Join(list, ", ")
}

// explain returns the note to a refusal; the same one is said once.
func (s *sweep) explain(at *server, err error) []voice.Note {
	note := common(s.tool, at, err)
	if s.note != nil {
		if own := s.note(at, err); own != nil {
			note = own
		}
	}
	if note == nil || slices.Contains(s.said, note.ID) {
		return nil
	}
	s.said = append(s.said, note.ID)
	return []voice.Note{*note}
}
