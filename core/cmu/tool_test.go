package cmu

import (
	"encoding/binary"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var _ command.Tool = (*Tool)(nil)

func TestConfigIsTheDocumentedFile(t *testing.T) {
	var file struct {
		Scard   map[string]any
		Servers []map[string]any
	}
	text := Config([]string{"10.0.1.10", "10.0.2.11"})
	require.NoError(t, json.Unmarshal(text, &file))
	require.Len(t, file.Servers, 2)
	require.Equal(t, map[string]any{"CAfile": "", "CApath": "/opt/cloudhsm/etc/certs", "certificate": "/opt/cloudhsm/etc/client.crt",
		"e2e_encryption": map[string]any{"enable": "yes", "owner_cert_path": "/opt/cloudhsm/etc/customerCA.crt"}, "enable": "yes",
		"hostname": "10.0.2.11", "name": "10.0.2.11", "pkey": "/opt/cloudhsm/etc/client.key", "port": 2225.0, "server_ssl": "yes",
		"ssl_ciphers": ""}, file.Servers[1])
	require.Equal(t, map[string]any{"certificate": "cert-sc", "enable": "no", "pkey": "pkey-sc", "port": 2225.0}, file.Scard)
	entries, err := readConfig(text)
	require.NoError(t, err)
	require.Equal(t, "10.0.1.10", entries[0].Hostname)
}

func TestSavedToolsGoOnWhereTheyWere(t *testing.T) {
	d := startedDesk(t)
	d.do("loginHSM CO admin password", "server 1")
	saved := d.tool.Save()
	c, _, err := cluster.Restore(d.cluster.Snapshot(), mech.Source{})
	require.NoError(t, err)
	tool := New(c, machine(d.files), classic)
	require.NoError(t, tool.Restore(saved))
	c.EndOrphans()
	require.Equal(t, "server1>", tool.Prompt())
	require.Equal(t, "admin", tool.User())
	require.Equal(t, "getMValue", tool.Complete("getM", 4).Choices[0].Word)
	require.Equal(t, "MValue of service 3[USER_MGMT] on server 1 : [1]\n", tool.Line("getMValue 3").Text)
	require.Equal(t, saved, tool.Save())
	tool.Close()
	for _, n := range c.Nodes {
		require.Empty(t, n.HSM.Sessions)
	}
}

func TestRestoreRefusesWhatSaveDidNotWrite(t *testing.T) {
	for _, data := range []string{"", "[]", `{"Mode":3,"Servers":[]}`, `{"Mode":-2,"Servers":[{}]}`} {
		require.Error(t, newDesk(t).tool.Restore([]byte(data)), data)
	}
	tool := newDesk(t).tool
	require.NoError(t, tool.Restore([]byte(`{"Mode":0,"Servers":[{"Session":99,"Node":77}]}`)))
	require.Equal(t, "Server 0 is not connected\n", tool.Line("listUsers").Text)
	require.Contains(t, tool.Line("getCert a 4").Text, "Server 0 is not connected\n")
	require.NotEmpty(t, tool.Next())
}

func TestCloseEndsTheSessions(t *testing.T) {
	d := startedDesk(t)
	d.do("loginHSM CO admin password")
	d.tool.Close()
	for _, n := range d.cluster.Nodes {
		require.Empty(t, n.HSM.Sessions)
	}
}

func TestStatus(t *testing.T) {
	d := newDesk(t)
	out := d.tool.Start([]string{"missing.cfg"})
	require.True(t, out.Exit)
	require.Equal(t, 1, d.tool.Status())
	require.Equal(t, 0, startedDesk(t).tool.Status())
}

func TestWhatTheToolRefusesItselfIsNoCodeOfAnHSM(t *testing.T) {
	d := startedDesk(t)
	for _, line := range []string{"server 9", "info server 9", "help nosuch", "createUser CU bob pässword", "getMValue 7", "loginHSM CO admin"} {
		d.line(line)
		require.Equal(t, retcode.Local, retcode.Of(d.out.Err), line)
	}
	delete(d.files, Anchor)
	d.line("enable_e2e")
	d.line("getMValue 3")
	require.Equal(t, retcode.Local, retcode.Of(d.out.Err))
}

// The token file, by the field (spec/cmu.md 4.4).
func TestTokenFile(t *testing.T) {
	d := startedDesk(t)
	d.do("loginHSM CO admin password")
	commands["officer"](d, "officer1")
	d.do("setMValue 3 2", "y")
	d.cluster.Advance(5000)
	d.do("getToken 3 admin t")
	file := d.files["t"]
	require.Len(t, file, 3*80)
	for i := range 3 {
		record := file[80*i : 80*i+80]
		require.Equal(t, uint16(1), binary.BigEndian.Uint16(record), "id")
		require.Equal(t, uint16(3), binary.BigEndian.Uint16(record[2:]), "service")
		require.Equal(t, uint32(i), binary.BigEndian.Uint32(record[4:]), "node")
		require.Equal(t, uint64(0), binary.BigEndian.Uint64(record[8:]), "key handle")
		require.Equal(t, "admin"+strings.Repeat("\x00", 27), string(record[32:64]), "user")
		require.Equal(t, uint32(noon/1000+5), binary.BigEndian.Uint32(record[64:]), "time")
		require.Equal(t, make([]byte, 12), record[68:], "zero")
		require.NotEqual(t, make([]byte, 16), record[16:32], "nonce")
	}
	require.NotEqual(t, file[16:32], file[96:112], "each HSM has a nonce of its own")
}

// Nobody copies a session key, so no server is said to lack it (spec/cmu.md 6.5).
func TestASessionKeyOfAnotherSessionIsNobodys(t *testing.T) {
	d := startedDesk(t)
	d.do("loginHSM CU example_user aws")
	commands["put"](d, "6 3 0 label")
	for i, n := range d.cluster.Nodes {
		k := *n.HSM.At(6)
		if k.Session = 77; i == 0 {
			n.HSM.Put(&k)
		} else {
			n.HSM.Keys[hsm.Slot(6)] = nil
		}
	}
	d.line("getKeyInfo 6")
	require.Equal(t, []voice.Note{voice.Say(voice.OthersSessionKey, "handle", 6)}, d.out.Notes)
	d.do("server 0")
	d.line("setAttribute 6 3 new")
	d.line("y")
	require.Equal(t, []voice.Note{voice.Say(voice.CMUTokenOnce, "handle", 6)}, d.out.Notes)
}

// An HSM whose sessions are all taken is up, and no connection to it was lost.
func TestNoSessionIsLeft(t *testing.T) {
	d := startedDesk(t)
	for _, n := range d.cluster.Nodes {
		n.HSM.SessMax = 1
	}
	out := New(d.cluster, machine(d.files), classic).Start([]string{DefaultConfig})
	require.Len(t, out.Notes, 1)
	require.Equal(t, voice.SessionsFull, out.Notes[0].ID)
}

func TestACertificateIsTheTrustAnchor(t *testing.T) {
	d := startedDesk(t)
	d.do("server 0", "getCert PO.crt 4")
	require.Equal(t, d.files[Anchor], d.files["PO.crt"])
	require.True(t, d.cluster.Trusts(d.files["PO.crt"]))
	require.False(t, cluster.New(cluster.Options{}).Trusts(d.files["PO.crt"]))
}

// A full table makes room for a token only where one has expired (spec/cmu.md 4.4).
func TestTokensAreMany(t *testing.T) {
	d := newDesk(t)
	h := d.cluster.Nodes[0].HSM
	require.NoError(t, h.OpenSession(1))
	h.PutUser(&hsm.User{ID: 7, Name: "second", Type: hsm.CO})
	h.Resume(1, h.UserByID(1))
	require.NoError(t, h.SetM(1, hsm.UserMgmt, 2))
	for id := 1; id <= hsm.TokensMax; id++ {
		h.Quorum.Tokens = append(h.Quorum.Tokens, &hsm.Token{ID: id, User: 1, Session: 1, Service: hsm.Service(100 + id)})
	}
	request := hsm.Request{Service: hsm.UserMgmt, Name: "admin", Now: hsm.TokenLife - 1}
	_, err := h.NewToken(1, request)
	require.ErrorIs(t, err, hsm.TooManyTokens)
	request.Now++
	token, err := h.NewToken(1, request)
	require.NoError(t, err)
	require.Equal(t, 1, token.ID)
	require.Len(t, h.Quorum.Tokens, hsm.TokensMax)
}

func TestUsersAreMany(t *testing.T) {
	d := deskOf(t, 1)
	d.tool.Start([]string{DefaultConfig})
	h := d.cluster.Nodes[0].HSM
	for id := len(h.Users) + 1; id <= hsm.UsersMax; id++ {
		h.PutUser(&hsm.User{ID: id, Name: "u" + strings.Repeat("x", id%20) + string(rune('a'+id%26)) + strings.Repeat("y", id/26%40), Type: hsm.CU})
	}
	d.do("loginHSM CO admin password")
	d.line("createUser CU one_more password1")
	d.line("y")
	require.ErrorIs(t, d.out.Err, hsm.TooManyUsers)
}

func TestNext(t *testing.T) {
	d := startedDesk(t)
	require.Equal(t, []string{"loginHSM CO admin password", "listUsers", "help"}, d.tool.Next())
	d.do("loginHSM CO admin password")
	require.Equal(t, []string{"createUser CU new_user password1", "listUsers", "findAllKeys 3 1"}, d.tool.Next())
	d.do("server 1", "createUser CU new_user password1", "y")
	require.Equal(t, []string{"syncUser 7 0", "exit", "listUsers"}, d.tool.Next())
	for _, line := range d.tool.Next() {
		d.do(line)
	}
}

func TestCompletionKnowsWhatThereIs(t *testing.T) {
	d := startedDesk(t)
	d.makeKey("example_user", "aws", aes("mine"))
	d.makeKey("user4", "aws", aes("theirs"))
	words := func(line string) []string {
		var words []string
		for _, c := range d.tool.Complete(line, len(line)).Choices {
			words = append(words, c.Word)
		}
		return words
	}
	require.Equal(t, []string{"listAttributes", "listTokens", "listUsers"}, words("list"))
	require.Equal(t, []string{"CO", "CU", "PCO", "PRECO", "preCO", "AU", "-hpswd", "-2fa"}, words("loginHSM "))
	require.Equal(t, []string{"user4", "user5", "user6"}, words("deleteUser CU u"))
	require.Equal(t, []string{"0", "1", "2"}, words("server "))
	require.Equal(t, []string{"3", "4"}, words("getMValue "))
	require.Empty(t, words("getKeyInfo 6"), "nobody is logged in")
	d.do("loginHSM CO admin password")
	require.Equal(t, []string{"6", "7"}, words("setAttribute "))
	d.do("logoutHSM", "loginHSM CU example_user aws")
	require.Equal(t, []string{"6"}, words("shareKey "))
	require.Equal(t, []string{"4", "5"}, words("shareKey 6 ")[2:4])
	require.Contains(t, words("help get"), "getKeyInfo")
	require.Equal(t, "makes a user on every server", d.tool.Explain("createUser", 10).Summary)
}

// What the guide calls the arguments, and what is read, must agree in number.
func TestSynopsesHaveEveryParameter(t *testing.T) {
	for _, r := range rows {
		if r.Name == info.Name || r.Name == getToken.Name || r.Name == delToken.Name {
			continue // the word server, the handle of a key that the guide does not know, the word all
		}
		want := strings.Count(r.synopsis, "<")
		got := 0
		for _, p := range r.Params {
			if p.Kind != command.Switch {
				got++
			}
		}
		require.Equal(t, want, got, r.synopsis)
		require.True(t, strings.HasPrefix(r.synopsis, r.Name))
		require.NotEmpty(t, r.Means, r.Name)
	}
}

// Nothing that is typed stops the tool, and every note has its blanks filled.
func TestRandomLines(t *testing.T) {
	words := []string{"CO", "CU", "AU", "PRECO", "admin", "user4", "user5", "nobody", "password", "password1", "aws", "-hpswd", "-2fa", "authdata",
		"0", "1", "2", "3", "4", "6", "7", "99", "134", "260", "512", "4294967296", "4,5", "6,6,", "server", "t", "t.sig", "t.pub", "a.txt", "y", "n", "R",
		"I", "A", "B", "", "all", "-k", "-h", "\x00", "ü", strings.Repeat("x", 300), "--", "help"}
	var names []string
	for _, r := range rows {
		names = append(names, r.Name)
	}
	for seed := range uint64(10) {
		d := startedDesk(t)
		d.makeKey("user4", "aws", aes("k"))
		d.files["t"], d.files["t.pub"] = []byte("token"), publicPEM(t, &officer(t, "admin").PublicKey)
		d.sign("admin", "t", "t.sig")
		r := rand.New(rand.NewPCG(seed, 1))
		pick := func(list []string) string { return list[r.IntN(len(list))] }
		for range 300 {
			line := pick(words)
			if d.ask == nil && r.IntN(10) > 0 {
				line = pick(names)
				for range r.IntN(6) {
					line += " " + pick(words)
				}
			}
			if r.IntN(40) == 0 {
				_ = d.cluster.Stop(r.IntN(3))
			} else if r.IntN(20) == 0 {
				_ = d.cluster.Start(r.IntN(3))
			}
			text := d.line(line)
			requireNotes(t, d.out.Notes, line)
			d.tool.Complete(line, len(line)/2)
			d.tool.Explain(line, len(line))
			require.NotEmpty(t, d.tool.Next())
			if strings.HasPrefix(line, "quit") && d.out.Exit || len(d.tool.targets()) == 0 {
				d.tool.Close()
				d.tool, d.ask = New(d.cluster, machine(d.files), classic), nil
				d.tool.Start([]string{DefaultConfig})
			}
			require.NotContains(t, text, "%!", line)
		}
		require.NoError(t, New(d.cluster, machine(d.files), classic).Restore(d.tool.Save()))
	}
}

func requireNotes(t *testing.T, notes []voice.Note, line string) {
	for _, n := range notes {
		_, known := voice.Lookup(n.ID)
		require.True(t, known, "%s: %s", line, n.ID)
		row, _ := voice.Lookup(n.ID)
		for _, part := range strings.Split(row.Text, "{")[1:] {
			name, _, _ := strings.Cut(part, "}")
			require.Contains(t, n.Args, name, "%s: %s has no value for {%s}", line, n.ID, name)
		}
	}
}

func FuzzFiles(f *testing.F) {
	f.Add(Config([]string{"10.0.1.10"}))
	f.Add([]byte(`{"Version":"1.0","PublicKey":"","Data":[{"HsmId":"x","Digest":"","Signature":"AA=="}]}`))
	f.Add([]byte("Multi Token File Path = f;\nToken File Path = ;\nNumber of Approvals = 1;\nApprover Type = 2;\nApprover Name = admin;\nApproval File = f;\n"))
	d := newDesk(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if entries, err := readConfig(data); err == nil {
			require.NotEmpty(t, entries)
		}
		d.files["f"] = data
		d.tool.approvals("f")
		d.tool.readAnswers("f", true, nil, map[string]*hsm.SecondFactor{})
	})
}

