//go:build !js

package openssl

import (
	"strconv"
	"testing"
	"time"
)

// purposeExtensions are what certificates of the test have, some of them as those of a CA.
var purposeExtensions = []string{
	"basicConstraints=critical,CA:TRUE,pathlen:0", "basicConstraints=CA:TRUE\nkeyUsage=keyCertSign,cRLSign", "keyUsage=keyCertSign", "extendedKeyUsage=critical,timeStamping",
	"extendedKeyUsage=timeStamping", "extendedKeyUsage=critical,timeStamping\nkeyUsage=digitalSignature", "extendedKeyUsage=critical,timeStamping\nkeyUsage=keyEncipherment",
	"basicConstraints=CA:FALSE\nkeyUsage=nonRepudiation,keyEncipherment", "extendedKeyUsage=clientAuth,emailProtection", "basicConstraints=CA:TRUE\nextendedKeyUsage=clientAuth", "",
}

func TestRealPurposesAndChains(t *testing.T) {
	needReal(t)
	m := newMachine(t)
	m.files["r.key"], m.files["ca.ext"], m.files["leaf.ext"] = string(rsaPEM), "basicConstraints=CA:TRUE\nkeyUsage=keyCertSign\n", "extendedKeyUsage=serverAuth\n"
	m.files["zero.ext"] = "basicConstraints=CA:TRUE,pathlen:0\n"
	for _, line := range []string{
		"req -x509 -new -key r.key -subj /CN=root -out ca.crt", "req -new -key r.key -subj /CN=sub -out sub.csr", "req -new -key r.key -subj /CN=low -out low.csr", "req -new -key r.key -subj /CN=leaf -out leaf.csr",
		"x509 -req -in sub.csr -CA ca.crt -CAkey r.key -extfile ca.ext -out sub.crt", "x509 -req -in leaf.csr -CA sub.crt -CAkey r.key -extfile leaf.ext -out leaf.crt",
		"x509 -req -in sub.csr -CA ca.crt -CAkey r.key -extfile zero.ext -out zero.crt", "x509 -req -in low.csr -CA zero.crt -CAkey r.key -extfile ca.ext -out low.crt", "x509 -req -in leaf.csr -CA low.crt -CAkey r.key -out deep.crt",
	} {
		m.realGood(line)
	}
	lines := []string{
		"x509 -in ca.crt -purpose -noout", "x509 -in leaf.crt -noout -purpose -subject", "verify -CAfile ca.crt leaf.crt", "verify -CAfile ca.crt -untrusted sub.crt leaf.crt", "verify -CAfile sub.crt leaf.crt", "verify -CAfile sub.crt sub.crt",
		"verify -CAfile sub.crt -partial_chain leaf.crt", "verify -CAfile leaf.crt -partial_chain leaf.crt", "verify -CAfile leaf.crt leaf.crt", "verify -CAfile leaf.crt -partial_chain sub.crt", "verify -CAfile sub.crt -partial_chain -show_chain leaf.crt",
		"verify -CAfile ca.crt -untrusted sub.crt -show_chain leaf.crt", "verify -CAfile ca.crt -show_chain ca.crt", "verify -CAfile ca.crt -untrusted sub.crt -purpose sslclient leaf.crt", "verify -CAfile ca.crt -untrusted sub.crt -purpose sslserver leaf.crt",
		"verify -CAfile ca.crt -untrusted sub.crt -purpose foo leaf.crt", "verify -CAfile ca.crt -untrusted sub.crt -crl_check leaf.crt", "verify -CAfile ca.crt -untrusted sub.crt -crl_check_all leaf.crt", "verify -CAfile ca.crt -crl_check leaf.crt",
		"verify -CAfile ca.crt -untrusted sub.crt -attime 1000 leaf.crt", "verify -CAfile ca.crt -untrusted sub.crt -attime 2147483000 leaf.crt", "verify -CAfile ca.crt -untrusted sub.crt -no_check_time leaf.crt",
		"verify -CAfile ca.crt -untrusted zero.crt -untrusted low.crt deep.crt", "verify -CAfile ca.crt -untrusted zero.crt low.crt",
	}
	for i, text := range purposeExtensions {
		name := strconv.Itoa(i)
		m.files["e"+name] = text + "\n"
		m.realGood("x509 -req -in sub.csr -signkey r.key -extfile e" + name + " -out c" + name)
		lines = append(lines, "x509 -noout -purpose -in c"+name)
	}
	m.now = time.Now().Add(time.Second)
	for _, line := range lines {
		t.Run(line, func(t *testing.T) { m.agrees(t, line) })
	}
}
