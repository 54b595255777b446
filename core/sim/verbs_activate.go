package sim

import (
	"errors"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/cmu"
	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// initializeVerb stands for the service's initialize-cluster.
var initializeVerb = command.Spec[*World]{Name: "initialize", Means: "gives a new cluster the certificate that you have signed for it",
	Params: []command.Param{
		{Value: "certificate", Kind: command.Path, Means: "the certificate that you have signed for the cluster's request", Example: "cluster-abcdefghijk_CustomerHsmCertificate.crt"},
		{Value: "anchor", Kind: command.Path, Means: "your own certificate, which the cluster is to trust", Example: "customerCA.crt"}},
	Run: (*World).initialize}

// The files by convention behind the cluster's id (spec/cmu.md 6.2).
const (
	requestFile = "_ClusterCsr.csr"
	signedFile  = "_CustomerHsmCertificate.crt"
)

// handedOut are the files that the service hands out of a cluster that is not initialized. The
// roots, which the vendors publish elsewhere, have names that are made up.
var handedOut = []struct {
	name   string // behind the cluster's id
	number int
	pem    func([]byte) []byte
}{
	{requestFile, cluster.ClusterRequest, mech.RequestPEM},
	{"_HsmCertificate.crt", cluster.ClusterByMaker, mech.CertificatePEM},
	{"_AwsHardwareCertificate.crt", cluster.ServiceHardware, mech.CertificatePEM},
	{"_ManufacturerHardwareCertificate.crt", cluster.ManufacturerHardware, mech.CertificatePEM},
	{"_AwsRootCertificate.crt", cluster.ServiceRoot, mech.CertificatePEM},
	{"_ManufacturerRootCertificate.crt", cluster.ManufacturerRoot, mech.CertificatePEM},
}

// activating are the documented steps from a fresh cluster to its first use, and how one tells that
// a step was taken. ID stands for the cluster's id.
var activating = []struct {
	line  string
	taken func(*World) bool
}{
	{"openssl genrsa -out customerCA.key 2048", atHome("customerCA.key")},
	{"openssl req -new -x509 -days 3652 -key customerCA.key -out customerCA.crt", atHome("customerCA.crt")},
	{"openssl x509 -req -days 3652 -in ID" + requestFile + " -CA customerCA.crt -CAkey customerCA.key -CAcreateserial -out ID" + signedFile,
		atHome("ID" + signedFile)},
	{"hsm initialize ID" + signedFile + " customerCA.crt", func(w *World) bool { return w.cluster.State() != cluster.Uninitialized }},
	{"sudo cp customerCA.crt " + cmu.Anchor, func(w *World) bool { return w.trusts(w.cluster.Group, cmu.Anchor) }},
	{cmu.Name + " " + cmu.DefaultConfig, func(w *World) bool { return w.cluster.State() == cluster.Active }},
	{"service " + daemon + " start", func(w *World) bool { return w.cluster.Daemon }},
}

// atHome reports whether a file is in the home directory. Of a step before the initialization
// nothing is asked after it.
func atHome(name string) func(*World) bool {
	return func(w *World) bool {
		_, err := w.machine.FS().Stat(absolute(w.named(name)))
		return err == nil || w.cluster.State() != cluster.Uninitialized
	}
}

// named puts the cluster's id into a line.
func (w *World) named(line string) string { return strings.ReplaceAll(line, "ID_", w.cluster.ID+"_") }

// trusts reports whether a file of the instance holds the certificate that has certified a cluster.
func (w *World) trusts(g *cluster.Group, file string) bool {
	data, err := w.machine.FS().Read(absolute(file))
	return err == nil && g.Trusts(data)
}

// errOneHSM is a cluster that is to begin with several.
var errOneHSM = errors.New("a cluster begins with one HSM")

// nextStep returns the next step to a cluster in use, "" where all are taken or the cluster was
// made active.
func (w *World) nextStep() string {
	if w.cluster.Request() == nil {
		return ""
	}
	for _, step := range activating {
		if !step.taken(w) {
			return w.named(step.line)
		}
	}
	return ""
}

// stepNotes name the next step, if there is one.
func (w *World) stepNotes() []voice.Note {
	if line := w.nextStep(); line != "" {
		return []voice.Note{voice.Say(voice.NextStep, "line", line)}
	}
	return nil
}

// stateLine is what `hsm status` says about a cluster that began its life here, "" for others.
func (w *World) stateLine() string {
	if w.cluster.Request() == nil {
		return ""
	}
	return w.cluster.ID + " is " + string(w.cluster.State()) + "\n"
}

// handOut writes the files of a cluster that is not initialized into the home directory, and lists
// the steps.
func (w *World) handOut() command.Outcome {
	text := "a fresh cluster of one HSM: " + w.stateLine() + "Its files are here:\n"
	for _, row := range handedOut {
		name := w.cluster.ID + row.name
		err := w.machine.FS().Put(&shell.File{Path: absolute(name), Mode: 0o644, Time: w.cluster.Now, Data: row.pem(w.cluster.HandedOut(row.number))})
		if err != nil {
			return refused(err)
		}
		text += "  " + name + "\n"
	}
	text += "The steps to a cluster in use:\n"
	for _, step := range activating {
		text += "  " + w.named(step.line) + "\n"
	}
	return command.Outcome{Text: text, Notes: append([]voice.Note{voice.Say(voice.WaitsForSignature)}, w.stepNotes()...)}
}

// initialize carries out initialize-cluster. The first line is the service's (spec/cmu.md 6.2).
func (w *World) initialize(args command.Args) command.Outcome {
	names := []string{args.Text("certificate"), args.Text("anchor")}
	var read [2]*mech.Certificate
	for i, name := range names {
		data, err := w.here.ReadFile(name)
		if err == nil {
			read[i], err = mech.CertificateFromPEM(data)
		}
		if err != nil {
			return refused(err, voice.Say(voice.NoCertificate, "file", name, "why", command.FileReason(err)))
		}
	}
	err := w.cluster.Initialize(read[0], read[1])
	for _, row := range unfit {
		if errors.Is(err, row.err) {
			return refused(err, voice.Say(row.id, "certificate", names[0], "anchor", names[1], "request", w.cluster.ID+requestFile))
		}
	}
	return command.Outcome{Text: "Cluster is initializing. State will change to INITIALIZED upon completion.\n" + w.stateLine(), Notes: w.stepNotes()}
}

// refused is the answer of a verb that did nothing.
func refused(err error, notes ...voice.Note) command.Outcome {
	return command.Outcome{Text: "hsm: " + err.Error() + "\n", Err: retcode.Local, Notes: notes}
}

// unfit are the notes to the refusals of cluster.Initialize.
var unfit = []struct {
	err error
	id  voice.ID
}{
	{cluster.ErrInitialized, voice.InitializedOnce},
	{cluster.ErrNoneReached, voice.InitializeUnreached},
	{cluster.ErrOtherKey, voice.CertificateOtherKey},
	{cluster.ErrAnchorKey, voice.AnchorKey},
	{cluster.ErrConstraints, voice.AnchorConstraints},
	{cluster.ErrNotSelf, voice.AnchorNotSelf},
	{cluster.ErrOtherIssuer, voice.CertificateOtherIssuer},
}
