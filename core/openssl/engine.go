package openssl

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// engineName is the one engine, and engineUser the variable that it reads its login from (spec/kmu.md 3.44).
const (
	engineName = "cloudhsm"
	engineUser = "n3fips_password"
)

// signingKey returns the key that signs: of a file, or with -engine of the cluster, if the file is a fake PEM. The
// material of a key of the cluster must not be written anywhere.
func (c *call) signingKey(name, what string) (*mech.Material, error) {
	if !c.has("engine") {
		return c.privateKey(name, what)
	}
	if engine := c.last("engine"); engine != engineName {
		return nil, refuse("Invalid engine \"%s\"", engine).because(voice.EngineUnknown)
	}
	data, err := c.ReadFile(name)
	if err != nil {
		return nil, cannotOpen(name, what, err)
	}
	fmt.Fprintf(c.Err, "Engine \"%s\" set.\n", engineName)
	handle, public, err := mech.ParseFakePEM(onlyPrivate(data))
	if err != nil {
		key, err := parsePrivate(name, what, data)
		if err == nil {
			c.Note(voice.EngineRealKey, "file", voice.Word(name))
		}
		return key, err
	}
	return c.engineKey(fake{name, what, handle, public})
}

// fake is a file that stands for a key of the cluster.
type fake struct {
	file, what string
	handle     uint64
	public     *mech.Material
}

// engineKey logs in, asks for the key, and ends the session.
func (c *call) engineKey(f fake) (*mech.Material, error) {
	login := c.Env(engineUser)
	if login == "" {
		return nil, f.refuse(voice.EngineNoPassword)
	}
	user, password, ok := strings.Cut(login, ":")
	if !ok || user == "" || password == "" {
		return nil, f.refuse(voice.EngineForm)
	}
	var key *mech.Material
	err := error(nil)
	c.Cluster(func(cl *cluster.Cluster) {
		var r *refusal
		if key, r = f.ask(cl, user, password); r != nil {
			err = r
		}
	})
	if err == nil {
		c.inside = []any{"handle", f.handle, "user", voice.Word(user)}
	}
	return key, err
}

// refuse words a key that the engine does not get; the words of the real engine are not documented.
func (f fake) refuse(id voice.ID, args ...any) *refusal {
	return cannotRead(f.file, f.what).because(id, append([]any{"file", voice.Word(f.file), "handle", f.handle}, args...)...)
}

// ask is under the world's lock.
func (f fake) ask(cl *cluster.Cluster, user, password string) (*mech.Material, *refusal) {
	client, err := cl.Connect()
	if err != nil {
		if retcode.Of(err) == retcode.DaemonSocket {
			return nil, f.refuse(voice.EngineNoDaemon)
		}
		return nil, f.refuse(voice.EngineLogin, "user", voice.Word(user), "why", retcode.Of(err).Text()+".")
	}
	defer client.Close()
	answers := client.LogIn(hsm.CU, user, password)
	if client.Login == nil {
		return nil, f.refuse(voice.EngineLogin, "user", voice.Word(user), "why", loginFault(answers))
	}
	if f.handle > math.MaxUint32 {
		return nil, f.refuse(voice.EngineKeyGone, "user", voice.Word(user))
	}
	key, err := client.UsableKey(uint32(f.handle), "sign", attr.FlagSign)
	if err != nil {
		return nil, f.denied(err, user)
	}
	if key.Material.Class != attr.PrivateKey || !samePublic(key.Material, f.public) {
		return nil, f.refuse(voice.EngineKeyOther)
	}
	return key.Material, nil
}

// loginFault is the first refusal of a login, as a sentence.
func loginFault(answers []cluster.Answer) string {
	for _, a := range answers {
		if a.Err != nil {
			row, _ := retcode.Lookup(retcode.Of(a.Err))
			return row.Cause
		}
	}
	return "no HSM answered."
}

// denied says why the cluster does not sign with a key.
func (f fake) denied(err error, user string) *refusal {
	var quorum hsm.NeedsApproval
	switch {
	case errors.As(err, &quorum):
		return f.refuse(voice.EngineQuorum, "m", quorum.MValue)
	case retcode.Of(err) == retcode.AccessDenied:
		return f.refuse(voice.EngineKeyForbidden)
	}
	return f.refuse(voice.EngineKeyGone, "user", voice.Word(user))
}

// cannotSign words a key that does not sign.
func (c *call) cannotSign(err error) error {
	if errors.Is(err, mech.ErrKeyType) {
		return refuse("%s: Error signing data", c.name).because(voice.OpenSSLDSA)
	}
	return refuse("%s: Error signing data", c.name).because(voice.OpenSSLTooShort)
}
