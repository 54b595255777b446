package mech

import "hsmplay/core/mech/internal/material"

// The reasons for refusing key files, certificates and operations; their comments are where they
// are made.
var (
	ErrCertificate          = material.ErrCertificate
	ErrIssuer               = material.ErrIssuer
	ErrNotFake              = material.ErrNotFake
	ErrName                 = material.ErrName
	ErrTooLarge             = material.ErrTooLarge
	ErrNotPEM               = material.ErrNotPEM
	ErrEncrypted            = material.ErrEncrypted
	ErrLock                 = material.ErrLock
	ErrSeveralKeys          = material.ErrSeveralKeys
	ErrTrailing             = material.ErrTrailing
	ErrWrongBlock           = material.ErrWrongBlock
	ErrMalformed            = material.ErrMalformed
	ErrVersion              = material.ErrVersion
	ErrUnsupportedAlgorithm = material.ErrUnsupportedAlgorithm
	ErrNotNamedCurve        = material.ErrNotNamedCurve
	ErrUnsupportedCurve     = material.ErrUnsupportedCurve
	ErrPointNotOnCurve      = material.ErrPointNotOnCurve
	ErrPointForm            = material.ErrPointForm
	ErrPointLength          = material.ErrPointLength
	ErrPointAtInfinity      = material.ErrPointAtInfinity
	ErrScalarRange          = material.ErrScalarRange
	ErrKeyMismatch          = material.ErrKeyMismatch
	ErrWeakExponent         = material.ErrWeakExponent
	ErrModulusSize          = material.ErrModulusSize
	ErrDomainParameters     = material.ErrDomainParameters
	ErrKeyLength            = material.ErrKeyLength
	ErrUnknownMechanism     = material.ErrUnknownMechanism
	ErrKeyType              = material.ErrKeyType
	ErrBadSignature         = material.ErrBadSignature
	ErrIntegrity            = material.ErrIntegrity
	ErrNotMultipleOf8       = material.ErrNotMultipleOf8
	ErrTooLong              = material.ErrTooLong
	ErrTooShort             = material.ErrTooShort
	ErrWrapParams           = material.ErrWrapParams
)
