package kmu

import (
	"context"
	"fmt"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// creation is what commands that make keys differ in.
type creation struct {
	api       string // named on the return line
	recipe    mech.Recipe
	templates []hsm.Template
	before    []string                                // groups of lines before the return line
	returned  func(a *output, err error)              // adds the return line where it is not api's usual one
	print     func(keys []*hsm.Key) string            // the group of lines with the handles
	joined    bool                                    // no blank line between the return line and the handles
	order     func([]cluster.Answer) []cluster.Answer // of the cluster block; nil is ascending
	notes     []voice.Note                            // said when the keys are made
}

// create makes keys, and waits where -min_srv asks for more HSMs than are there, where copies take
// their time, or where the material does.
func (t *Tool) create(args command.Args, c creation) command.Outcome {
	last := c.templates[len(c.templates)-1]
	if args.Knows("-m_value") && last.MValue > len(last.Shared)+1 { // a matter of the line, not of the HSM (spec/kmu.md 6, question 4)
		return *t.declined(args, voice.MValueTooHigh, "m", last.MValue)
	}
	request := cluster.Request{Recipe: c.recipe, Templates: c.templates, Servers: 1, Attest: args.Knows("-attest") && args.Has("-attest")}
	if args.Knows("-min_srv") && args.Has("-min_srv") {
		request.Servers = int(args.Int("-min_srv"))
		request.Timeout = args.Int("-timeout") * 1000
	}
	cr := t.client.Create(request)
	if cr.Done() {
		return t.created(args, c, request, cr)
	}
	out := command.Outcome{Wait: t.wait(args, c, request, cr)}
	if cr.Until == 0 && cr.Servers > t.client.Size() {
		out.Notes = []voice.Note{voice.Say(voice.NeverReached, "need", cr.Servers, "hsms", hsms(t.client.Size()))}
	}
	return out
}

// hsms is a number of HSMs.
func hsms(n int) string {
	if n == 1 {
		return "1 HSM"
	}
	return fmt.Sprintf("%d HSMs", n)
}

// wait is the creation as a command that goes on.
func (t *Tool) wait(args command.Args, c creation, request cluster.Request, cr *cluster.Creation) *command.Wait {
	w := &command.Wait{
		Progress: func() command.Progress {
			have := cr.Holders()
			of := max(cr.Servers, len(t.client.Reached()))
			return command.Progress{About: voice.Say(voice.Waiting, "have", have, "of", of), Have: have, Of: of, Since: cr.Since, Until: cr.Until}
		},
		Due: cr.Due,
		Poll: func() (command.Outcome, bool) {
			if cr.Slow() || !cr.Done() {
				return command.Outcome{}, false
			}
			return t.created(args, c, request, cr), true
		},
		End: func(why command.Ending) command.Outcome {
			cr.Abandon()
			out := t.created(args, c, request, cr)
			out.Notes = []voice.Note{voice.Say(voice.Stopped)}
			if why == command.Hopeless {
				out.Notes = []voice.Note{voice.Say(voice.GivenUp, "need", cr.Servers)}
			}
			return out
		},
	}
	if cr.Slow() {
		w.Work = func(ctx context.Context) { cr.Work(ctx) }
	}
	return w
}

// created prints how a creation has ended.
func (t *Tool) created(args command.Args, c creation, request cluster.Request, cr *cluster.Creation) command.Outcome {
	answers := cr.Answers
	if c.order != nil {
		answers = c.order(answers)
	}
	a := &output{groups: append([]string(nil), c.before...)}
	if c.returned != nil {
		c.returned(a, cr.Err)
	} else {
		a.returned(c.api, cr.Err)
	}
	if cr.Err != nil {
		out := a.cluster(t.wording(), answers).outcome()
		out.Notes = t.why(args, cr.Err)
		if retcode.Of(cr.Err) == retcode.ServerUnavailable && len(t.client.Reached()) > 0 {
			late := voice.TooFewServers
			if cr.Servers > t.client.Size() {
				late = voice.NeverInTime
			}
			out.Notes = append(out.Notes, voice.Say(late, "need", cr.Servers, "have", t.client.Size(), "hsms", hsms(t.client.Size())))
		}
		return out
	}
	if c.joined {
		a.join(c.print(cr.Keys))
	} else {
		a.add(c.print(cr.Keys))
	}
	if request.Attest {
		a.add(indent + "Attestation Check : [PASS]")
	}
	out := a.cluster(t.wording(), answers).outcome()
	out.Notes = append(c.notes, t.noteMade(cr)...)
	return out
}

// noteMade says when HSMs lack the new keys.
func (t *Tool) noteMade(cr *cluster.Creation) []voice.Note {
	key := cr.Keys[len(cr.Keys)-1]
	if key.Session != 0 {
		return nil
	}
	if t.client.Size() == cr.Holders() {
		return nil
	}
	if strangers := t.client.Strangers(key); len(strangers) > 0 {
		return []voice.Note{voice.Say(voice.OwnerNotThere, "have", cr.Holders(), "all", t.client.Size(),
			"hsms", voice.HSMs(strangers), "name", t.User())}
	}
	lacking := voice.NotEverywhere
	if len(t.client.Reached()) == t.client.Size() {
		lacking = voice.NotEverywhereYet
	}
	return []voice.Note{voice.Say(lacking, "have", cr.Holders(), "all", t.client.Size())}
}

// notMade is the end of a key that no HSM takes or makes, as one refuses it: 0xb3 with the
// one-node block of spec/kmu.md 3.15.
func (t *Tool) notMade(args command.Args, api string, tm hsm.Template) command.Outcome {
	cr := t.client.Create(cluster.Request{Templates: []hsm.Template{tm}})
	return t.created(args, creation{api: api}, cluster.Request{}, cr)
}
