package sim_test

import (
	"fmt"

	"hsmplay/core/sim"
)

// A key pair is made on three HSMs, from a Go test or any other program.
func Example() {
	w := sim.New(sim.Options{})
	terminal := w.Open("", 80).Terminal
	w.Type(terminal, "key_mgmt_util")
	w.Type(terminal, "loginHSM -u CU -s example_user -p aws")
	fmt.Print(w.Type(terminal, "genECCKeyPair -i 14 -l ecc14").Text)
	for _, k := range w.Keys(0, terminal, 0, 0, "").Rows {
		fmt.Println(k.Handle, k.Class, k.Type, k.Label, k.Nodes)
	}
	// Output:
	//
	//         Cfm3GenerateKeyPair returned: 0x00 : HSM Return: SUCCESS
	//
	//         Cfm3GenerateKeyPair:    public key handle: 6    private key handle: 7
	//
	//         Cluster Error Status
	//         Node id 2 and err state 0x00000000 : HSM Return: SUCCESS
	//         Node id 1 and err state 0x00000000 : HSM Return: SUCCESS
	//         Node id 0 and err state 0x00000000 : HSM Return: SUCCESS
	//
	// 6 public EC P-384 ecc14 [0 1 2]
	// 7 private EC P-384 ecc14 [0 1 2]
}
