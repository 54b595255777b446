package sim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/cmu"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/kmu"
	"hsmplay/core/shell"
	"hsmplay/core/view"
	"hsmplay/core/voice"
)

// happening is a row of what is told at the first success of a command in a world, in one sentence.
type happening struct {
	tool, command string
	note          voice.ID
	facts         func(*event) []any // of the sentence; nil where there are none, no facts where it is not true
}

// happenings are told once in a world each, where nothing else was said.
var happenings = []happening{
	{kmu.Name, "loginHSM", voice.HappenedLogin, (*event).userFacts},
	{kmu.Name, "logoutHSM", voice.HappenedLogout, nil},
	{kmu.Name, "exit", voice.HappenedLeft, (*event).userFacts},
	{kmu.Name, "genECCKeyPair", voice.HappenedPair, (*event).pairFacts},
	{kmu.Name, "genRSAKeyPair", voice.HappenedPair, (*event).pairFacts},
	{kmu.Name, "genSymKey", voice.HappenedSecret, (*event).keyFacts},
	{kmu.Name, "findKey", voice.HappenedFind, (*event).foundFacts},
	{kmu.Name, "getAttribute", voice.HappenedAttributes, given("key", "-o", "file", "-out")},
	{kmu.Name, "sign", voice.HappenedSign, given("key", "-k", "file", "-out")},
	{kmu.Name, "verify", voice.HappenedVerify, given("key", "-k")},
	{kmu.Name, "wrapKey", voice.HappenedWrap, (*event).wrapFacts},
	{kmu.Name, "unWrapKey", voice.HappenedUnwrap, (*event).keyFacts},
	{kmu.Name, "exportPubKey", voice.HappenedPublicOut, given("file", "-out")},
	{kmu.Name, "importPubKey", voice.HappenedPublicIn, (*event).keyFacts},
	{kmu.Name, "importPrivateKey", voice.HappenedImport, (*event).keyFacts},
	{kmu.Name, "imSymKey", voice.HappenedImport, (*event).keyFacts},
	{kmu.Name, "deleteKey", voice.HappenedDelete, given("key", "-k")},
	{kmu.Name, "setAttribute", voice.HappenedToken, given("key", "-o")},
	{kmu.Name, "extractMaskedObject", voice.HappenedMasked, given("key", "-o", "file", "-out")},
	{kmu.Name, "insertMaskedObject", voice.HappenedUnmasked, given("file", "-f")},
	{kmu.Name, "getCaviumPrivKey", voice.HappenedReference, given("key", "-k", "file", "-out")},
	{kmu.Name, "approveToken", voice.HappenedApproved, nil},
	{kmu.Name, "listUsers", voice.HappenedUsers, nil},
	{cmu.Name, "loginHSM", voice.HappenedLoginEach, (*event).eachFacts},
	{cmu.Name, "logoutHSM", voice.HappenedLogout, nil},
	{cmu.Name, "quit", voice.HappenedLeft, (*event).userFacts},
	{cmu.Name, "createUser", voice.HappenedUser, (*event).newUserFacts},
	{cmu.Name, "deleteUser", voice.HappenedUserGone, placed("name", 2)},
	{cmu.Name, "changePswd", voice.HappenedPassword, placed("name", 2)},
	{cmu.Name, "listUsers", voice.HappenedUsersEach, nil},
	{cmu.Name, "shareKey", voice.HappenedShared, placed("key", 1)},
	{cmu.Name, "setMValue", voice.HappenedMValue, nil},
	{cmu.Name, "approveToken", voice.HappenedApproved, nil},
	{cmu.Name, "registerQuorumPubKey", voice.HappenedRegistered, placed("name", 2)},
	{cmu.Name, "server", voice.HappenedServer, nil},
	{bash, "hsm stop", voice.HappenedStop, (*event).stopFacts},
	{bash, "hsm start", voice.HappenedStart, (*event).startFacts},
	{bash, "hsm clock", voice.HappenedClock, (*event).clockFacts},
	{bash, "openssl dgst", voice.HappenedOutside, (*event).verifiedFacts},
	{bash, "openssl genrsa", voice.HappenedKeyFile, (*event).keyFileFacts},
}

func (h happening) name() string { return h.tool + "/" + h.command }

// toldNames are the names of all rows, as a saved progress has them.
func toldNames() (names []string) {
	for _, h := range happenings {
		names = append(names, h.name())
	}
	return names
}

