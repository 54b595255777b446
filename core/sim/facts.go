package sim

import (
	"crypto"
	"encoding/json"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/kmu"
	"hsmplay/core/mech"
	"hsmplay/core/view"
)

// Sessions returns the tools' sessions with the HSMs.
func (w *World) Sessions() (rows []view.SessionRow) {
	w.machine.Do(func() { rows = view.Sessions(w.cluster) })
	return rows
}

// Tokens returns the tokens for approvals.
func (w *World) Tokens() (rows []view.TokenRow) {
	w.machine.Do(func() { rows = view.Tokens(w.cluster) })
	return rows
}

// Clusters returns the clusters by age.
func (w *World) Clusters() (rows []view.ClusterRow) {
	w.machine.Do(func() { rows = view.Clusters(w.cluster) })
	return rows
}

// Backups returns the backups of all clusters, the oldest first.
func (w *World) Backups() (rows []view.BackupRow) {
	w.machine.Do(func() { rows = view.Backups(w.cluster) })
	return rows
}

// Calls returns the calls to HSMs after a sequence number, the oldest first.
func (w *World) Calls(after int64) (rows []view.CallRow) {
	w.machine.Do(func() { rows = view.Calls(w.cluster, after) })
	return rows
}

// CallLog returns the calls to HSMs from one sequence number to another that a line of a terminal
// has made, the oldest first, with their arguments.
func (w *World) CallLog(terminal int, from, to int64) (rows []view.CallRow) {
	w.machine.Do(func() { rows = view.CallLog(w.cluster, terminal, from, to) })
	return rows
}

// DaemonView is how the client daemon stands.
type DaemonView struct {
	Running    bool   `json:"running"`
	IP         string `json:"ip"`         // that its file names; "" for none
	Node       int    `json:"node"`       // with that address, -1 for none
	Reaches    []int  `json:"reaches"`    // the HSMs that it reaches
	MinServers int    `json:"minServers"` // create_object_minimum_nodes
}

// Daemon returns how the client daemon stands.
func (w *World) Daemon() (v DaemonView) {
	v.Node = -1
	w.machine.Do(func() {
		v.Running, v.MinServers = w.cluster.Daemon, max(1, w.cluster.Settings.MinServers) // 0 stands for 1
		v.IP = w.daemonIP()
		for _, n := range w.cluster.All() {
			if n.IP == v.IP {
				v.Node = n.HSM.Node
			}
		}
		for _, n := range w.cluster.Reached() {
			if v.Running {
				v.Reaches = append(v.Reaches, n.HSM.Node)
			}
		}
	})
	return v
}

// daemonIP is the address that the daemon's file names; "" for none.
func (w *World) daemonIP() string {
	var config struct {
		Server struct {
			Hostname string `json:"hostname"`
		} `json:"server"`
	}
	data, err := w.machine.FS().Read(clientConfig)
	if err != nil || json.Unmarshal(data, &config) != nil {
		return ""
	}
	return config.Server.Hostname
}

// Glob returns the files and directories whose path matches a pattern, by path: * stands for any
// characters within a name. A relative pattern is in the home directory.
func (w *World) Glob(pattern string) (rows []view.FileRow) {
	pattern = absolute(pattern)
	w.machine.Do(func() {
		fsys, wall := w.machine.FS(), w.cluster.Wall
		if f, err := fsys.Stat(pattern); err == nil {
			rows = append(rows, view.FileOf(f, wall))
			return
		}
		if !strings.Contains(pattern, "*") {
			return
		}
		list, err := fsys.List(path.Dir(pattern))
		if err != nil {
			return
		}
		for _, f := range list {
			if ok, err := path.Match(pattern, f.Path); ok && err == nil {
				rows = append(rows, view.FileOf(f, wall))
			}
		}
	})
	return rows
}

