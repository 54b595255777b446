package hsm

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// ID returns the name that the service gives the HSM: hsm- and eleven of a to z and 2 to 7
// (spec/cmu.md 6.1). It follows from the serial number.
func (h *HSM) ID() string {
	sum := sha256.Sum256([]byte(h.Serial))
	return "hsm-" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:11]
}