// event is a line that has ended well.
type event struct {
	w     *World
	user  string // who is logged in at the tool
	alone bool   // the tool talks to one server
	words []string
	row   *view.RanRow
}

// happened returns the sentence for a line that was typed at a terminal, if it is the first of its
// kind. It is called under the world's lock.
func (w *World) happened(e shell.Ended, r *view.RanRow) []voice.Note {
	if w.trial || !e.Typed || e.Noted || len(r.Path) == 0 || r.Status != 0 || r.Code != nil && *r.Code != 0 {
		return nil
	}
	v := &event{w: w, words: strings.Fields(r.Line), row: r}
	if slices.ContainsFunc(v.words, command.AsksHelp) {
		return nil
	}
	tool := bash // of what is typed at a tool's prompt for the machine, too
	if e.By != nil {
		tool, v.user = e.Tool, e.By.User()
		one, is := e.By.(interface{ Alone() bool })
		v.alone = is && one.Alone()
	}
	for _, h := range happenings {
		if h.tool != tool || !is(r, h.command) || slices.Contains(w.progress.Told, h.name()) {
			continue
		}
		var facts []any
		if h.facts != nil {
			if facts = h.facts(v); facts == nil {
				return nil
			}
		}
		w.progress.Told = append(w.progress.Told, h.name())
		return []voice.Note{voice.Say(h.note, facts...)}
	}
	return nil
}

// given makes facts of the values of options; there are none where one is missing.
func given(pairs ...string) func(*event) []any {
	return func(v *event) (facts []any) {
		for pair := range slices.Chunk(pairs, 2) {
			i := slices.Index(v.words, pair[1])
			if i < 0 || i+1 >= len(v.words) {
				return nil
			}
			facts = append(facts, pair[0], strings.Trim(v.words[i+1], `"`))
		}
		return append(facts, "hsms", v.w.hsms(v.w.reached()))
	}
}

// placed makes a fact of a word of the line.
func placed(name string, at int) func(*event) []any {
	return func(v *event) []any {
		if at >= len(v.words) {
			return nil
		}
		return []any{name, v.words[at]}
	}
}

// wrapFacts say which key opens what was wrapped: of a pair it is the private half.
func (v *event) wrapFacts() []any {
	facts := given("key", "-k", "wrapper", "-w", "file", "-out")(v)
	if facts == nil {
		return nil
	}
	opener := "that one"
	wrapper, _ := behind(v.words, "-w")
	if n, err := strconv.ParseUint(wrapper, 10, 32); err == nil && v.w.isPublic(uint32(n)) {
		opener = "the private half of that one"
	}
	return append(facts, "opener", opener)
}

// isPublic reports whether a key is the public half of a pair.
func (w *World) isPublic(handle uint32) bool {
	return slices.ContainsFunc(w.cluster.Nodes, func(n *cluster.Node) bool {
		k := n.HSM.At(handle)
		return k != nil && k.Material.Class == attr.Public
	})
}

// keyFileFacts are none where the key went to the screen, to another program or to a device.
func (v *event) keyFileFacts() []any {
	file, _ := behind(v.words, "-out")
	for i, word := range v.words {
		switch name, to := strings.CutPrefix(word, ">"); {
		case strings.Contains(word, "|"):
			return nil
		case to && strings.Trim(name, ">") == "" && i+1 < len(v.words):
			file = v.words[i+1]
		case to:
			file = strings.Trim(name, ">")
		}
	}
	if file == "" || strings.HasPrefix(file, "/dev/") {
		return nil
	}
	return []any{}
}

func (v *event) userFacts() []any {
	if v.user == "" {
		return nil
	}
	return []any{"user", v.user, "hsms", v.w.admitting(v.user, nil)}
}

// foundFacts are those of a search that shows keys: without options it shows all of the user's.
func (v *event) foundFacts() []any {
	id := 0
	for _, u := range v.w.cluster.Nodes[0].HSM.Users {
		if u.Type == hsm.CU && strings.EqualFold(u.Name, v.user) {
			id = u.ID
		}
	}
	rows := view.Keys(v.w.cluster, 0, view.Look{User: id}).Rows
	if len(v.words) != 1 || !slices.ContainsFunc(rows, func(k view.KeyRow) bool { return k.Visible }) {
		return nil
	}
	return v.userFacts()
}

