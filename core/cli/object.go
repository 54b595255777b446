package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// members is an object whose members are known only now, in their order.
type members []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in their order; numbers, texts and booleans are what they have.
func (m members) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, 40*len(m)), '{')
	for i, row := range m {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendQuote(b, row.name), ':')
		var err error
		if b, err = appendPlain(b, row.value); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

// appendPlain appends a value as JSON with nothing escaped for HTML.
func appendPlain(b []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case bool:
		return strconv.AppendBool(b, v), nil
	case uint32:
		return strconv.AppendUint(b, uint64(v), 10), nil
	case string:
		if wordy(v) {
			return append(append(append(b, '"'), v...), '"'), nil
		}
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	err := e.Encode(value)
	return append(b, bytes.TrimSpace(text.Bytes())...), err
}

// wordy reports whether a text is the same between quotes of JSON.
func wordy(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// reference is a key's handle as the tool writes it (spec/cloudhsm-cli.md 4).
func reference(handle uint32) string { return fmt.Sprintf("0x%016x", handle) }

// keyObject is a key with all that is shown of it, shortObject one with its label alone
// (spec/cloudhsm-cli.md 3.1).
type keyObject struct {
	Reference  string  `json:"key-reference"`
	Info       keyInfo `json:"key-info"`
	Attributes members `json:"attributes"`
}

type shortObject struct {
	Reference  string    `json:"key-reference"`
	Attributes onlyLabel `json:"attributes"`
}

type onlyLabel struct {
	Label string `json:"label"`
}

// keyInfo says whose a key is, and where it is.
type keyInfo struct {
	Owners   []holder     `json:"key-owners"`
	Sharers  []holder     `json:"shared-users"`
	Quorum   quorumValues `json:"key-quorum-values"`
	Coverage string       `json:"cluster-coverage"`
}

type holder struct {
	Username string `json:"username"`
	Coverage string `json:"key-coverage"`
}

type quorumValues struct {
	Manage int `json:"manage-key-quorum-value"`
	Use    int `json:"use-key-quorum-value"`
}

// keyOf describes a key as the HSMs of a cluster have it.
func keyOf(client *cluster.Client, k *hsm.Key) keyObject { return objectOf(client, client.Describe(k)) }

func objectOf(client *cluster.Client, row cluster.KeyRow) keyObject {
	info := keyInfo{Owners: []holder{{row.Owner.Name, agreed(row.Owner.Coverage, "full")}}, Sharers: []holder{},
		Quorum: quorumValues{row.Approvals(hsm.KeyMgmt), row.Approvals(hsm.KeyUsage)}, Coverage: agreed(row.Coverage, "full")}
	for _, s := range row.Sharers {
		info.Sharers = append(info.Sharers, holder{s.Name, agreed(s.Coverage, "full")})
	}
	if row.Session != 0 {
		info.Coverage = "session"
	}
	return keyObject{reference(row.Handle), info, attributesOf(client, row)}
}

// shortOf describes a key in a few words.
func shortOf(k *hsm.Key) shortObject { return shortObject{reference(k.Handle), onlyLabel{k.Label}} }
