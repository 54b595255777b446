package sim

import (
	"path"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"hsmplay/core/cli"
	"hsmplay/core/cluster"
	"hsmplay/core/cmu"
	"hsmplay/core/hsm"
	"hsmplay/core/internal/slips"
	"hsmplay/core/internal/transcript"
	"hsmplay/core/kmu"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// What a dry run says of a line is manyKeys against what the line then does in a copy: keys, users,
// files and HSMs that are made, deleted and changed, on how many HSMs, who is logged in, and
// whether an HSM refuses it. The lines are those of the worlds of slips, of the notes, of the
// procedures and of wouldSessions; among them is for each command of the tools, openssl and hsm one
// that works and one that fails.
func TestADryRunIsTrueOfEachCommand(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("minutes there; the same code runs natively")
	}
	j := &judge{t: t, works: map[string]string{}, fails: map[string]string{}}
	for _, s := range slips.Worlds {
		v := visit(t, setting{name: s.Name, options: Options{NonFIPS: s.NonFIPS}, steps: s.Setup})
		for _, tab := range provokingTabs {
			for _, line := range s.Lines[tab] {
				j.of(v.world, v.tabs[tab], line)
			}
		}
		v.world.Shut()
	}
	for _, s := range wouldSessions {
		v, text := visit(t, s.setting), ""
		for _, line := range s.lines {
			tab, line, _ := strings.Cut(line, "> ")
			for _, m := range jsonText.FindAllStringSubmatch(text, -1) {
				line = strings.ReplaceAll(line, "{"+m[1]+"}", m[2])
			}
			j.of(v.world, v.tabs[tab], line)
			turn := v.world.Type(v.tabs[tab], line)
			text = turn.Text
			for turn.State == Asks {
				turn = v.world.Type(v.tabs[tab], "y")
			}
		}
		v.world.Shut()
	}
	for _, file := range noteFiles(t) {
		worlds, _ := readNotes(t, file)
		for _, w := range worlds {
			w.lastLines(t, j.of)
		}
	}
	transcript.Run(t, "testdata/procedures/*.txt", func(t *testing.T) transcript.Session {
		s := newSeat(t)
		s.before = func(terminal int, line string) { j.of(s.world, terminal, line) }
		return s
	})
	j.spoilt()
	for _, name := range everyCommand() {
		if unplayed[name] != "" {
			continue
		}
		assert.NotEmpty(t, j.works[name], "no line of %s that works, of which something is said", name)
		assert.NotEmpty(t, j.fails[name], "no line of %s that fails", name)
	}
	t.Logf("%d lines, %d of them said something of", j.lines, j.said)
}

// spoilt are lines that fail of the commands of which none has yet: with words that they do not take.
func (j *judge) spoilt() {
	v := visit(j.t, setting{name: "nobody logged in", steps: joined(bothTools, at("cli", "cloudhsm-cli interactive"))})
	defer v.world.Shut()
	tabs := map[string]string{kmu.Name: inKMU, cmu.Name: inCMU, cli.Name: "cli"}
	for _, name := range everyCommand() {
		tool, command, _ := strings.Cut(name, " ")
		tab := tabs[tool]
		if tab == "" {
			tab, command = inBash, name
		}
		for _, end := range []string{"", " -zzz", " zzz zzz zzz zzz zzz zzz", " --zzz=1"} {
			if j.fails[name] == "" {
				j.of(v.world, v.tabs[tab], command+end)
			}
		}
	}
}

// everyCommand are the commands of the tools, of openssl and of hsm, by tool and name.
func everyCommand() (names []string) {
	for r := range reals {
		names = append(names, r.tool+" "+r.name)
	}
	for _, s := range verbs.Specs {
		if !s.Hidden {
			names = append(names, verbs.Tool+" "+s.Name)
		}
	}
	return names
}

// judge compares what is said of lines with what they do.
type judge struct {
	t            *testing.T
	works, fails map[string]string // a line of a command that does, with what was said
	lines, said  int
}

