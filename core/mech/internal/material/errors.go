package material

import (
	"errors"
	"fmt"
)

// The reasons for refusing a key file or a piece of DER. A tool's wording of a refusal is its own;
// the notes choose their row by these, with errors.Is.
var (
	// ErrTooLarge is a file beyond MaxFile.
	ErrTooLarge = errors.New("larger than any key file")
	// ErrNotPEM is a file without a readable PEM block.
	ErrNotPEM = errors.New("no readable PEM block")
	// ErrEncrypted is a PEM key protected by a password, in the traditional form or as PKCS#8.
	ErrEncrypted = errors.New("the PEM key is encrypted")
	// ErrLock is one whose password goes through something else than PBKDF2: scrypt, or PBES1.
	ErrLock = fmt.Errorf("%w by scrypt or PBES1", ErrEncrypted)
	// ErrSeveralKeys is a file of more than one PEM block.
	ErrSeveralKeys = errors.New("several PEM blocks in one file")
	// ErrTrailing is bytes behind a DER value.
	ErrTrailing = errors.New("unexpected bytes behind the key")
	// ErrWrongBlock is a PEM block of another label than the one asked for, such as a public key
	// for a private.
	ErrWrongBlock = errors.New("the PEM block is of another kind")
	// ErrMalformed is DER that breaks its structure.
	ErrMalformed = errors.New("not the DER of a key")
	// ErrVersion is a key structure of an unknown version.
	ErrVersion = errors.New("unknown version of the key structure")
	// ErrUnsupportedAlgorithm is a key of an algorithm that the reader does not know: neither RSA,
	// DSA nor EC, for those that know no other.
	ErrUnsupportedAlgorithm = errors.New("the key's algorithm is none of RSA, DSA, EC")
	// ErrNotNamedCurve is an EC key that spells its curve out instead of naming it.
	ErrNotNamedCurve = errors.New("explicit curve parameters instead of a named curve")
	// ErrUnsupportedCurve is a named curve that is unknown, or known and not computed here.
	ErrUnsupportedCurve = errors.New("unsupported curve")
	// ErrPointNotOnCurve is a public point that does not solve the curve's equation.
	ErrPointNotOnCurve = errors.New("the point is not on the curve")
	// ErrPointForm is a public point that is neither uncompressed nor compressed: in the hybrid form
	// of X9.62, which RFC 5480 does not allow, for one.
	ErrPointForm = errors.New("the point begins with none of 02, 03 and 04, which stand for the forms that are taken")
	// ErrPointLength is a public point of another length than the curve's.
	ErrPointLength = errors.New("the point has another length than those of the curve")
	// ErrPointAtInfinity is the neutral element as a public point.
	ErrPointAtInfinity = errors.New("the point is the point at infinity")
	// ErrScalarRange is a private scalar or DSA x of zero, or not below the order of the group.
	ErrScalarRange = errors.New("the private number is out of range")
	// ErrKeyMismatch is a key whose parts do not belong together.
	ErrKeyMismatch = errors.New("the parts of the key do not belong together")
	// ErrWeakExponent is an RSA public exponent that is even, below 65537 or above 2³¹-1.
	ErrWeakExponent = errors.New("unacceptable RSA public exponent")
	// ErrModulusSize is an RSA or DSA modulus of a size that is not computed here.
	ErrModulusSize = errors.New("unacceptable size of the modulus")
	// ErrDomainParameters is a DSA key whose p, q and g are not a group.
	ErrDomainParameters = errors.New("unacceptable DSA domain parameters")
	// ErrKeyLength is a secret value whose length the key type does not have.
	ErrKeyLength = errors.New("the key type has no keys of this length")
)

// The reasons for refusing an operation with a key.
var (
	// ErrUnknownMechanism is a mechanism number that the table does not have.
	ErrUnknownMechanism = errors.New("unknown mechanism")
	// ErrKeyType is a key whose class or type the mechanism cannot use.
	ErrKeyType = errors.New("the mechanism cannot use this key")
	// ErrBadSignature is a signature that does not match message, key and mechanism, or is no
	// signature.
	ErrBadSignature = errors.New("the signature does not match")
	// ErrIntegrity is a wrapped key that does not open: damaged, or wrapped otherwise.
	ErrIntegrity = errors.New("the wrapped key does not open")
	// ErrNotMultipleOf8 is a value that RFC 3394 without padding cannot wrap.
	ErrNotMultipleOf8 = errors.New("the length is not a multiple of 8")
	// ErrTooLong is a value that the wrapping key and mechanism have no room for.
	ErrTooLong = errors.New("too long for the wrapping key and mechanism")
	// ErrTooShort is a value of less than the mechanism wraps: nothing, or one semiblock by
	// RFC 3394.
	ErrTooShort = errors.New("too short for the mechanism")
	// ErrWrapParams is an IV, tag size or hash that the mechanism does not take.
	ErrWrapParams = errors.New("a parameter that the mechanism does not take")
)
