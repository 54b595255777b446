package cli

import (
	"encoding/hex"
	"fmt"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// attributesOf are the attributes of a key in their order; what differs between HSMs says so.
func attributesOf(client *cluster.Client, row cluster.KeyRow) (all members) {
	model := client.Model()
	for _, a := range attr.Shown {
		r, _ := attr.Find(a)
		value, has := valueOf(row.Key, r, model)
		if !has {
			continue
		}
		if r.Flag != 0 && row.Differ.Has(r.Flag) || a == attr.Label && row.Label || a == attr.ID && row.ID {
			value = inconsistent
		}
		all = append(all, member{r.CLI, value})
	}
	return all
}

// valueOf is an attribute of a key as JSON has it, false where the key has none
// (spec/cloudhsm-cli.md 3.2).
func valueOf(k *hsm.Key, row attr.Row, model hsm.Model) (value any, has bool) {
	v, has := k.Shown(row, model)
	switch {
	case !has:
		return nil, false
	case row.Kind == attr.Bool:
		return v.Number == 1, true
	case row.Attr == attr.ID && len(v.Bytes) == 0 && model.Row().Model == hsm.HSM1:
		return "", true
	case v.Bytes != nil || row.Attr == attr.ID:
		return "0x" + hex.EncodeToString(v.Bytes), true
	case row.Attr == attr.ValueLen || row.Attr == attr.ModulusBits:
		return v.Number, true
	}
	return v.Text, true
}

// printed is a value as it stands in a filter.
func printed(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	return fmt.Sprint(value)
}
