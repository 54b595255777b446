package hsm

import (
	"fmt"
	"strings"
	"time"

	"hsmplay/core/attr"
	"hsmplay/core/retcode"
)

// Opcode is the name of an operation in the audit log.
type Opcode string

// The opcodes that the playground records (spec/cmu.md 7.3).
const (
	CNInitToken       Opcode = "CN_INIT_TOKEN"
	CNCreateUser      Opcode = "CN_CREATE_USER"
	CNCreateCO        Opcode = "CN_CREATE_CO"
	CNChangePswd      Opcode = "CN_CHANGE_PSWD"
	CNLogin           Opcode = "CN_LOGIN"
	CNLogout          Opcode = "CN_LOGOUT"
	CNDestroyObject   Opcode = "CN_DESTROY_OBJECT"
	CNShareObject     Opcode = "CN_SHARE_OBJECT"
	CNGenerateKey     Opcode = "CN_GENERATE_KEY"
	CNGenerateKeyPair Opcode = "CN_GENERATE_KEY_PAIR"
	CNWrapKey         Opcode = "CN_WRAP_KEY"
	CNUnwrapKey       Opcode = "CN_UNWRAP_KEY"
	CNGenPswdEncKey   Opcode = "CN_GEN_PSWD_ENC_KEY"
	CNNistAESWrap     Opcode = "CN_NIST_AES_WRAP"
	CNInitDone        Opcode = "CN_INIT_DONE"
	CNDeleteUser      Opcode = "CN_DELETE_USER"
	CNExtractMasked   Opcode = "CN_EXTRACT_MASKED_OBJECT_USER"
	CNInsertMasked    Opcode = "CN_INSERT_MASKED_OBJECT_USER"
	CNCreateAppliance Opcode = "CN_CREATE_APPLIANCE_USER"
	CNCloseSession    Opcode = "CN_CLOSE_SESSION"
	CNSetMValue       Opcode = "CN_SET_M_VALUE"
	CNGetToken        Opcode = "CN_GET_TOKEN"
	CNApproveToken    Opcode = "CN_APPROVE_TOKEN"
	CNDeleteToken     Opcode = "CN_DELETE_TOKEN"
	CNCreateObject    Opcode = "CN_CREATE_OBJECT"
	CNModifyObject    Opcode = "CN_MODIFY_OBJECT"
	CNTombstoneObject Opcode = "CN_TOMBSTONE_OBJECT"
	CNBackupBegin     Opcode = "CN_BACKUP_BEGIN"
	CNBackupEnd       Opcode = "CN_BACKUP_END"
	CNRestoreBegin    Opcode = "CN_RESTORE_BEGIN"
	CNRestoreEnd      Opcode = "CN_RESTORE_END"
)

// details says which lines follow an entry's log type.
type details string

// The log types (spec/cmu.md 7.2).
const (
	minimal details = "MINIMAL_LOG_ENTRY (0)"
	ofKeys  details = "MGMT_KEY_DETAILS_LOG (1)"
	ofUser  details = "MGMT_USER_DETAILS_LOG (2)"
	unknown details = "UNKNOWN_LOG_TYPE (5)"
)

// Opcodes lists the opcodes. Numbers that are not public are 0 and not printed.
var Opcodes = []struct {
	Opcode  Opcode
	Number  int
	Details details
	Means   string // one line for a learner
	Refused string // the same of one that was refused: nothing was done
}{
	{CNInitToken, 0x1, minimal, "the HSM was initialised", "the HSM was not initialised"},
	{CNCreateUser, 0x3, ofUser, "a crypto user was created", "a crypto user was not created"},
	{CNCreateCO, 0x4, ofUser, "an officer was created", "an officer was not created"},
	{CNChangePswd, 0x9, ofUser, "a password was changed", "a password was not changed"},
	{CNLogin, 0xd, ofUser, "somebody logged in", "somebody tried to log in"},
	{CNLogout, 0xe, ofUser, "somebody logged out", "somebody was not logged out"},
	{CNDestroyObject, 0x11, ofKeys, "a key was deleted", "a key was not deleted"},
	{CNShareObject, 0x12, unknown, "a key was shared with a user, or taken back", "who shares a key was not changed"},
	{CNGenerateKey, 0x17, ofKeys, "a secret key was generated", "a secret key was not generated"},
	{CNGenerateKeyPair, 0x19, ofKeys, "a key pair was generated", "a key pair was not generated"},
	{CNWrapKey, 0x1a, ofKeys, "a key left the HSM, wrapped", "a key did not leave the HSM"},
	{CNUnwrapKey, 0x1b, ofKeys, "a key came into the HSM, wrapped", "a key did not come into the HSM"},
	{CNGenPswdEncKey, 0x1d, minimal, "the key that protects passwords was made", "the key that protects passwords was not made"},
	{CNNistAESWrap, 0x1e, ofKeys, "a key wrapped or unwrapped something", "a key wrapped and unwrapped nothing"},
	{CNInitDone, 0x95, minimal, "the initialisation is done", "the initialisation is not done"},
	{CNDeleteUser, 0xa1, ofUser, "a user was deleted", "a user was not deleted"},
	{CNExtractMasked, 0xf0, ofKeys, "a masked key was handed out", "no masked key was handed out"},
	{CNInsertMasked, 0xf1, ofKeys, "a masked key was taken in", "no masked key was taken in"},
	{CNCreateAppliance, 0xfc, ofUser, "the service's own user was created", "the service's own user was not created"},
	{CNCloseSession, 0, ofUser, "a session ended without a logout", "a session did not end"},
	{CNSetMValue, 0, ofUser, "the approvals that a service needs were set", "the approvals that a service needs were not set"},
	{CNGetToken, 0, ofUser, "a quorum token was requested", "no quorum token was made"},
	{CNApproveToken, 0, ofUser, "approvals were handed in", "approvals were not taken"},
	{CNDeleteToken, 0, ofUser, "quorum tokens were deleted", "quorum tokens were not deleted"},
	{CNCreateObject, 0, ofKeys, "a public key was imported", "a public key was not imported"},
	{CNModifyObject, 0, ofKeys, "an attribute of a key was changed", "an attribute of a key was not changed"},
	{CNTombstoneObject, 0, ofKeys, "a key whose creation failed was removed", "a key whose creation failed was not removed"},
	{CNBackupBegin, 0, minimal, "a backup was begun", "a backup was not begun"},
	{CNBackupEnd, 0, minimal, "the backup is done", "the backup is not done"},
	{CNRestoreBegin, 0, minimal, "the HSM was begun to be made from a backup", "the HSM was not begun to be made from a backup"},
	{CNRestoreEnd, 0, minimal, "the HSM is as in the backup", "the HSM is not as in the backup"},
}

