package material

import (
	"encoding/pem"
	"strconv"

	"hsmplay/core/attr"
)

// BlockKind is what a block of a PEM file is for.
type BlockKind string

// The kinds of blocks.
const (
	PublicBlock      BlockKind = "public"
	PrivateBlock     BlockKind = "private"
	FakeBlock        BlockKind = "fake"      // a reference to a private key (spec/kmu.md 3.40)
	EncryptedBlock   BlockKind = "encrypted" // under a pass phrase
	CertificateBlock BlockKind = "certificate"
	RequestBlock     BlockKind = "request"
	OtherBlock       BlockKind = "other"  // of a label that is not known here
	BrokenBlock      BlockKind = "broken" // not what its label says, or of a kind of key that is not computed here
)

// Block is what a block of a PEM file shows of itself.
type Block struct {
	Label   string
	Size    int // bytes of the content
	Kind    BlockKind
	Key     *Material // the public half of a key, and of what a certificate or request is for; nil where unknown
	Handle  uint64    // of a fake
	Subject Name
	Issuer  Name // of a certificate
}

// blocksMax is how many blocks of a file are looked at.
const blocksMax = 64

// InspectPEM returns what the first blocks of a file are, none for a file without any. It is for
// looking, not for using: whether the numbers of a private key belong together is not computed, and
// certificates are not verified.
func InspectPEM(data []byte) []Block {
	if len(data) > MaxFile {
		return nil
	}
	var blocks []Block
	for len(blocks) < blocksMax {
		block, rest := pem.Decode(data)
		if block == nil {
			break
		}
		blocks, data = append(blocks, inspectBlock(block)), rest
	}
	return blocks
}

func inspectBlock(block *pem.Block) Block {
	b := Block{Label: block.Type, Size: len(block.Bytes), Kind: OtherBlock}
	if encryptedPEM(block) {
		b.Kind = EncryptedBlock
		return b
	}
	for _, row := range looks {
		if row.label == block.Type && row.look(&b, block.Bytes) != nil {
			b.Kind = BrokenBlock
		}
	}
	return b
}

// looks fill in what a block of a label is.
var looks = []struct {
	label string
	look  func(b *Block, der []byte) error
}{
	{"PUBLIC KEY", lookPublic},
	{"PRIVATE KEY", lookPKCS8},
	{"EC PRIVATE KEY", lookSEC1},
	{"RSA PRIVATE KEY", lookPKCS1},
	{"DSA PRIVATE KEY", lookDSA},
	{"CERTIFICATE", lookCertificate},
	{"CERTIFICATE REQUEST", lookRequest},
}

func lookPublic(b *Block, der []byte) error {
	m, err := parseSPKI(der, trusting)
	b.Kind, b.Key = PublicBlock, m
	return err
}

func lookPKCS8(b *Block, der []byte) error {
	m, err := parsePKCS8(der, trusting)
	return b.private(m, err)
}

func lookSEC1(b *Block, der []byte) error {
	handle, public, err := parseFakeSEC1(der)
	if err == nil {
		b.Kind, b.Handle, b.Key = FakeBlock, handle, public
		return nil
	}
	m, err := parseSEC1Key(der, checking)
	return b.private(m, err)
}

func lookPKCS1(b *Block, der []byte) error {
	handle, public, err := parseFakePKCS1(der)
	if err == nil {
		b.Kind, b.Handle, b.Key = FakeBlock, handle, public
		return nil
	}
	m, err := parsePKCS1(der, trusting)
	return b.private(m, err)
}

// lookDSA does not read the key: its group takes long to check.
func lookDSA(b *Block, _ []byte) error {
	b.Kind, b.Key = PrivateBlock, &Material{Class: attr.Public, Type: attr.DSA}
	return nil
}

func lookCertificate(b *Block, der []byte) error {
	c, err := ParseCertificate(der)
	if err == nil {
		b.Kind, b.Key, b.Subject, b.Issuer = CertificateBlock, c.Public, c.Subject, c.Issuer
	}
	return err
}

func lookRequest(b *Block, der []byte) error {
	r, err := ParseRequest(der)
	if err == nil {
		b.Kind, b.Key, b.Subject = RequestBlock, r.Public, r.Subject
	}
	return err
}

// private fills in a private key, of which only the public half is kept.
func (b *Block) private(m *Material, err error) error {
	if err == nil {
		b.Kind, b.Key = PrivateBlock, m.Public()
	}
	return err
}

// Describe returns type and size of a key as people say them: EC P-256, RSA 2048.
func (m *Material) Describe() string {
	text := m.Type.Show()
	switch {
	case m.Type == attr.EC:
		if curve, ok := CurveByNID(m.Bits); ok {
			text += " " + curve.Nick
		}
	case m.Type == attr.RSA:
		text += " " + strconv.Itoa(m.Bits)
	case m.Type == attr.MLDSA:
		text = m.Lattice().Name
	}
	return text
}
