package kmu

import (
	"encoding/pem"
	"fmt"
	"strconv"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var getCert = command.Spec[*Tool]{Name: "getCert", Summary: "Gets Partition Certificates stored on HSM",
	Means: "writes a certificate of the cluster to a file",
	Params: []command.Param{
		{Flag: "-f", Value: "file name", Kind: command.Output, Example: "userRoot.crt", Help: "specifies the file to write the certificate", Means: "the PEM file to write; an old one is overwritten"},
		{Flag: "-s", Value: "certificate type", Kind: command.Choices, OneOf: "type", Values: certificateValues, Lone: true, Example: "4", Help: certificateHelp, Means: "which certificate"},
		{Flag: "-t", Value: "certificate type", Kind: command.Choices, OneOf: "type", Values: certificateValues, Lone: true, Example: "4", Help: "specifies the same as -s", Means: "the same as -s"}},
	Run: (*Tool).getCert}

const certificateHelp = "specifies the certificate\n" +
	"1 = manufacturer root, 2 = manufacturer hardware, 4 = customer root,\n" +
	"8 = cluster certificate signed by the customer root, 16 = cluster certificate chained to the manufacturer root"

// certificateValues are the certificates by the vendor's numbers (spec/kmu.md 3.33).
var certificateValues = []command.Value{
	{Word: strconv.Itoa(cluster.ManufacturerRoot), Means: "manufacturer root"},
	{Word: strconv.Itoa(cluster.ManufacturerHardware), Means: "manufacturer hardware"},
	{Word: strconv.Itoa(cluster.CustomerRoot), Means: "customer root"},
	{Word: strconv.Itoa(cluster.ClusterByCustomer), Means: "cluster certificate signed by the customer root"},
	{Word: strconv.Itoa(cluster.ClusterByMaker), Means: "cluster certificate chained to the manufacturer root"},
}

// getCert writes a certificate of the cluster (spec/kmu.md 3.33). Its return line has a form of its
// own.
func (t *Tool) getCert(args command.Args) command.Outcome {
	which := args.Int("-s") + args.Int("-t") // one of them was given
	der, err := t.client.Certificate(int(which))
	if err == nil {
		if fault := t.write(args.Text("-f"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})); fault != nil {
			return *fault
		}
	}
	code := retcode.Of(err)
	number := "" // where none is public
	if code.Public() {
		number = fmt.Sprintf("%d ", uint32(code))
	}
	out := (&output{err: err}).add(fmt.Sprintf("%sCfm3GetCert() returned %s:%s", indent, number, code.Text())).outcome()
	if err == nil {
		out.Notes = []voice.Note{voice.Say(voice.CertificateMadeUp, "file", args.Text("-f"))}
	}
	return out
}
