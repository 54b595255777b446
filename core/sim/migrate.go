package sim

import (
	"encoding/json"

	"hsmplay/core/cluster"
)

// migrations turn the rows of a version into those of the next; migrations[0] is for version 1.
var migrations = []func(rows map[string]string) error{toGroups, toSums}

// toGroups is for version 1, in which there was one cluster and no backups.
func toGroups(rows map[string]string) error {
	var one struct {
		cluster.Group
		Wall  int64
		Order []int // the nodes
	}
	var saved savedWorld
	for _, into := range []any{&one, &saved} {
		if err := json.Unmarshal([]byte(rows[rowWorld]), into); err != nil {
			return err
		}
	}
	one.Lineage, one.Since = one.ID, one.Wall
	saved.Settings.Profile = oldProfile(rows)
	saved.Version, saved.Groups = 2, []cluster.Grouped{{Group: one.Group, Members: one.Order}}
	rows[rowWorld] = marshal(saved)
	return nil
}

// toSums is for version 2, which did not say what is in it.
func toSums(rows map[string]string) error {
	var saved savedWorld
	if err := json.Unmarshal([]byte(rows[rowWorld]), &saved); err != nil {
		return err
	}
	saved.Version = 3
	if saved.Settings.Profile == "" {
		saved.Settings.Profile = oldProfile(rows)
	}
	rows[rowWorld] = marshal(saved)
	rows[rowSum] = marshal(sumOf(rows))
	return nil
}

// oldProfile is the profile of a world that only says whether the late output generation is on.
func oldProfile(rows map[string]string) string {
	var old struct{ Settings struct{ Late bool } }
	if json.Unmarshal([]byte(rows[rowWorld]), &old) == nil && old.Settings.Late {
		return "late"
	}
	return ""
}
