package sim

import (
	"hsmplay/core/cmu"
	"hsmplay/core/command"
	"hsmplay/core/kmu"
	"hsmplay/core/retcode"
)

// profile is whose wordings the tools have: an output generation, or another vendor's. A new one is
// a row here and its wordings in the tools.
type profile struct {
	name  string
	means string
	kmu   *kmu.Wording
	cmu   *cmu.Wording
}

// profiles lists them; the first is that of a fresh world.
var profiles = []profile{
	{"classic", "the wording of the reference pages", &kmu.Classic, &cmu.Classic},
	{"late", "the wording of late 3.x clients", &kmu.Late, &cmu.Late},
}

// profileNamed returns the profile with a name, the first one for no such name.
func profileNamed(name string) *profile {
	for i := range profiles {
		if profiles[i].name == name {
			return &profiles[i]
		}
	}
	return &profiles[0]
}

// profileWords are the words that `hsm profile` takes.
func profileWords() []command.Value {
	var words []command.Value
	for _, p := range profiles {
		words = append(words, command.Value{Word: p.name, Means: p.means})
	}
	return append(words, command.Value{Word: "banner", Means: "followed by on or off"})
}

// profile sets the profile, or the banner; without a word it shows both.
func (w *World) profile(args command.Args) command.Outcome {
	settings := &w.cluster.Settings
	switch word, on := args.Text("profile"), args.Text("on|off"); {
	case word == "banner" && on != "":
		settings.NoBanner = on == "off"
		return command.Outcome{Text: w.banner()}
	case word == "banner":
		return command.Outcome{Text: "usage: hsm profile banner on|off\n", Err: retcode.Local}
	case word != "":
		settings.Profile = profileNamed(word).name
		return command.Outcome{Text: "output " + word + "\n"}
	}
	return command.Outcome{Text: "output " + profileNamed(settings.Profile).name + "\n" + w.banner()}
}

// banner says whether key_mgmt_util prints its banner.
func (w *World) banner() string {
	if w.cluster.Settings.NoBanner {
		return "banner off\n"
	}
	return "banner on\n"
}