// A token that finds no room, and a copy of a key that finds none, are told of by the line that asks.
func TestAnHSMWithoutRoomSaysSo(t *testing.T) {
	d := deskOf(t, 2)
	d.tool.Start([]string{DefaultConfig})
	for _, n := range d.cluster.Nodes {
		n.HSM.PutUser(&hsm.User{ID: 7, Name: "second", Type: hsm.CO})
	}
	d.do("loginHSM CO admin password")
	d.line("setMValue 3 2")
	d.line("y")
	for _, n := range d.cluster.Nodes {
		for id := 1; id <= hsm.TokensMax; id++ {
			n.HSM.Quorum.Tokens = append(n.HSM.Quorum.Tokens, &hsm.Token{ID: id, User: 1, Session: 1, Service: hsm.Service(100 + id)})
		}
	}
	require.Contains(t, d.line("getToken 3 admin token"), "~ "+voice.Say(voice.CMUTooManyTokens).String())
	require.ErrorIs(t, d.out.Err, hsm.TooManyTokens)

	d = deskOf(t, 2)
	d.tool.Start([]string{DefaultConfig})
	here, there := d.cluster.Nodes[0].HSM, d.cluster.Nodes[1].HSM
	here.Put(&hsm.Key{Handle: 9, Owner: 3, Material: &mech.Material{Class: attr.Secret, Type: attr.AES}})
	there.KeysMax = 0
	d.do("loginHSM CO admin password")
	d.line("server 0")
	require.Contains(t, d.line("syncKey 9 1"), "~ "+voice.Say(voice.CMUTooManyKeys).String())
	require.ErrorIs(t, d.out.Err, hsm.TooManyKeys)
	require.Nil(t, there.At(9))
}
