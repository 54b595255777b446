package sim

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"hsmplay/core/openssl"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// programs are the instance's programs that reach the cluster beside the tools.
func (w *World) programs() []shell.Program {
	return []shell.Program{
		{Name: "hsm", Path: "-", Means: "the playground's switchboard: stop, start, delay … an HSM", AtTools: true, Run: w.runVerb, Typing: typing(verbs, w)},
		{Name: "explain", Path: "-", Means: "says what a return code means and what to do", AtTools: true,
			Help: "usage: explain CODE\nSays what a return code such as 0xb3 means, why it happens and what to do.\n", Run: explainCode},
		{Name: "service", Path: "/usr/sbin/service", Means: "starts and stops the client daemon",
			Help: "usage: service cloudhsm-client start|stop|restart|status\n", Run: w.service},
		{Name: "configure", Path: "/opt/cloudhsm/bin/configure", Means: "points the client machine at a cluster", Run: w.configure,
			Typing: typing(configureTable, &configuring{w: w})},
		{Name: "openssl", Means: "keys, signatures and certificates beside the HSMs: a small part of the real one", Run: w.openssl,
			Typing: &shell.Typing{Complete: openssl.Complete, Explain: openssl.Explain}},
		{Name: "systemctl", Means: "starts and stops the client daemon",
			Help: "usage: systemctl start|stop|restart|status cloudhsm-client\n", Run: w.systemctl},
	}
}

// explainCode is the program `explain`.
func explainCode(p *shell.Process) int {
	if len(p.Args) != 2 {
		p.Print("usage: explain CODE\n")
		return 2
	}
	digits := strings.TrimPrefix(strings.ToLower(p.Args[1]), "0x")
	n, err := strconv.ParseUint(digits, 16, 32)
	row, known := retcode.Lookup(retcode.Code(n))
	if err != nil || !known {
		p.Complain("no return code %s is known", p.Args[1])
		p.Note(voice.CodesAre, "codes", codes())
		return 1
	}
	p.Print(fmt.Sprintf("0x%02x  %s\nWhy:   %s\nDo:    %s\nFrom:  %s\n", n, row.Text, row.Cause, row.Repair, row.Source))
	return 0
}

// codes lists the known codes.
func codes() string {
	var words []string
	for _, row := range retcode.Table {
		words = append(words, fmt.Sprintf("0x%02x", uint32(row.Code)))
	}
	return strings.Join(words, " ")
}

// daemon is the name of the client daemon's service.
const daemon = "cloudhsm-client"

func (w *World) service(p *shell.Process) int {
	if len(p.Args) != 3 {
		p.Errorf("usage: service cloudhsm-client start|stop|restart|status\n")
		return 2
	}
	return w.control(p, p.Args[1], p.Args[2])
}

func (w *World) systemctl(p *shell.Process) int {
	if len(p.Args) != 3 {
		p.Errorf("usage: systemctl start|stop|restart|status cloudhsm-client\n")
		return 2
	}
	return w.control(p, p.Args[2], p.Args[1])
}

// control does to the daemon what a verb says. The wording is the playground's.
func (w *World) control(p *shell.Process, name, verb string) int {
	if name != daemon && name != daemon+".service" {
		return 4 + p.Complain("%s: unrecognized service", name) - 1
	}
	status := 0
	switch verb {
	case "start", "restart", "stop":
		if !w.switchDaemon(p, verb) {
			return 1
		}
	case "status":
	default:
		p.Errorf("usage: %s start|stop|restart|status\n", p.Args[0])
		return 2
	}
	p.World(func() {
		if w.cluster.Daemon {
			p.Print(daemon + " is running\n")
			return
		}
		p.Print(daemon + " is stopped\n")
		if verb == "status" {
			status = 3
		}
	})
	return status
}

// switchDaemon stops the daemon, starts it, or both; false where it does not start.
func (w *World) switchDaemon(p *shell.Process, verb string) bool {
	var what, serves string
	var err error
	p.World(func() {
		if verb != "start" {
			w.cluster.SetDaemon(false)
		}
		if verb != "stop" && !w.cluster.Daemon {
			what, err = w.startDaemon()
			if len(w.cluster.Groups) > 1 {
				serves = w.cluster.ID
			}
		}
	})
	if err == nil {
		if serves != "" {
			p.Note(voice.DaemonServes, "cluster", serves)
		}
		return true
	}
	p.Complain("%s does not start: %s", daemon, err)
	if errors.Is(err, errNotTrusted) {
		p.Note(voice.AnchorNotInPlace, "file", what)
	} else {
		p.Note(voice.DaemonStays, "file", clientConfig, "ip", what)
	}
	return false
}
