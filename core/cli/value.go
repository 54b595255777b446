package cli

import (
	"encoding/hex"
	"fmt"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// shown are the rows of the attributes, in their order.
var shown = func() (rows []attr.Row) {
	for _, a := range attr.Shown {
		row, _ := attr.Find(a)
		rows = append(rows, row)
	}
	return rows
}()

// attributesOf are the attributes of a key in their order; what differs between HSMs says so.
func attributesOf(client *cluster.Client, row cluster.KeyRow) (all members) {
	model := client.Model()
	all = make(members, 0, len(shown))
	for i := range shown {
		r := &shown[i]
		value, has := valueOf(row.Key, r, model)
		if !has {
			continue
		}
		if r.Flag != 0 && row.Differ.Has(r.Flag) || r.Attr == attr.Label && row.Label || r.Attr == attr.ID && row.ID {
			value = inconsistent
		}
		all = append(all, member{r.CLI, value})
	}
	return all
}

// valueOf is an attribute of a key as JSON has it, false where the key has none
// (spec/cloudhsm-cli.md 3.2).
func valueOf(k *hsm.Key, row *attr.Row, model hsm.Model) (value any, has bool) {
	v, has := k.Shown(*row, model)
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
