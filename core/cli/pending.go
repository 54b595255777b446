package cli

import (
	"hsmplay/core/command"
	"hsmplay/core/retcode"
)

func pending() command.Outcome { return failed(retcode.Local, "This command is not available yet") }

func (t *Tool) clusterActivate(command.Args) command.Outcome    { return pending() }
func (t *Tool) clusterHSMInfo(command.Args) command.Outcome     { return pending() }
func (t *Tool) mtlsRegister(command.Args) command.Outcome       { return pending() }
func (t *Tool) mtlsDeregister(command.Args) command.Outcome     { return pending() }
func (t *Tool) mtlsList(command.Args) command.Outcome           { return pending() }
func (t *Tool) mtlsGet(command.Args) command.Outcome            { return pending() }
func (t *Tool) mtlsSet(command.Args) command.Outcome            { return pending() }
func (t *Tool) userCreate(command.Args) command.Outcome         { return pending() }
func (t *Tool) userDelete(command.Args) command.Outcome         { return pending() }
func (t *Tool) userChangePassword(command.Args) command.Outcome { return pending() }
func (t *Tool) userChangeMFA(command.Args) command.Outcome      { return pending() }
func (t *Tool) userChangeQuorum(command.Args) command.Outcome   { return pending() }
func (t *Tool) userReplicate(command.Args) command.Outcome      { return pending() }
func (t *Tool) quorumGenerate(command.Args) command.Outcome     { return pending() }
func (t *Tool) quorumList(command.Args) command.Outcome         { return pending() }
func (t *Tool) quorumListValues(command.Args) command.Outcome   { return pending() }
func (t *Tool) quorumSetValue(command.Args) command.Outcome     { return pending() }
func (t *Tool) quorumDelete(command.Args) command.Outcome       { return pending() }
func (t *Tool) keyList(command.Args) command.Outcome            { return pending() }
func (t *Tool) keyDelete(command.Args) command.Outcome          { return pending() }
func (t *Tool) keySetAttribute(command.Args) command.Outcome    { return pending() }
func (t *Tool) keyShare(command.Args) command.Outcome           { return pending() }
func (t *Tool) keyUnshare(command.Args) command.Outcome         { return pending() }
func (t *Tool) keyReplicate(command.Args) command.Outcome       { return pending() }
func (t *Tool) keyGenerateFile(command.Args) command.Outcome    { return pending() }
func (t *Tool) keyImportPEM(command.Args) command.Outcome       { return pending() }
func (t *Tool) keyGenerateAES(command.Args) command.Outcome     { return pending() }
func (t *Tool) keyGenerateSecret(command.Args) command.Outcome  { return pending() }
func (t *Tool) keyGenerateRSA(command.Args) command.Outcome     { return pending() }
func (t *Tool) keyGenerateEC(command.Args) command.Outcome      { return pending() }
func (t *Tool) keyGenerateMLDSA(command.Args) command.Outcome   { return pending() }

func (t *Tool) keyWrap(command.Args, mechanism) command.Outcome   { return pending() }
func (t *Tool) keyUnwrap(command.Args, mechanism) command.Outcome { return pending() }
func (t *Tool) cryptoSign(command.Args, string) command.Outcome   { return pending() }
func (t *Tool) cryptoVerify(command.Args, string) command.Outcome { return pending() }
