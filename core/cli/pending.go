package cli

import (
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

func pending() command.Outcome { return failed(retcode.Local, "This command is not available yet") }

func (t *Tool) keyList(command.Args) command.Outcome           { return pending() }
func (t *Tool) keyDelete(command.Args) command.Outcome         { return pending() }
func (t *Tool) keySetAttribute(command.Args) command.Outcome   { return pending() }
func (t *Tool) keyShare(command.Args) command.Outcome          { return pending() }
func (t *Tool) keyUnshare(command.Args) command.Outcome        { return pending() }
func (t *Tool) keyReplicate(command.Args) command.Outcome      { return pending() }
func (t *Tool) keyGenerateFile(command.Args) command.Outcome   { return pending() }
func (t *Tool) keyImportPEM(command.Args) command.Outcome      { return pending() }
func (t *Tool) keyGenerateAES(command.Args) command.Outcome    { return pending() }
func (t *Tool) keyGenerateSecret(command.Args) command.Outcome { return pending() }
func (t *Tool) keyGenerateRSA(command.Args) command.Outcome    { return pending() }
func (t *Tool) keyGenerateEC(command.Args) command.Outcome     { return pending() }
func (t *Tool) keyGenerateMLDSA(command.Args) command.Outcome  { return pending() }

func (t *Tool) keyWrap(command.Args, mechanism) command.Outcome   { return pending() }
func (t *Tool) keyUnwrap(command.Args, mechanism) command.Outcome { return pending() }
func (t *Tool) cryptoSign(command.Args, string) command.Outcome   { return pending() }
func (t *Tool) cryptoVerify(command.Args, string) command.Outcome { return pending() }

func (t *Tool) one(*link, []string) (*hsm.Key, *command.Outcome) {
	out := pending()
	return nil, &out
}
func attributesOf(*cluster.Client, cluster.KeyRow) members { return nil }