// Accepts reports whether a password logs a user in on every HSM that has him; false where none
// has.
func (w *World) Accepts(user, password string) bool {
	accepted, refused := false, false
	w.machine.Do(func() {
		for _, n := range w.cluster.All() {
			for _, u := range n.HSM.Users {
				if !strings.EqualFold(u.Name, user) {
					continue
				}
				right := slices.Equal(u.Verifier, hsm.Derive(password, u.Salt))
				accepted, refused = accepted || right, refused || !right
			}
		}
	})
	return accepted && !refused
}

// CurveID returns the number that the tools have for a curve by its name, such as secp384r1; 0 for
// one that they do not know.
func CurveID(name string) int { return kmu.CurveID(name) }

// AttributeNamed returns the name that key_mgmt_util has for an attribute, by that or by CloudHSM
// CLI's: OBJ_ATTR_SIGN for sign.
func AttributeNamed(name string) (string, bool) {
	for _, row := range attr.Table {
		if row.CLI == name || row.Name == name {
			return row.Name, true
		}
	}
	return "", false
}

// errNoKey is of a key that is neither on an HSM nor in a file.
var errNoKey = errors.New("no such key")

// hashes are those that signatures are made with.
var hashes = []struct {
	name string
	hash crypto.Hash
}{{"sha1", crypto.SHA1}, {"sha224", crypto.SHA224}, {"sha256", crypto.SHA256}, {"sha384", crypto.SHA384}, {"sha512", crypto.SHA512}}

// Verifies reports whether a signature over data is that of a key: one of the cluster by its
// handle, or one in a PEM file of the instance. Every hash is tried, or the named one; of ECDSA DER
// as well as r and s alone.
func (w *World) Verifies(signature, data []byte, key, hash string) bool {
	public, err := w.verifier(key)
	if err != nil {
		return false
	}
	for _, h := range hashes {
		if hash != "" && h.name != strings.ToLower(hash) {
			continue
		}
		ways := []mech.Mechanism{mech.PKCS1(h.hash), mech.PSS(h.hash)}
		if public.Type == attr.EC {
			plain := mech.ECDSAWith(h.hash)
			plain.Plain = true
			ways = []mech.Mechanism{mech.ECDSAWith(h.hash), plain}
		}
		for _, way := range ways {
			if mech.Verify(public, way, data, signature) == nil {
				return true
			}
		}
	}
	return false
}

// Signed reports whether the signature inside a certificate or request is that of a key, named as
// for [World.Verifies].
func (w *World) Signed(data []byte, key string) bool {
	public, err := w.verifier(key)
	if err != nil {
		return false
	}
	if r, err := mech.RequestFromPEM(data); err == nil { // whoever reads one has verified it
		return string(r.Public.SPKI) == string(public.SPKI)
	}
	c, err := mech.CertificateFromPEM(data)
	return err == nil && c.SignedBy(public) == nil
}

// verifier returns the public half of a key of the cluster, or of one in a file.
func (w *World) verifier(key string) (public *mech.Material, err error) {
	if handle, err := strconv.ParseUint(key, 0, 32); err == nil {
		w.machine.Do(func() { public = w.publicOf(uint32(handle)) })
		if public == nil {
			return nil, errNoKey
		}
		return public, nil
	}
	data, err := w.Read(key)
	if err != nil {
		return nil, err
	}
	if c, err := mech.CertificateFromPEM(data); err == nil {
		return c.Public, nil
	}
	return mech.PublicFromPEM(data)
}

// publicOf returns the public half of a key by its handle, nil for none. It is called under the
// world's lock.
func (w *World) publicOf(handle uint32) *mech.Material {
	for _, n := range w.cluster.All() {
		if k := n.HSM.At(handle); k != nil {
			public, err := mech.ParsePublic(k.Material.SPKI)
			if err != nil {
				return nil
			}
			return public
		}
	}
	return nil
}

// Everywhere lists the HSMs of the daemon's cluster, whether they are up or not.
func (w *World) Everywhere() (nodes []int) {
	w.machine.Do(func() {
		for _, n := range w.cluster.Nodes {
			nodes = append(nodes, n.HSM.Node)
		}
	})
	return nodes
}
