package mech

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

// InspectPEM returns what the first blocks of a file are, none for a file without any. It is for looking, not for using:
// whether the numbers of a private key belong together is not computed, and certificates are not verified.
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
	look, known := looks[block.Type]
	switch {
	case encryptedPEM(block):
		b.Kind = EncryptedBlock
	case known && look(&b, block.Bytes) != nil:
		b.Kind = BrokenBlock
	}
	return b
}

// looks fill in what a block of a label is.
var looks = map[string]func(b *Block, der []byte) error{
	"PUBLIC KEY": func(b *Block, der []byte) (err error) {
		b.Kind = PublicBlock
		b.Key, err = parseSPKI(der, trusting)
		return err
	},
	"PRIVATE KEY":    private(func(key []byte) (*Material, error) { return parsePKCS8(key, trusting) }),
	"EC PRIVATE KEY": orFake(parseFakeSEC1, private(parseSEC1Key)),
	"RSA PRIVATE KEY": orFake(parseFakePKCS1,
		private(func(key []byte) (*Material, error) { return parsePKCS1(key, trusting) })),
	"DSA PRIVATE KEY": func(b *Block, _ []byte) error {
		b.Kind, b.Key = PrivateBlock, &Material{Class: attr.Public, Type: attr.DSA} // its group takes long to check
		return nil
	},
	"CERTIFICATE": func(b *Block, der []byte) error {
		c, err := ParseCertificate(der)
		if err == nil {
			b.Kind, b.Key, b.Subject, b.Issuer = CertificateBlock, c.Public, c.Subject, c.Issuer
		}
		return err
	},
	"CERTIFICATE REQUEST": func(b *Block, der []byte) error {
		r, err := ParseRequest(der)
		if err == nil {
			b.Kind, b.Key, b.Subject = RequestBlock, r.Public, r.Subject
		}
		return err
	},
}

// private looks at a private key.
func private(parse func(der []byte) (*Material, error)) func(b *Block, der []byte) error {
	return func(b *Block, der []byte) error {
		m, err := parse(der)
		if err == nil {
			b.Kind, b.Key = PrivateBlock, m.Public()
		}
		return err
	}
}

// orFake looks whether a private key is a reference before it is looked at as a key.
func orFake(parse func(der []byte) (uint64, *Material, error), real func(b *Block, der []byte) error) func(b *Block, der []byte) error {
	return func(b *Block, der []byte) error {
		handle, public, err := parse(der)
		if err != nil {
			return real(b, der)
		}
		b.Kind, b.Handle, b.Key = FakeBlock, handle, public
		return nil
	}
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
	}
	return text
}
