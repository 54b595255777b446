package cmu

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/cluster"
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

// ask is a question after a failure: its prompt, what the letters answer, and what is said to any
// other answer.
type ask struct {
	prompt  string
	answers map[string]cluster.OnRefusal
	letters voice.ID
}

var (
	retryIgnoreAbort = &ask{"Retry/Ignore/Abort?(R/I/A):",
		map[string]cluster.OnRefusal{"R": cluster.Retry, "I": cluster.GoOn, "A": cluster.Abort}, voice.CMUAnswersRIA}
	retryRollBackIgnore = &ask{"Retry/rollBack/Ignore?(R/B/I):",
		map[string]cluster.OnRefusal{"R": cluster.Retry, "B": cluster.RollBack, "I": cluster.GoOn}, voice.CMUAnswersRBI}
)

// sweep is a command on its way through the servers.
type sweep struct {
	action
	cluster.Sweep[*server]
	tool     *Tool
	reported report // by the server that was next
	said     []voice.ID
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
	s := &sweep{action: a, tool: t}
	s.Sweep = cluster.Sweep[*server]{Do: s.next, Undo: a.undo, Agreed: a.agreed, Ahead: t.targets()}
	if len(s.Ahead) > 0 {
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

// next does it on one server.
func (s *sweep) next(at *server) (err error) {
	s.reported, err = s.do(at)
	return err
}

// heading is the line before a command begins; server mode has none.
func (s *sweep) heading() string {
	if s.head == "" || s.tool.mode != everywhere {
		return ""
	}
	return fmt.Sprintf("%s on %d nodes\n", s.head, len(s.Ahead))
}

// run goes on until all servers are done or something is asked.
func (s *sweep) run() command.Outcome {
	var out command.Outcome
	for len(s.Ahead) > 0 {
		at, err := s.Next()
		if err == nil {
			out.Text += s.reported.before + s.success(at) + s.reported.after
			if len(s.Ahead) > 0 {
				out.Text += s.apart
			}
			continue
		}
		out.Text += s.failure(at, err)
		out.Notes = append(out.Notes, s.explain(at, err)...)
		if s.ask != nil && s.tool.mode == everywhere {
			out.Text += "\n"
			out.Ask, out.Err = s.question(), err
			return out
		}
		s.Go(cluster.GoOn)
	}
	return s.end(out)
}

// success is the line of a server on which the command succeeded.
func (s *sweep) success(at *server) string {
	switch {
	case s.reported.silent:
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

func (s *sweep) question() *command.Question {
	return &command.Question{Prompt: s.ask.prompt, Then: s.answered}
}

// answered carries out the answer to the question after a failure; any other answer is asked again.
func (s *sweep) answered(answer string) command.Outcome {
	how, known := s.ask.answers[strings.ToUpper(trimmed(answer))]
	if !known {
		out := command.Outcome{Ask: s.question()}
		if !slices.Contains(s.said, s.ask.letters) {
			s.said = append(s.said, s.ask.letters)
			out.Notes = []voice.Note{voice.Say(s.ask.letters)}
		}
		return out
	}
	s.Go(how)
	return s.run()
}

// end says which servers differ now.
func (s *sweep) end(out command.Outcome) command.Outcome {
	if s.Err != nil {
		out.Err = s.Err
	}
	if s.after != nil {
		if note := s.after(); note != nil {
			out.Notes = append(out.Notes, *note)
		}
	}
	if !s.shared || len(s.Done) == 0 || s.tool.mode != everywhere {
		return out
	}
	if len(s.Differ) > 0 {
		out.Notes = append(out.Notes, voice.Say(voice.CMUDiffer, "servers", numbers(s.Differ), "first", s.Differ[0].number))
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
