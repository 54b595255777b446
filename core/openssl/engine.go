package openssl

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// engineName is the one engine, and engineUser the variable that it reads its login from
// (spec/kmu.md 3.44).
const (
	engineName = "cloudhsm"
	engineUser = "n3fips_password"
)

// engine is a key of the cluster that signs there, and the session of the engine that has found it.
type engine struct {
	client *cluster.Client
	file   fake
	user   string
	key    *mech.Material // its public half
}

// signingKey returns the key that signs: of a file, or with -engine of the cluster, if the file is
// a fake PEM. Of a key of the cluster it is the public half alone; [call.signature] has the cluster
// sign.
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
		key, err := c.parsePrivate(name, what, data)
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

// engineKey logs in and asks for the key. The session ends with the command.
func (c *call) engineKey(f fake) (*mech.Material, error) {
	login := c.Env(engineUser)
	if login == "" {
		return nil, f.refuse(voice.EngineNoPassword)
	}
	user, password, ok := strings.Cut(login, ":")
	if !ok || user == "" || password == "" {
		return nil, f.refuse(voice.EngineForm)
	}
	var r *refusal
	c.Cluster(func(cl *cluster.Cluster) { c.engine, r = f.ask(cl, user, password) })
	if r != nil {
		return nil, r
	}
	return c.engine.key, nil
}

// signature signs a digest with a key of a file, or has the cluster sign it.
func (c *call) signature(key *mech.Material, how mech.Prehashed, digest []byte) ([]byte, error) {
	if c.engine == nil || key != c.engine.key {
		c.Secret()
		signature, err := secret.SignPrehashed(key, how, digest)
		if err != nil {
			err = c.cannotSign(err)
		}
		return signature, err
	}
	mechanism, err := how.With(key.Type)
	if err != nil {
		return nil, c.cannotSign(err)
	}
	var call *cluster.Call[[]byte]
	request := hsm.SignRequest{Handle: uint32(c.engine.file.handle), Mechanism: mechanism, Message: digest}
	c.Cluster(func(*cluster.Cluster) { call = c.engine.client.Sign(request) })
	call.Work()
	var signature []byte
	c.Cluster(func(*cluster.Cluster) { signature, err = call.Finish() })
	if err != nil {
		return nil, c.engine.denied(c, err)
	}
	return signature, nil
}

// refuse words a key that the engine does not get; the words of the real engine are not documented.
func (f fake) refuse(id voice.ID, args ...any) *refusal {
	return cannotRead(f.file, f.what).because(id, append([]any{"file", voice.Word(f.file), "handle", f.handle}, args...)...)
}

// ask is under the world's lock.
func (f fake) ask(cl *cluster.Cluster, user, password string) (*engine, *refusal) {
	client, err := cl.Connect()
	if err != nil {
		if retcode.Of(err) == retcode.DaemonSocket {
			why := "the client daemon is not running"
			if cl.Daemon {
				why = "the daemon runs, but no HSM can be reached"
			}
			return nil, f.refuse(voice.EngineNoDaemon, "why", why)
		}
		return nil, f.refuse(voice.EngineLogin, "user", voice.Word(user), "why", retcode.Of(err).Text()+".")
	}
	key, r := f.find(client, user, password)
	if r != nil {
		client.Close()
		return nil, r
	}
	return &engine{client, f, user, key}, nil
}

// find logs in and returns the public half of the key.
func (f fake) find(client *cluster.Client, user, password string) (*mech.Material, *refusal) {
	answers := client.LogIn(hsm.CU, user, password)
	if client.Login == nil {
		return nil, f.refuse(voice.EngineLogin, "user", voice.Word(user), "why", loginFault(answers))
	}
	if f.handle > math.MaxUint32 {
		return nil, f.refuse(voice.EngineKeyGone, "user", voice.Word(user))
	}
	key, err := client.KeyOf(uint32(f.handle), hsm.PrivateKey)
	var refusal hsm.Refusal
	switch {
	case errors.As(err, &refusal) && refusal.Reason == hsm.OtherKind:
		return nil, f.refuse(voice.EngineKeyForbidden)
	case err != nil:
		return nil, f.refuse(voice.EngineKeyGone, "user", voice.Word(user))
	}
	if !samePublic(key.Material, f.public) {
		return nil, f.refuse(voice.EngineKeyOther)
	}
	return key.Material.Public(), nil
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
func (e *engine) denied(c *call, err error) error {
	var refusal hsm.Refusal
	if !errors.As(err, &refusal) {
		return e.file.refuse(voice.EngineKeyGone, "user", voice.Word(e.user))
	}
	switch refusal.Reason {
	case hsm.QuorumMissing:
		return e.file.refuse(voice.EngineQuorum, "m", refusal.MValue)
	case hsm.AttributeOff:
		return e.file.refuse(voice.EngineKeyForbidden)
	case hsm.MessageTooLong:
		return c.cannotSign(refusal.Why)
	}
	return e.file.refuse(voice.EngineKeyGone, "user", voice.Word(e.user))
}

// cannotSign words a key that does not sign.
func (c *call) cannotSign(err error) error {
	if errors.Is(err, mech.ErrKeyType) {
		return refuse("%s: Error signing data", c.name).because(voice.OpenSSLDSA)
	}
	return refuse("%s: Error signing data", c.name).because(voice.OpenSSLTooShort)
}