// of looks at a line before it is typed.
func (j *judge) of(w *World, terminal int, line string) {
	now := w.Now(terminal)
	if now.State != Ready || strings.TrimSpace(line) == "" {
		return
	}
	v := w.Would(terminal, line)
	f := w.Fork()
	defer f.Shut()
	is := effects(w, f, terminal, line)
	name := commandOf(now.Program, line)
	j.lines++
	switch {
	case !is.works:
		j.fails[name] = line
	case len(v.Says) > 0:
		j.works[name] = line
	}
	if len(v.Says) == 0 {
		return
	}
	j.said++
	j.compare(line, v, is)
}

// commandOf is the command of a line by tool and name.
func commandOf(program, line string) string {
	words := strings.Fields(line)
	if program == bash && len(words) > 0 && slices.Contains(rehearsed(), words[0]) {
		program, words = words[0], words[1:]
	}
	name, longest := "", 0
	for r := range reals {
		own := strings.Fields(r.name)
		if r.tool == program && len(own) > longest && len(words) >= len(own) && slices.Equal(words[:len(own)], own) {
			name, longest = r.tool+" "+r.name, len(own)
		}
	}
	if program == verbs.Tool && len(words) > 0 {
		return verbs.Tool + " " + words[0]
	}
	return name
}

// effect is what a line has done.
type effect struct {
	made, gone, changed map[int]spread // keys by their handles
	tokens              int            // of those that are gone, token keys
	users, lost, others map[string]spread
	files               []string // written or deleted
	nodes               int      // that are reached otherwise, new or gone
	login, logout       string
	let                 map[string]spread // who is logged in now, and was not
	refused, works      bool
	anew                bool // there are other HSMs now
	several             bool // there is more than one cluster
	asks                bool
}

// spread is on how many HSMs something is, or was, and of how many.
type spread struct{ on, of int }

// effects types a line in a copy, and yes where it is asked whether it is meant.
func effects(w, f *World, terminal int, line string) (e effect) {
	var heard shell.Ended
	f.hears = &heard
	files := f.memory.Rows()
	before := w.Now(terminal)
	turn := f.Type(terminal, line)
	for range wouldAsks {
		if turn.State != Asks || turn.Hidden || !strings.Contains(turn.Prompt, "(y/n)") {
			break
		}
		turn = f.Type(terminal, "y")
	}
	code := retcode.Of(heard.Err)
	e.refused = code != retcode.Success && code != retcode.Local
	e.works, e.asks = turn.Works() && heard.Err == nil, turn.State == Asks
	e.made, e.gone, e.changed = map[int]spread{}, map[int]spread{}, map[int]spread{}
	e.users, e.lost, e.others = map[string]spread{}, map[string]spread{}, map[string]spread{}
	is, was := f.cluster, w.cluster
	e.several = len(is.Groups) > 1
	for _, n := range is.All() {
		old := was.Node(n.HSM.Node)
		e.anew = e.anew || was.Called(is.GroupOf(n.HSM.Node).ID) == nil || old != nil && old.HSM.Serial != n.HSM.Serial
		if old == nil || old.Reached() != n.Reached() {
			e.nodes++
		}
	}
	for _, n := range was.All() {
		if is.Node(n.HSM.Node) == nil {
			e.nodes++
		}
	}
	for _, handle := range allHandles(was, is) {
		a, b := having(was, handle), having(is, handle)
		switch {
		case a.on == 0:
			e.made[handle] = b
		case b.on == 0:
			e.gone[handle] = a
			if isToken(was, handle) {
				e.tokens++
			}
		case differs(was, is, handle):
			e.changed[handle] = b
		}
	}
	e.ofUsers(was, is)
	e.files = changedNames(files, f.memory.Rows())
	if turn.User != before.User {
		e.login, e.logout = turn.User, before.User
	}
	e.let = map[string]spread{}
	p := spread{of: len(is.Nodes)}
	for _, n := range is.Nodes {
		if old := was.Node(n.HSM.Node); e.login != "" && old != nil && openFor(n.HSM, e.login) > openFor(old.HSM, e.login) {
			p.on++
		}
	}
	if p.on > 0 {
		e.let[e.login] = p
	}
	return e
}