// made are the handles of the keys that a line has made.
func (v *event) made() (handles []uint32) {
	for _, id := range v.row.Rows {
		var handle uint32
		if n, _ := fmt.Sscanf(id, "key-%d", &handle); n == 1 && v.w.holders(handle) > 0 {
			handles = append(handles, handle)
		}
	}
	slices.Sort(handles)
	return handles
}

func (v *event) pairFacts() []any {
	keys := v.made()
	if len(keys) != 2 {
		return nil
	}
	return []any{"public", keys[0], "private", keys[1], "hsms", v.w.hsms(v.w.holders(keys[1]))}
}

func (v *event) keyFacts() []any {
	keys := v.made()
	if len(keys) != 1 {
		return nil
	}
	facts := []any{"handle", keys[0], "hsms", v.w.hsms(v.w.holders(keys[0]))}
	if i := slices.Index(v.words, "-f"); i >= 0 && i+1 < len(v.words) {
		facts = append(facts, "file", strings.Trim(v.words[i+1], `"`))
	}
	return facts
}

// eachFacts are those of what concerns several HSMs, one by one.
func (v *event) eachFacts() []any {
	if len(v.w.cluster.Nodes) == 1 || v.alone {
		return nil
	}
	return v.userFacts()
}

func (v *event) newUserFacts() []any {
	if len(v.words) < 3 || len(v.w.cluster.Nodes) == 1 {
		return nil
	}
	n := 0
	for _, node := range v.w.cluster.Nodes {
		if slices.ContainsFunc(node.HSM.Users, func(u *hsm.User) bool { return strings.EqualFold(u.Name, v.words[2]) }) {
			n++
		}
	}
	return []any{"name", v.words[2], "hsms", v.w.hsms(n)}
}

func (v *event) stopFacts() []any {
	if len(v.words) != 3 || v.w.reached() == 0 {
		return nil
	}
	left := "the other one"
	if n := v.w.reached(); n > 1 {
		left = fmt.Sprintf("the other %d", n)
	}
	return []any{"node", v.words[2], "left", left}
}

func (v *event) startFacts() []any {
	if len(v.words) != 3 || !slices.Contains(v.row.Rows, "hsm-"+v.words[2]) { // more than the one command, or it ran
		return nil
	}
	return []any{"node", v.words[2]}
}

func (v *event) clockFacts() []any {
	if len(v.words) != 3 {
		return nil
	}
	return []any{}
}

func (v *event) verifiedFacts() []any {
	if !slices.Contains(v.words, "-verify") {
		return nil
	}
	return []any{}
}

// reached is how many HSMs of the cluster answer.
func (w *World) reached() (n int) {
	for _, node := range w.cluster.Nodes {
		if node.Up && !node.Isolated {
			n++
		}
	}
	return n
}

// admitting says on how many HSMs a user is logged in, more often than in a world before; nil for
// none. Those of a clone are no part of the cluster's number.
func (w *World) admitting(user string, before *World) string {
	here, elsewhere := 0, 0
	for _, node := range w.cluster.All() {
		had := 0
		if before != nil {
			if was := before.cluster.Node(node.HSM.Node); was != nil {
				had = openFor(was.HSM, user)
			}
		}
		switch {
		case openFor(node.HSM, user) <= had:
		case slices.Contains(w.cluster.Nodes, node):
			here++
		default:
			elsewhere++
		}
	}
	if elsewhere > 0 {
		return fmt.Sprintf("%d HSMs", here+elsewhere)
	}
	return w.hsms(here)
}

// openFor is how many sessions of an HSM are of a user who is logged in.
func openFor(h *hsm.HSM, user string) (n int) {
	for _, s := range h.Sessions {
		if u := h.SessionUser(s.ID); u != nil && u.Name == user {
			n++
		}
	}
	return n
}

// holders is how many HSMs of the cluster hold a key.
func (w *World) holders(handle uint32) (n int) {
	for _, node := range w.cluster.Nodes {
		if node.HSM.At(handle) != nil {
			n++
		}
	}
	return n
}

// hsms says how many of the cluster's HSMs something concerns.
func (w *World) hsms(n int) string { return ofHSMs(n, len(w.cluster.Nodes)) }

// ofHSMs says how many of a cluster's HSMs something concerns.
func ofHSMs(n, all int) string {
	switch {
	case all == 1:
		return "the one HSM"
	case n == all && n == 2:
		return "both HSMs"
	case n == all:
		return fmt.Sprintf("all %d HSMs", n)
	default:
		return fmt.Sprintf("%d of %d HSMs", n, all)
	}
}
