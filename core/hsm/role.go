package hsm

// roles are what Client SDK 5 calls the types of users (spec/cloudhsm-cli.md 1.8).
var roles = []struct {
	kind UserType
	name string
}{
	{PRECO, "unactivated-admin"},
	{CO, "admin"},
	{CU, "crypto-user"},
	{AU, "internal(APPLIANCE_USER)"},
}

// Role is what Client SDK 5 calls a type of user, "" where it has no such role.
func (t UserType) Role() string {
	for _, row := range roles {
		if row.kind == t {
			return row.name
		}
	}
	return ""
}

// InRole returns the type of user that somebody with a role has, "" where there is no such role.
func InRole(role string) UserType {
	for _, row := range roles {
		if row.name == role {
			return row.kind
		}
	}
	return ""
}