// opcodeOf is the operation that makes keys from templates.
func opcodeOf(ts []Template) Opcode {
	switch {
	case ts[0].Origin == Inserted:
		return CNInsertMasked
	case ts[0].Origin != Generated && ts[0].Class == attr.Public:
		return CNCreateObject
	case ts[0].Origin != Generated:
		return CNUnwrapKey
	case len(ts) > 1:
		return CNGenerateKeyPair
	}
	return CNGenerateKey
}

// Means is the entry in a line for a learner: what was done, or was not because it was refused.
func (e *Entry) Means() string {
	for _, row := range Opcodes {
		switch {
		case row.Opcode != e.Opcode:
		case e.Code != retcode.Success:
			return row.Refused
		default:
			return row.Means
		}
	}
	return ""
}

// created is the operation that creates a user of a type.
func created(t UserType) Opcode {
	if t == CU {
		return CNCreateUser
	}
	return CNCreateCO
}

// auditRow is a user type as the log prints it.
type auditRow struct {
	Type UserType
	Text string
}

// auditTypes are the user types (spec/cmu.md 2.1).
var auditTypes = []auditRow{
	{CU, "CN_CRYPTO_USER (1)"},
	{CO, "CN_CRYPTO_OFFICER (2)"},
	{AU, "CN_APPLIANCE_USER (5)"},
	{PRECO, "CN_CRYPTO_PRE_OFFICER (6)"},
}

// sessionBase is added to a session's number for the handle in the log, which has the look of the
// vendor's.
const sessionBase = 0x1004000

// String returns the entry in the documented format, byte-exact, with a newline after each line
// (spec/cmu.md 7.2). An opcode that is not in the table and a user type that is none print their
// names alone, and a code without a public number ?? in its place.
func (e *Entry) String() string {
	var b strings.Builder
	at := time.UnixMicro(e.Time).UTC()
	fmt.Fprintf(&b, "Time: %s, usecs:%d\n", at.Format("01/02/06 15:04:05.000000"), e.Time)
	fmt.Fprintf(&b, "Sequence No : 0x%x\nReboot counter : 0x%x\nCommand Type(hex) : CN_MGMT_CMD (0x0)\n", e.Seq, e.Reboots)
	kind := minimal
	fmt.Fprintf(&b, "Opcode : %s", e.Opcode)
	for _, row := range Opcodes {
		if row.Opcode == e.Opcode {
			kind = row.Details
			if row.Number != 0 {
				fmt.Fprintf(&b, " (0x%x)", row.Number)
			}
		}
	}
	fmt.Fprintf(&b, "\nSession Handle : 0x%x\nResponse : %s:%s\nLog type : %s\n", sessionBase+e.Session, response(e.Code), e.Code.Text(), kind)
	switch kind {
	case ofKeys:
		fmt.Fprintf(&b, "Priv/Secret Key Handle : %d\nPublic Key Handle : %d\n", e.Keys[0], e.Keys[1])
	case ofUser:
		fmt.Fprintf(&b, "User Name : %s\nUser Type : %s\n", visible(e.User), auditType(e.Type))
	}
	return b.String()
}

// response is the number of a code in the log; ?? stands for one that is not public.
func response(c retcode.Code) string {
	if !c.Public() {
		return "??"
	}
	return fmt.Sprint(uint32(c))
}

func auditType(t UserType) string {
	for _, row := range auditTypes {
		if row.Type == t {
			return row.Text
		}
	}
	return visible(string(t))
}

// visible keeps what was typed on one line: a name must not forge an entry.
func visible(typed string) string {
	quoted := fmt.Sprintf("%q", typed)
	return quoted[1 : len(quoted)-1]
}
