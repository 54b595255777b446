package material

import (
	"bytes"
	"encoding/pem"
	"slices"
)

// privateBlocks are the labels of unencrypted private keys (spec/kmu.md 3.21).
var privateBlocks = []struct {
	label string
	parse func(der []byte, t trust) (*Material, error)
}{
	{"PRIVATE KEY", parsePKCS8},
	{"EC PRIVATE KEY", parseSEC1Key},
	{"RSA PRIVATE KEY", parsePKCS1},
	{"DSA PRIVATE KEY", parseDSATraditional},
}

// PublicFromPEM reads a file of one PUBLIC KEY block (SubjectPublicKeyInfo). Every error is, or
// wraps, one of errors.go.
func PublicFromPEM(data []byte) (*Material, error) {
	der, err := onlyBlock(data, "PUBLIC KEY")
	if err != nil {
		return nil, err
	}
	return ParsePublic(der)
}

// AnyPublicFromPEM is PublicFromPEM for every algorithm, Ed25519 and ML-DSA too.
func AnyPublicFromPEM(data []byte) (*Material, error) {
	der, err := onlyBlock(data, "PUBLIC KEY")
	if err != nil {
		return nil, err
	}
	return ParseAnyPublic(der)
}

// PrivateFromPEM reads a file of one unencrypted private key: PKCS#8, SEC 1, PKCS#1 or traditional
// DSA. A block EC PARAMETERS in front of an EC PRIVATE KEY, as `openssl ecparam -genkey` writes it,
// is passed over if it names the same curve. Every error is, or wraps, one of errors.go.
func PrivateFromPEM(data []byte) (*Material, error) { return privateFromPEM(data, classic) }

// ModernFromPEM is PrivateFromPEM for what OpenSSL 3.0 knows, Ed25519 and X25519 too.
func ModernFromPEM(data []byte) (*Material, error) { return privateFromPEM(data, modern) }

// ShapeFromPEM is PrivateFromPEM without a computation with the key: that its parts belong together
// is taken for granted, and something stands in for a public part that is not in the file.
func ShapeFromPEM(data []byte) (*Material, error) { return privateFromPEM(data, shaped) }

func privateFromPEM(data []byte, t trust) (*Material, error) {
	blocks, err := readPEM(data)
	if err != nil {
		return nil, err
	}
	var curve *Curve
	if len(blocks) > 1 && blocks[0].Type == "EC PARAMETERS" && blocks[1].Type == "EC PRIVATE KEY" {
		if curve, err = readCurve(blocks[0].Bytes); err != nil {
			return nil, err
		}
		blocks = blocks[1:]
	}
	if len(blocks) > 1 {
		return nil, ErrSeveralKeys
	}
	m, err := parsePrivateBlock(blocks[0], t)
	if err == nil && curve != nil && m.Curve() != curve {
		return nil, ErrKeyMismatch
	}
	return m, err
}

func parsePrivateBlock(block *pem.Block, t trust) (*Material, error) {
	for _, row := range privateBlocks {
		if row.label == block.Type {
			return row.parse(block.Bytes, t)
		}
	}
	return nil, ErrWrongBlock
}

// readPEM returns all blocks of a file, at least one. Text around the blocks is passed over, as
// OpenSSL does.
func readPEM(data []byte) ([]*pem.Block, error) {
	if len(data) > MaxFile {
		return nil, ErrTooLarge
	}
	// pem.Decode passes over a block that it cannot read, so the beginnings are counted.
	begun := bytes.Count(data, []byte("-----BEGIN "))
	var blocks []*pem.Block
	for {
		block, rest := pem.Decode(data)
		if block == nil {
			break
		}
		if encryptedPEM(block) {
			if len(block.Headers) == 0 && bytes.Contains(block.Bytes, pbkdf2OID[2:9]) && !bytes.Contains(block.Bytes, pbkdf2OID) {
				return nil, ErrLock
			}
			return nil, ErrEncrypted
		}
		blocks, data = append(blocks, block), rest
	}
	if len(blocks) == 0 || len(blocks) != begun {
		return nil, ErrNotPEM
	}
	return blocks, nil
}

// pbkdf2OID is id-PBKDF2 of RFC 8018, A.2. All ways to lock PKCS#8 stand in the arc of its first
// bytes.
var pbkdf2OID = []byte{6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 0x0c}

// encryptedPEM recognises PKCS#8's EncryptedPrivateKeyInfo and the headers of RFC 1421, 4.6.
func encryptedPEM(block *pem.Block) bool {
	_, dek := block.Headers["DEK-Info"]
	_, proc := block.Headers["Proc-Type"]
	return dek || proc || block.Type == "ENCRYPTED PRIVATE KEY"
}

// PublicPEM returns the PUBLIC KEY block of a public or private key.
func PublicPEM(m *Material) []byte {
	return encodePEM("PUBLIC KEY", m.SPKI)
}

func encodePEM(label string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der})
}

// CertificatePEM returns the CERTIFICATE block of a certificate's DER.
func CertificatePEM(der []byte) []byte { return encodePEM("CERTIFICATE", der) }

// RequestPEM returns the CERTIFICATE REQUEST block of a request's DER.
func RequestPEM(der []byte) []byte { return encodePEM("CERTIFICATE REQUEST", der) }

// CertificateFromPEM reads a file of one certificate. Errors: as ParseCertificate, and those of
// PEM.
func CertificateFromPEM(data []byte) (*Certificate, error) {
	der, err := onlyBlock(data, "CERTIFICATE")
	if err != nil {
		return nil, err
	}
	return ParseCertificate(der)
}

// RequestFromPEM reads a file of one certificate signing request. Errors: as ParseRequest, and
// those of PEM.
func RequestFromPEM(data []byte) (*Request, error) {
	der, err := onlyBlock(data, "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST")
	if err != nil {
		return nil, err
	}
	return ParseRequest(der)
}

// onlyBlock returns the content of the one block of a file, which bears one of the labels.
func onlyBlock(data []byte, labels ...string) ([]byte, error) {
	blocks, err := readPEM(data)
	if err != nil {
		return nil, err
	}
	if len(blocks) > 1 {
		return nil, ErrSeveralKeys
	}
	if !slices.Contains(labels, blocks[0].Type) {
		return nil, ErrWrongBlock
	}
	return blocks[0].Bytes, nil
}
