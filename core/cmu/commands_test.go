package cmu

import (
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
)

// commands are what transcripts do beside the tool.
var commands = map[string]func(d *desk, rest string) string{
	"start-tool": func(d *desk, rest string) string { return d.print(d.restart(strings.Fields(rest)...)) },
	"connect": func(d *desk, _ string) string { // anew, without showing it
		d.connect()
		return ""
	},
	"restart-tool": func(d *desk, _ string) string {
		return d.print(d.restart(DefaultConfig))
	},
	"nodes": func(d *desk, rest string) string { // a fresh cluster of so many HSMs
		d.begin(d.number(rest))
		return ""
	},
	"login": quietly("loginHSM CO admin password"),
	"annexB": func(d *desk, _ string) string { // the cluster of the golden transcripts
		d.begin(2)
		for i, ip := range []string{"10.0.1.4", "10.0.2.14"} {
			n := d.cluster.Nodes[i]
			n.IP = ip
			n.HSM.Users = n.HSM.Users[:2]
			d.setPassword(n.HSM, 1, "co12345")
		}
		d.files[DefaultConfig] = Config([]string{"10.0.2.14", "10.0.1.4"})
		d.tool.Start([]string{DefaultConfig})
		return ""
	},
	"page": func(d *desk, rest string) string { // the addresses of a page's servers; nobody but admin and app_user
		addresses := strings.Fields(rest)
		d.begin(len(addresses))
		for i, n := range d.cluster.Nodes {
			n.IP = addresses[i]
			n.HSM.Users = n.HSM.Users[:2]
		}
		d.configure()
		d.connect()
		return ""
	},
	"user": func(d *desk, rest string) string { // ID TYPE NAME, with the password password, on all HSMs
		words := strings.Fields(rest)
		for _, n := range d.cluster.Nodes {
			n.HSM.PutUser(&hsm.User{ID: d.number(words[0]), Type: hsm.UserType(words[1]), Name: words[2]})
			d.setPassword(n.HSM, d.number(words[0]), "password")
		}
		return ""
	},
	"put": func(d *desk, rest string) string { // HANDLE OWNER M LABEL SHARER…: an AES key on all HSMs
		words := strings.Fields(rest)
		material, err := secret.New(attr.AES, make([]byte, 32))
		require.NoError(d.t, err)
		k := &hsm.Key{Handle: uint32(d.number(words[0])), Owner: d.number(words[1]), MValue: d.number(words[2]), Label: words[3],
			Flags: attr.DefaultFlags(attr.Secret, attr.AES), Material: material}
		for _, id := range words[4:] {
			k.Shared = append(k.Shared, d.number(id))
		}
		for _, n := range d.cluster.Nodes {
			n.HSM.Put(k)
		}
		return ""
	},
	"type": func(d *desk, rest string) string { // a line whose output is not compared
		d.line(rest)
		return ""
	},
	"unactivated": func(d *desk, _ string) string { // one HSM, before its first password
		d.begin(1)
		h := d.cluster.Nodes[0].HSM
		h.Users = h.Users[:2]
		row := *h.Users[0]
		row.Type = hsm.PRECO
		h.PutUser(&row)
		d.tool.Start([]string{DefaultConfig})
		return ""
	},
	"stop":    nodeCommand((*cluster.Cluster).Stop),
	"start":   nodeCommand((*cluster.Cluster).Start),
	"isolate": nodeCommand((*cluster.Cluster).Isolate),
	"heal":    nodeCommand((*cluster.Cluster).Heal),
	"add": func(d *desk, _ string) string {
		_, err := d.cluster.Add()
		require.NoError(d.t, err)
		return ""
	},
	"anchor": func(d *desk, _ string) string { // puts customerCA.crt in its place
		d.files[Anchor] = mech.CertificatePEM(d.cluster.CustomerRoot())
		return ""
	},
	"configure": func(d *desk, _ string) string { d.configure(); return "" },
	"advance": func(d *desk, rest string) string { // SECONDS
		d.cluster.Advance(int64(d.number(rest)) * 1000)
		return ""
	},
	"write": func(d *desk, rest string) string { // NAME TEXT, where \n is a line end
		name, text, _ := strings.Cut(rest, " ")
		d.files[name] = []byte(strings.ReplaceAll(text, `\n`, "\n"))
		return ""
	},
	"zeros": func(d *desk, rest string) string { // NAME COUNT
		name, count, _ := strings.Cut(rest, " ")
		d.files[name] = make([]byte, d.number(count))
		return ""
	},
	"rm":   func(d *desk, rest string) string { delete(d.files, rest); return "" },
	"cat":  func(d *desk, rest string) string { return string(d.files[rest]) },
	"hex":  func(d *desk, rest string) string { return hex.EncodeToString(d.files[rest]) + "\n" },
	"size": func(d *desk, rest string) string { return fmt.Sprintln(len(d.files[rest])) },
	"replace": func(d *desk, rest string) string { // NAME OLD NEW
		words := strings.Fields(rest)
		d.files[words[0]] = []byte(strings.ReplaceAll(string(d.files[words[0]]), words[1], words[2]))
		return ""
	},
	"pub": func(d *desk, rest string) string { // OFFICER FILE
		name, file, _ := strings.Cut(rest, " ")
		d.files[file] = publicPEM(d.t, &officer(d.t, name).PublicKey)
		return ""
	},
	"sign": func(d *desk, rest string) string { // OFFICER FILE SIGNATURE
		words := strings.Fields(rest)
		d.sign(words[0], words[1], words[2])
		return ""
	},
	"answer": func(d *desk, rest string) string { // FILE OFFICER
		file, name, _ := strings.Cut(rest, " ")
		d.answer(file, name)
		return ""
	},
	"approval": func(d *desk, rest string) string { // FILE TOKEN OFFICER…: signs and writes the approval file
		words := strings.Fields(rest)
		text := fmt.Sprintf("Multi Token File Path = %s;\nToken File Path = ;\n\nNumber of Approvals = %d;\n", words[1], len(words)-2)
		for _, name := range words[2:] {
			d.sign(name, words[1], words[1]+"."+name)
			text += fmt.Sprintf("\nApprover Type = 2; # 2 for CO, 1 for CU\nApprover Name = %s;\nApproval File = %s;\n", name, words[1]+"."+name)
		}
		d.files[words[0]] = []byte(text)
		return ""
	},
	"officer": func(d *desk, rest string) string { // NAME: made, and his key registered
		d.do("createUser CO "+rest+" password1", "y", "logoutHSM", "loginHSM CO "+rest+" password1")
		d.files["token"] = []byte("token to be signed\n")
		d.files["pub"] = publicPEM(d.t, &officer(d.t, rest).PublicKey)
		d.sign(rest, "token", "token.sig")
		d.do("registerQuorumPubKey CO "+rest+" token token.sig pub", "y", "logoutHSM", "loginHSM CO admin "+d.adminPassword())
		return ""
	},
	"key": func(d *desk, rest string) string { // USER LABEL: an AES key
		user, label, _ := strings.Cut(rest, " ")
		d.makeKey(user, d.passwordOf(user), aes(label))
		return ""
	},
	"pair": func(d *desk, rest string) string { // USER LABEL
		user, label, _ := strings.Cut(rest, " ")
		d.makeKey(user, "aws", hsm.Template{Class: attr.Public, Type: attr.EC, Curve: mech.Curves[1], Label: label})
		return ""
	},
	"quorumKey": func(d *desk, rest string) string { // USER LABEL: an AES key for 4 and 5 too, with two approvals
		user, label, _ := strings.Cut(rest, " ")
		tm := aes(label)
		tm.Shared, tm.MValue = []int{4, 5}, 2
		d.makeKey(user, "aws", tm)
		return ""
	},
	"register": func(d *desk, rest string) string { // USER OFFICER: the officer's key becomes the crypto user's for approvals
		name, key, _ := strings.Cut(rest, " ")
		d.files["token"] = []byte("token to be signed\n")
		d.files["pub"] = publicPEM(d.t, &officer(d.t, key).PublicKey)
		d.sign(key, "token", "token.sig")
		d.do("loginHSM CU "+name+" aws", "registerQuorumPubKey CU "+name+" token token.sig pub", "y", "logoutHSM")
		return ""
	},
	"private": func(d *desk, rest string) string { // OFFICER FILE: his private key
		name, file, _ := strings.Cut(rest, " ")
		data, err := os.ReadFile("testdata/keys/" + name + ".pem")
		require.NoError(d.t, err)
		d.files[file] = data
		return ""
	},
	"another": func(d *desk, rest string) string { // a second tool beside the first, logged in as CO or CU NAME PASSWORD
		d.left, d.tool = d.tool, New(d.cluster, machine(d.files), classic)
		d.asked, d.ask = d.ask, nil
		d.tool.Start([]string{DefaultConfig})
		d.do("loginHSM " + rest)
		return ""
	},
	"back": func(d *desk, _ string) string { // to the first tool; the second goes on
		d.left, d.tool = d.tool, d.left
		d.asked, d.ask = d.ask, d.asked
		return ""
	},
	"leave": func(d *desk, _ string) string { // ends the second tool
		d.tool.Close()
		d.tool, d.ask = d.left, d.asked
		return ""
	},
}

// quietly types a line whose output is not compared.
func quietly(line string) func(*desk, string) string {
	return func(d *desk, _ string) string {
		d.do(line)
		return ""
	}
}

func nodeCommand(f func(*cluster.Cluster, int) error) func(d *desk, rest string) string {
	return func(d *desk, rest string) string {
		require.NoError(d.t, f(d.cluster, d.number(rest)))
		return ""
	}
}

func (d *desk) number(text string) int {
	n, err := strconv.Atoi(text)
	require.NoError(d.t, err)
	return n
}

// setPassword gives a user of an HSM a password without asking anybody.
func (d *desk) setPassword(h *hsm.HSM, id int, password string) {
	row := *h.UserByID(id)
	secret := d.cluster.NewSecret(password)
	row.Salt, row.Verifier = secret.Salt, secret.Verifier
	h.PutUser(&row)
}

// adminPassword is the one of the golden transcripts on their cluster.
func (d *desk) adminPassword() string {
	if d.cluster.Nodes[0].IP == "10.0.1.4" {
		return "co12345"
	}
	return "password"
}

func (d *desk) passwordOf(user string) string {
	for _, s := range cluster.Seeds {
		if s.Name == user {
			return s.Password
		}
	}
	return "password"
}
