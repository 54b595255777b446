package sim

import (
	"fmt"

	"hsmplay/core/cmu"
	"hsmplay/core/command"
	"hsmplay/core/kmu"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// shellSays are lines of other systems at the instance's bash.
var shellSays = []command.Saying{
	{Said: "hsmstatus", Line: "hsm status"}, {Said: "hsm-status", Line: "hsm status"}, {Said: "hsmstop", Line: "hsm stop"}, {Said: "hsmstart", Line: "hsm start"},
	{Said: "cloudhsm-client start", Line: "sudo service cloudhsm-client start", Whole: true}, {Said: "cloudhsm-client stop", Line: "sudo service cloudhsm-client stop", Whole: true},
	{Said: "cloudhsm-client restart", Line: "sudo service cloudhsm-client restart", Whole: true}, {Said: "cloudhsm-client status", Line: "service cloudhsm-client status", Whole: true},
	{Said: "hsmlist", Line: "hsm status"}, {Said: "hsm-list", Line: "hsm status"},
	{Said: "aws cloudhsmv2", Line: "hsm", Whole: true}, {Said: "aws cloudhsmv2 describe-clusters", Line: "hsm status", Whole: true}, {Said: "aws cloudhsmv2 create-hsm", Line: "hsm add", Whole: true},
	{Said: "aws cloudhsmv2 describe-backups", Line: "hsm backups", Whole: true}, {Said: "aws cloudhsmv2 create-cluster", Line: "hsm new --uninitialized", Whole: true}, {Said: "aws cloudhsmv2 initialize-cluster", Line: "hsm initialize --help", Whole: true},
	{Said: "aws cloudhsmv2 delete-hsm", Line: "hsm remove --help", Whole: true}, {Said: "aws cloudhsmv2 delete-cluster", Line: "hsm new", Whole: true}, {Said: "aws cloudhsmv2 restore-backup", Line: "hsm restore --help", Whole: true},
	{Said: "pkcs11-tool", Line: kmu.Name, Whole: true}, {Said: "p11tool", Line: kmu.Name, Whole: true}, {Said: "softhsm2-util", Line: kmu.Name, Whole: true}, {Said: "keymgmt", Line: kmu.Name}, {Said: "keymgmtutil", Line: kmu.Name},
	{Said: "configure-cli", Line: "sudo configure"}, {Said: "man key_mgmt_util", Line: "help key_mgmt_util", Whole: true}, {Said: "man cloudhsm_mgmt_util", Line: "help cloudhsm_mgmt_util", Whole: true}, {Said: "man *", Line: "* --help"}, {Said: "ssh-keygen", Line: "openssl genrsa 2048", Whole: true}, {Said: "less", Line: "cat"}, {Said: "more", Line: "cat"}, {Said: "logoff", Line: "exit"}, {Said: "leave", Line: "exit"}, {Said: "close", Line: "exit"}, {Said: ":q", Line: "exit"}, {Said: "q", Line: "exit"},
	{Said: "commands", Line: "help"}, {Said: "usage", Line: "help"}, {Said: "-h", Line: "help"}, {Said: "--help", Line: "help"}, {Said: "man", Line: "help"},
	{Said: "dir", Line: "ls"}, {Said: "ll", Line: "ls -l"}, {Said: "cls", Line: "clear"}, {Said: "quit", Line: "exit"}, {Said: "logout", Line: "exit"}, {Said: "bye", Line: "exit"},
	{Said: "exit()", Line: "exit"}, {Said: "quit()", Line: "exit"}, {Said: "error", Line: "explain"}, {Said: "perror", Line: "explain"}, {Said: "open ssl", Line: "openssl"},
	{Said: "mgmtutil", Line: cmu.Name + " /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg"}, {Said: "md5", Line: "md5sum"}, {Said: "sha256", Line: "sha256sum"},
	{Said: "top", Line: "ps", Whole: true}, {Said: "htop", Line: "ps", Whole: true}, {Said: "tree", Line: "ls -R"}, {Said: "su", Line: "sudo bash", Whole: true},
}

// shellLacks are programs that people look for and the instance has none like: what is said to them.
var shellLacks = []shell.Lack{
	{Words: "vi vim nvim view emacs nano pico ed edit gedit subl micro mcedit joe notepad", Says: voice.ShellNoEditor},
	{Words: "apt apt-get apt-cache aptitude dpkg yum dnf rpm zypper pacman apk snap brew port choco pip pip3 pipx conda gem npm npx yarn cargo", Says: voice.ShellNoPackages},
	{Words: "ssh scp sftp rsync ftp curl wget ping ping6 traceroute tracepath nc ncat netcat telnet ip ifconfig netstat ss dig nslookup host nmap tcpdump route arp",
		Says: voice.ShellNoNetwork},
	{Words: "python python2 python3 ipython perl ruby node php lua tclsh java javac gcc g++ cc clang make cmake go rustc dotnet", Says: voice.ShellNoLanguage},
}

// verbSays are other words for the verbs of `hsm`.
var verbSays = []command.Saying{
	{Said: "new --fips", Line: "new"}, {Said: "new --fips-mode", Line: "new"}, {Said: "new --nonfips", Line: "new --non-fips"}, {Said: "new --no-fips", Line: "new --non-fips"},
	{Said: "list", Line: "status"}, {Said: "ls", Line: "status"}, {Said: "show", Line: "status"}, {Said: "info", Line: "status"}, {Said: "state", Line: "status"}, {Said: "ps", Line: "status"}, {Said: "stat", Line: "status"},
	{Said: "describe", Line: "status"}, {Said: "kill", Line: "stop"}, {Said: "down", Line: "stop"}, {Said: "halt", Line: "stop"}, {Said: "crash", Line: "stop"}, {Said: "off", Line: "stop"}, {Said: "shutdown", Line: "stop"}, {Said: "poweroff", Line: "stop"},
	{Said: "up", Line: "start"}, {Said: "boot", Line: "start"}, {Said: "run", Line: "start"}, {Said: "on", Line: "start"}, {Said: "restart", Line: "start"}, {Said: "poweron", Line: "start"},
	{Said: "disconnect", Line: "isolate"}, {Said: "cut", Line: "isolate"}, {Said: "unplug", Line: "isolate"}, {Said: "partition", Line: "isolate"}, {Said: "connect", Line: "heal"}, {Said: "reconnect", Line: "heal"}, {Said: "plug", Line: "heal"},
	{Said: "slow", Line: "delay"}, {Said: "latency", Line: "delay"}, {Said: "lag", Line: "delay"}, {Said: "log", Line: "audit"}, {Said: "logs", Line: "audit"}, {Said: "audits", Line: "audit"},
	{Said: "reset", Line: "new"}, {Said: "fresh", Line: "new"}, {Said: "init", Line: "new"}, {Said: "renew", Line: "new"}, {Said: "create", Line: "new"},
	{Said: "wait", Line: "clock"}, {Said: "time", Line: "clock"}, {Said: "sleep", Line: "clock"}, {Said: "advance", Line: "clock"}, {Said: "delete", Line: "remove"}, {Said: "rm", Line: "remove"}, {Said: "hack", Line: "tamper"}, {Said: "man", Line: "help"}, {Said: "create-hsm", Line: "add"}, {Said: "delete-hsm", Line: "remove"},
}

// verbCalled are other words for values of the verbs.
var verbCalled = []command.Calling{{Option: "profile", Value: "late", Words: "newest new latest"}, {Option: "profile", Value: "classic", Words: "old default"}}

// fillVerb gives the values of a blank of a verb with which it works, the best first: the last HSM
// that is in the other state.
func fillVerb(w *World, at command.Place) (values []string, asked bool) {
	if at.Param.Kind != command.Node {
		return nil, false
	}
	nodes := w.cluster.All()
	for i := len(nodes) - 1; i >= 0; i-- {
		n := nodes[i]
		switch at.Command {
		case "start":
			if n.Up {
				continue
			}
		case "heal":
			if !n.Isolated {
				continue
			}
		case "stop", "isolate":
			if !n.Reached() {
				continue
			}
		}
		values = append(values, fmt.Sprint(n.HSM.Node))
	}
	return values, true
}
