package kmu

import (
	"hsmplay/core/command"
)

var getCert = command.Spec[*Tool]{Name: "getCert", Summary: "Gets Partition Certificates stored on HSM",
	Means: "writes a certificate of the cluster to a file",
	Params: []command.Param{
		{Flag: "-f", Value: "file name", Kind: command.Output, Example: "userRoot.crt", Help: "specifies the file to write the certificate", Means: "the PEM file to write; an old one is overwritten"},
		{Flag: "-s", Value: "certificate type", Kind: command.Choices, Or: "-t", Values: certificateValues, Example: "4", Help: certificateHelp, Means: "which certificate"},
		{Flag: "-t", Value: "certificate type", Kind: command.Choices, Or: "-s", Values: certificateValues, Example: "4", Help: "specifies the same as -s", Means: "the same as -s"}},
	Run: (*Tool).later}

const certificateHelp = "specifies the certificate\n" +
	"1 = manufacturer root, 2 = manufacturer hardware, 4 = customer root,\n" +
	"8 = cluster certificate signed by the customer root, 16 = cluster certificate chained to the manufacturer root"

// certificateValues are the certificates by the vendor's numbers (spec/kmu.md 3.33).
var certificateValues = []command.Value{
	{Word: "1", Means: "manufacturer root"}, {Word: "2", Means: "manufacturer hardware"}, {Word: "4", Means: "customer root"},
	{Word: "8", Means: "cluster certificate signed by the customer root"}, {Word: "16", Means: "cluster certificate chained to the manufacturer root"}}
