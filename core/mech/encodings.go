package mech

import "hsmplay/core/mech/internal/material"

type (
	// CertificateSpec is what a new certificate says.
	CertificateSpec = material.CertificateSpec
	// Certificate is what is read from an X.509 certificate.
	Certificate = material.Certificate
	// Request is what is read from a PKCS#10 certificate signing request.
	Request = material.Request
	// Name is a distinguished name.
	Name = material.Name
	// NamePart is one attribute of a name.
	NamePart = material.NamePart
	// BlockKind is what a block of a PEM file is for.
	BlockKind = material.BlockKind
	// Block is what a block of a PEM file shows of itself.
	Block = material.Block
)

// The kinds of blocks.
const (
	PublicBlock      = material.PublicBlock
	PrivateBlock     = material.PrivateBlock
	FakeBlock        = material.FakeBlock
	EncryptedBlock   = material.EncryptedBlock
	CertificateBlock = material.CertificateBlock
	RequestBlock     = material.RequestBlock
	OtherBlock       = material.OtherBlock
	BrokenBlock      = material.BrokenBlock
)

// ParsePublic reads a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) of RSA, DSA or EC and returns the
// public key with its derived fields. Every error is, or wraps, one of errors.go.
func ParsePublic(spki []byte) (*Material, error) { return material.ParsePublic(spki) }

// ParseAnyPublic is [ParsePublic] for every algorithm, Ed25519 and ML-DSA too.
func ParseAnyPublic(spki []byte) (*Material, error) { return material.ParseAnyPublic(spki) }

// ParseModernPublic is [ParsePublic] for what OpenSSL 3.0 knows, Ed25519 and X25519 too.
func ParseModernPublic(spki []byte) (*Material, error) { return material.ParseModernPublic(spki) }

// NewRSAPublic returns the public key of a modulus, big endian, and an exponent. Errors:
// ErrModulusSize, ErrWeakExponent.
func NewRSAPublic(modulus []byte, exponent int64) (*Material, error) {
	return material.NewRSAPublic(modulus, exponent)
}

// PublicFromPEM reads a file of one PUBLIC KEY block. Every error is, or wraps, one of errors.go.
func PublicFromPEM(data []byte) (*Material, error) { return material.PublicFromPEM(data) }

// AnyPublicFromPEM is [PublicFromPEM] for every algorithm, Ed25519 and ML-DSA too.
func AnyPublicFromPEM(data []byte) (*Material, error) { return material.AnyPublicFromPEM(data) }

// PublicPEM returns the PUBLIC KEY block of a public or private key.
func PublicPEM(m *Material) []byte { return material.PublicPEM(m) }

// FakePEM returns a reference to a private key in the form of a private key (spec/kmu.md 3.40). No
// secret is in it. Errors: ErrKeyType for anything but an RSA or EC private key.
func FakePEM(m *Material, handle uint64) ([]byte, error) { return material.FakePEM(m, handle) }

// ParseFakePEM returns the handle and the public key of a fake PEM. Errors: ErrNotFake for a real
// private key, else the reason for which the file is no key at all.
func ParseFakePEM(data []byte) (handle uint64, public *Material, err error) {
	return material.ParseFakePEM(data)
}

// InspectPEM returns what the first blocks of a file are, none for a file without any. It is for
// looking, not for using: of a private key it tells the public half.
func InspectPEM(data []byte) []Block { return material.InspectPEM(data) }

// ParseName reads a distinguished name as openssl's -subj takes it. Errors: ErrName.
func ParseName(text string) (Name, error) { return material.ParseName(text) }

// ParseCertificate reads an X.509 certificate of version 1 or 3. It verifies nothing. Errors:
// ErrTooLarge, ErrTrailing, ErrCertificate, ErrName, those of the public key.
func ParseCertificate(input []byte) (*Certificate, error) { return material.ParseCertificate(input) }

// ParseRequest reads a certificate signing request and verifies its signature by its own key.
// Errors: as ParseCertificate, ErrVersion, ErrBadSignature.
func ParseRequest(input []byte) (*Request, error) { return material.ParseRequest(input) }

// CertificatePEM returns the CERTIFICATE block of a certificate's DER.
func CertificatePEM(der []byte) []byte { return material.CertificatePEM(der) }

// RequestPEM returns the CERTIFICATE REQUEST block of a request's DER.
func RequestPEM(der []byte) []byte { return material.RequestPEM(der) }

// CertificateFromPEM reads a file of one certificate. Errors: as ParseCertificate, and those of
// PEM.
func CertificateFromPEM(data []byte) (*Certificate, error) { return material.CertificateFromPEM(data) }

// RequestFromPEM reads a file of one certificate signing request. Errors: as ParseRequest, and
// those of PEM.
func RequestFromPEM(data []byte) (*Request, error) { return material.RequestFromPEM(data) }