// allHandles are those of all keys of two clusters.
func allHandles(clusters ...*cluster.Cluster) (list []int) {
	for _, c := range clusters {
		for _, n := range c.All() {
			for _, k := range n.HSM.Keys {
				if k != nil {
					list = append(list, int(k.Handle))
				}
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// having are the HSMs that have a key, of those of their cluster.
func having(c *cluster.Cluster, handle int) (p spread) {
	for _, n := range c.All() {
		if n.HSM.At(uint32(handle)) != nil {
			p.on, p.of = p.on+1, len(c.GroupOf(n.HSM.Node).Nodes)
		}
	}
	return p
}

func isToken(c *cluster.Cluster, handle int) bool {
	return slices.ContainsFunc(c.All(), func(n *cluster.Node) bool {
		k := n.HSM.At(uint32(handle))
		return k != nil && k.Session == 0
	})
}

// differs reports whether an HSM that has a key in both has another row of it.
func differs(was, is *cluster.Cluster, handle int) bool {
	return slices.ContainsFunc(is.All(), func(n *cluster.Node) bool {
		old := was.Node(n.HSM.Node)
		if old == nil {
			return false
		}
		a, b := old.HSM.At(uint32(handle)), n.HSM.At(uint32(handle))
		return a != nil && b != nil && a != b
	})
}

// ofUsers counts the users that are new, gone, or have another password or key.
func (e *effect) ofUsers(was, is *cluster.Cluster) {
	has := func(c *cluster.Cluster, u *hsm.User, fits func(*hsm.User) bool) (p spread) {
		for _, n := range c.All() {
			if o := n.HSM.UserByID(u.ID); o != nil && o.Name == u.Name && fits(o) {
				p.on, p.of = p.on+1, len(c.GroupOf(n.HSM.Node).Nodes)
			}
		}
		return p
	}
	any := func(*hsm.User) bool { return true }
	for _, n := range is.All() {
		for _, u := range n.HSM.Users {
			if has(was, u, any).on == 0 {
				e.users[u.Name] = has(is, u, any)
			} else if old := was.Node(n.HSM.Node); old != nil {
				o := old.HSM.UserByID(u.ID)
				if o != nil && (string(o.Salt) != string(u.Salt) || string(o.Quorum) != string(u.Quorum) || string(o.TwoFA) != string(u.TwoFA)) {
					e.others[u.Name] = has(is, u, any)
				}
			}
		}
	}
	for _, n := range was.All() {
		for _, u := range n.HSM.Users {
			if has(is, u, any).on == 0 {
				e.lost[u.Name] = has(was, u, any)
			}
		}
	}
}

// changedNames are the files that are new, gone or written, by their last names.
func changedNames(was, is []*shell.File) (names []string) {
	rows := map[string]*shell.File{}
	for _, f := range was {
		rows[f.Path] = f
	}
	for _, f := range is {
		if old := rows[f.Path]; old != f && !f.IsDir() {
			names = append(names, path.Base(f.Path))
		}
		delete(rows, f.Path)
	}
	for name, f := range rows {
		if !f.IsDir() {
			names = append(names, path.Base(name))
		}
	}
	slices.Sort(names)
	return names
}

var (
	jsonText = regexp.MustCompile(`"(\w+)": "([^"]*)"`)
	manyKeys = regexp.MustCompile(`^(?:Creates|Deletes) (\d+) keys`)
	ofKey    = regexp.MustCompile(`[Kk]ey (\d+)`)
	userName = regexp.MustCompile(`(?:the user|Gives|Logs) (\S+?)(?: |\.|$)`)
	fileName = regexp.MustCompile("`([^`]+)`")
)

// compare holds what is said of a line against what it has done.
func (j *judge) compare(line string, v Would, is effect) {
	said := wording(v)
	conditional := slices.ContainsFunc(v.Says, func(n Note) bool {
		return slices.Contains([]voice.ID{voice.WouldIfPassword, voice.WouldIfOpens, voice.WouldIfSound, voice.WouldIfMatches, voice.WouldTry}, n.ID)
	})
	if conditional && (is.refused || !is.works) {
		return // the condition does not hold
	}
	if !assert.Equal(j.t, is.refused, v.Refused, "%q: %s", line, said) || is.refused || is.anew {
		return
	}
	made, gone, changed := 0, 0, []string{}
	users, lost, others, files, login, logout := []string{}, []string{}, []string{}, []string{}, "", ""
	sentences := 0
	for _, n := range v.Says {
		text := quoted(n.Parts)
		sentences++
		switch n.ID {
		case voice.WouldPair, voice.WouldKey:
			made += map[voice.ID]int{voice.WouldPair: 2, voice.WouldKey: 1}[n.ID]
			spreadAt(j, line, text, is.made)
		case voice.WouldKeys:
			made += number64(manyKeys, text)
		case voice.WouldKeyGone:
			gone++
			spreadAt(j, line, text, is.gone)
		case voice.WouldKeysGone:
			gone += number64(manyKeys, text)
		case voice.WouldAttribute, voice.WouldKeyChanges, voice.WouldShare, voice.WouldUnshare:
			changed = append(changed, ofKey.FindStringSubmatch(text)[1])
		case voice.WouldUser:
			users = append(users, userName.FindStringSubmatch(text)[1])
			spreadAt(j, line, text, is.users)
		case voice.WouldUserGone:
			lost = append(lost, userName.FindStringSubmatch(text)[1])
			spreadAt(j, line, text, is.lost)
		case voice.WouldPassword, voice.WouldUserChange:
			others = append(others, userName.FindStringSubmatch(text)[1])
		case voice.WouldFile, voice.WouldOverwrite, voice.WouldFileGone, voice.WouldTry:
			files = append(files, path.Base(fileName.FindStringSubmatch(text)[1]))
		case voice.WouldLogin:
			login = userName.FindStringSubmatch(text)[1]
			if !conditional && !is.several { // the password may be another on some HSMs
				spreadAt(j, line, text, is.let)
			}
		case voice.WouldLogout:
			logout = userName.FindStringSubmatch(text)[1]
		case voice.WouldIfPassword, voice.WouldIfOpens, voice.WouldIfSound, voice.WouldIfMatches, voice.WouldConfirm:
			sentences--
		}
	}
	if sentences >= saidMax {
		return // not all is said
	}
	at := func(what string, want, got any) { assert.Equal(j.t, want, got, "%s of %q: %s", what, line, said) }
	at("keys made", len(is.made), made)
	if gone != is.tokens {
		at("keys deleted", len(is.gone), gone)
	}
	slices.Sort(changed)
	at("keys changed", sortedKeys(is.changed, strconv.Itoa), slices.Compact(changed))
	same := func(s string) string { return s }
	at("users made", sortedKeys(is.users, same), users)
	at("users deleted", sortedKeys(is.lost, same), lost)
	slices.Sort(others)
	at("users changed", sortedKeys(is.others, same), slices.Compact(others))
	slices.Sort(files)
	if len(files) > 0 || len(is.files) > 0 {
		at("files", is.files, files)
	}
	at("logged in", is.login, login)
	at("logged out", is.logout, logout)
}

// spreadAt holds on how many HSMs something is said to be against where it is.
func spreadAt[K comparable](j *judge, line, text string, is map[K]spread) {
	for _, p := range is {
		assert.Contains(j.t, text, " "+ofHSMs(p.on, p.of), "%q", line)
	}
}

func number64(find *regexp.Regexp, text string) int {
	n, _ := strconv.Atoi(find.FindStringSubmatch(text)[1])
	return n
}

func sortedKeys[K comparable](rows map[K]spread, show func(K) string) []string {
	list := []string{}
	for k := range rows {
		list = append(list, show(k))
	}
	slices.Sort(list)
	return list
}

// wouldSessions are further lines, each typed after it was looked at.
var wouldSessions = []struct {
	setting
	lines []string
}{
	{setting{name: "cloudhsm-cli", steps: joined(someFiles, at(inCMU, "cloudhsm-cli interactive"))}, []string{
		"cmu> cluster hsm-info", "cmu> user list", "cmu> quorum token-sign list-quorum-values", "cmu> login " + cliUser,
		"cmu> key generate-symmetric aes --label w --key-length-bytes 32 --attributes wrap=true unwrap=true",
		"cmu> key generate-symmetric generic-secret --label gs --key-length-bytes 32", "cmu> key generate-symmetric aes --label p --key-length-bytes 16 --session",
		"cmu> key generate-symmetric aes --label q --key-length-bytes 16",
		"cmu> key generate-asymmetric-pair ec --public-label pub --private-label priv --curve secp384r1 --public-attributes verify=true --private-attributes sign=true",
		"cmu> key generate-asymmetric-pair rsa --public-label rpub --private-label rpriv --modulus-size-bits 2048 --public-exponent 65537 --public-attributes verify=true wrap=true --private-attributes sign=true unwrap=true",
		"cmu> key wrap aes-no-pad --payload-filter attr.label=q --wrapping-filter attr.label=w --path w1", "cmu> key unwrap aes-no-pad --filter attr.label=w --key-type-class aes --label u1 --data-path w1",
		"cmu> key wrap aes-pkcs5-pad --payload-filter attr.label=q --wrapping-filter attr.label=w --path w2", "cmu> key unwrap aes-pkcs5-pad --filter attr.label=w --key-type-class aes --label u2 --data-path w2",
		"cmu> key wrap aes-zero-pad --payload-filter attr.label=q --wrapping-filter attr.label=w --path w3", "cmu> key unwrap aes-zero-pad --filter attr.label=w --key-type-class aes --label u3 --data-path w3",
		"cmu> key wrap cloudhsm-aes-gcm --payload-filter attr.label=q --wrapping-filter attr.label=w --tag-length-bits 128 --path w4",
		"cmu> key unwrap cloudhsm-aes-gcm --filter attr.label=w --key-type-class aes --label u4 --tag-length-bits 128 --data-path w4",
		"cmu> key wrap aes-gcm --payload-filter attr.label=q --wrapping-filter attr.label=w --tag-length-bits 128 --path w5",
		"cmu> key unwrap aes-gcm --filter attr.label=w --key-type-class aes --label u5 --tag-length-bits 128 --iv {iv} --data-path w5",
		"cmu> key wrap rsa-aes --payload-filter attr.label=q --wrapping-filter attr.label=rpub --hash-function sha256 --mgf mgf1-sha256 --path w6",
		"cmu> key unwrap rsa-aes --filter attr.label=rpriv --key-type-class aes --label u6 --hash-function sha256 --mgf mgf1-sha256 --data-path w6",
		"cmu> key wrap rsa-oaep --payload-filter attr.label=q --wrapping-filter attr.label=rpub --hash-function sha256 --mgf mgf1-sha256 --path w7",
		"cmu> key unwrap rsa-oaep --filter attr.label=rpriv --key-type-class aes --label u7 --hash-function sha256 --mgf mgf1-sha256 --data-path w7",
		"cmu> crypto sign ecdsa --key-filter attr.label=priv --hash-function sha384 --data YWJj", "cmu> crypto sign rsa-pkcs --key-filter attr.label=rpriv --hash-function sha256 --data YWJj",
		"cmu> crypto sign rsa-pkcs-pss --key-filter attr.label=rpriv --hash-function sha256 --mgf mgf1-sha256 --salt-length 32 --data YWJj",
		"bash> export CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=example_user:aws",
		"bash> cloudhsm-cli crypto sign ecdsa --key-filter attr.label=priv --hash-function sha384 --data YWJj | jq -r .data.signature | base64 -d > s1",
		"bash> cloudhsm-cli crypto sign rsa-pkcs --key-filter attr.label=rpriv --hash-function sha256 --data YWJj | jq -r .data.signature | base64 -d > s2",
		"bash> cloudhsm-cli crypto sign rsa-pkcs-pss --key-filter attr.label=rpriv --hash-function sha256 --mgf mgf1-sha256 --salt-length 32 --data YWJj | jq -r .data.signature | base64 -d > s3",
		"cmu> crypto verify ecdsa --key-filter attr.label=pub --hash-function sha384 --data YWJj --signature-path s1",
		"cmu> crypto verify rsa-pkcs --key-filter attr.label=rpub --hash-function sha256 --data YWJj --signature-path s2",
		"cmu> crypto verify rsa-pkcs-pss --key-filter attr.label=rpub --hash-function sha256 --mgf mgf1-sha256 --salt-length 32 --data YWJj --signature-path s3",
		"cmu> key generate-file --encoding pem --path pub.pem --filter attr.label=pub", "cmu> key import pem --path ec.pub --label in --key-type-class ec-public",
		"cmu> key set-attribute --filter attr.label=q --name label --value r", "cmu> key share --filter attr.label=r --username user4 --role crypto-user",
		"cmu> key unshare --filter attr.label=r --username user4 --role crypto-user", "cmu> key delete --filter attr.label=r", "cmu> key list", "cmu> quorum token-sign list",
		"cmu> quorum token-sign generate --service registration --token reg.json", "cmu> logout", "cmu> login " + cliOfficer,
		"cmu> user create --username alice --role crypto-user --password password1", "cmu> user change-password --username alice --role crypto-user --password password2",
		"cmu> user create --username boss --role admin --password password1", "cmu> quorum token-sign set-quorum-value --service user --value 2",
		"cmu> quorum token-sign generate --service user --token t.json", "cmu> quorum token-sign delete --scope user",
		"cmu> user delete --username alice --role crypto-user", "cmu> quit"}},
	{setting{name: "the second type of HSM", options: Options{NonFIPS: true}, steps: joined(at(inBash, "hsm new --type hsm2m.medium --non-fips", mtlsFiles), cliAs(cliUser))}, []string{
		"cmu> key generate-asymmetric-pair ec --public-label pub --private-label priv --curve ed25519 --public-attributes verify=true --private-attributes sign=true",
		"cmu> crypto sign ed25519 --key-filter attr.label=priv --data YWJj", "cmu> crypto sign ed25519ph --key-filter attr.label=priv --data-type raw --hash-function sha512 --data YWJj",
		"bash> export CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=example_user:aws",
		"bash> cloudhsm-cli crypto sign ed25519 --key-filter attr.label=priv --data YWJj | jq -r .data.signature | base64 -d > s1",
		"bash> cloudhsm-cli crypto sign ed25519ph --key-filter attr.label=priv --data-type raw --hash-function sha512 --data YWJj | jq -r .data.signature | base64 -d > s2",
		"cmu> crypto verify ed25519 --key-filter attr.label=pub --data YWJj --signature-path s1",
		"cmu> crypto verify ed25519ph --key-filter attr.label=pub --data-type raw --hash-function sha512 --data YWJj --signature-path s2",
		"cmu> key generate-asymmetric-pair ml-dsa --public-label mpub --private-label mpriv --mldsa-algorithm ML-DSA-44 --public-attributes verify=true --private-attributes sign=true",
		"cmu> crypto sign ml-dsa --key-filter attr.label=mpriv --data-type raw --hash-function shake256 --data YWJj",
		"cmu> crypto verify ml-dsa --key-filter attr.label=mpub --data-type raw --hash-function shake256 --data YWJj --signature {signature}",
		"cmu> key generate-symmetric aes --label q --key-length-bytes 16",
		"cmu> key generate-asymmetric-pair rsa --public-label rpub --private-label rpriv --modulus-size-bits 2048 --public-exponent 65537 --public-attributes wrap=true --private-attributes unwrap=true",
		"cmu> key wrap rsa-pkcs --payload-filter attr.label=q --wrapping-filter attr.label=rpub --path w", "cmu> key unwrap rsa-pkcs --filter attr.label=rpriv --key-type-class aes --label u --data-path w",
		"cmu> logout", "cmu> login " + cliOfficer, "cmu> cluster mtls register-trust-anchor --path ca.crt", "cmu> cluster mtls list-trust-anchors", "cmu> cluster mtls get-enforcement",
		"cmu> cluster mtls deregister-trust-anchor --certificate-reference 0x01"}},
	{setting{name: "openssl and the older tools", steps: joined(someFiles, bothIn)}, []string{
		"bash> openssl help", "bash> openssl enc -base64 -in m -out b64", "bash> openssl asn1parse -in ec.pem", "bash> openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt pass:x -kdfopt salt:yyyyyyyy -kdfopt iter:1000 -out kept PBKDF2",
		"bash> openssl errstr 0x0A000086", "bash> openssl genpkey -algorithm RSA -out g.pem", "bash> openssl ecparam -name prime256v1 -genkey -noout -out e.pem", "bash> openssl ecparam -name prime256v1 -out p.pem",
		"bash> openssl ec -in ec.pem -pubout -out e.pub", "bash> openssl pkey -in ec.pem -pubout -out k.pub", "bash> openssl pkcs8 -topk8 -nocrypt -in ec.pem -out p8.pem",
		"bash> openssl dgst -sha256 -binary -out d m", "bash> openssl pkeyutl -sign -inkey ec.pem -in d -out ds", "bash> openssl x509 -req -in none.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out c.crt",
		"cmu> getClusterInfo", "kmu> genRSAKeyPair -m 2048 -e 65537 -l rsa", "kmu> getAttribute -o 6 -a 288 -out modulus", "kmu> createPublicKey -l made -m modulus -e 65537",
		"bash> openssl genrsa -out admin.key 2048 && openssl rsa -in admin.key -outform PEM -pubout -out admin.pub && echo 'register admin' > admin.reg && openssl dgst -sha256 -sign admin.key -out admin.reg.sig admin.reg",
		"cmu> registerMofnPubKey CO mine admin admin.key"}},
	{setting{name: "a token that is deleted", steps: joined(someFiles, bothTools, at(inKMU, asUser), quorumKey, at(inKMU, "getToken -s 3 -u example_user -k 7 -f use.token"))}, []string{
		"kmu> delToken -a"}},
	{setting{name: "enforcement", steps: joined(at(inBash, "hsm new --type hsm2m.medium", mtlsFiles), cliAs(cliOfficer, "cluster mtls register-trust-anchor --path ca.crt", "quit"),
		at(inBash, "sudo /opt/cloudhsm/bin/configure-cli --client-cert-hsm-tls-file ca.crt --client-key-hsm-tls-file ca.key"), cliAs(cliOfficer))}, []string{
		"cmu> cluster mtls set-enforcement --level cluster", "cmu> cluster mtls set-enforcement --level none"}},
	{setting{name: "activation", steps: joined(at(inBash, "hsm new --initialized"), at(inCMU, "cloudhsm-cli interactive"))}, []string{
		"cmu> cluster activate --password password1"}},
}

// unplayed are commands of which no line that works is looked at, with why.
var unplayed = map[string]string{
	"key_mgmt_util genPBEKey":                             "it never works: the HSMs make no keys from passwords",
	"cloudhsm-cli login mfa-token-sign":                   "the words stand apart, so that its lines count as login's",
	"cloudhsm-cli key replicate":                          "it wants two logins and a clone; its procedure types it behind other words of bash",
	"cloudhsm-cli user change-quorum token-sign register": "the same: a signed token is made by words of bash",
}
