package unix

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"hsmplay/core/shell"
)

// kindPrograms say what files are.
var kindPrograms = []Program{
	{Name: "file", Means: "says what is in files", Run: runFile, Help: usage("file [-b] [-L] FILE...", "Say what is in FILEs.", "-b  without their names", "-L  what links lead to")},
}

// magics are beginnings of files with what file calls those that have them.
var magics = []struct{ begins, kind string }{
	{"-----BEGIN CERTIFICATE-----", "PEM certificate"},
	{"-----BEGIN CERTIFICATE REQ", "PEM certificate request"},
	{"-----BEGIN RSA PRIVATE", "PEM RSA private key"},
	{"-----BEGIN DSA PRIVATE", "PEM DSA private key"},
	{"-----BEGIN EC PRIVATE", "PEM EC private key"},
	{"#!/bin/bash", "Bourne-Again shell script, %s executable"},
	{"#!/usr/bin/env bash", "Bourne-Again shell script, %s executable"},
	{"#!/bin/sh", "POSIX shell script, %s executable"},
	{"\x1f\x8b", "gzip compressed data"},
	{"Salted__", "openssl enc'd data with salted password"},
}

func runFile(p *Process) int {
	o := p.options(1, "bL", "brief=b", "dereference=L")
	if len(o.args) == 0 {
		p.Errorf("%s\n", strings.TrimSuffix(usage("file [-bL] FILE...", ""), "\n"))
		return 1
	}
	width := 0
	for _, name := range o.args {
		width = max(width, utf8.RuneCountInString(name)+1)
	}
	return each(o.args, func(name string) bool {
		p.Yield()
		if !o.has('b') {
			p.Printf("%-*s ", width, name+":")
		}
		p.Print(p.kind(o, name) + "\n")
		return true
	})
}

// kind is what is in a file, in file's words.
func (p *Process) kind(o options, name string) string {
	row, err := p.Lstat(name)
	if err == nil && row.IsLink() {
		to, bad := p.Stat(name)
		switch {
		case bad != nil:
			return "broken symbolic link to " + row.Link
		case !o.has('L'):
			return "symbolic link to " + row.Link
		}
		row = to
	}
	switch {
	case err != nil:
		return fmt.Sprintf("cannot open `%s' (%s)", name, shell.Reason(err))
	case row.IsDir():
		return "directory"
	case row.Size() == 0:
		return "empty"
	}
	r, err := p.Open(name)
	if err != nil {
		return "regular file, no read permission"
	}
	head := make([]byte, 64<<10)
	n, _ := r.Read(head)
	return kindOfData(string(head[:n]))
}

// kindOfData is what a file's beginning shows.
func kindOfData(data string) string {
	text := "ASCII text"
	switch {
	case strings.ContainsFunc(data, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\a\b\t\n\v\f\r\x1b", r) || r == 0x7f }):
		text = ""
	case !utf8.ValidString(data):
		text = ""
	case strings.ContainsFunc(data, func(r rune) bool { return r > '~' }):
		text = "Unicode text, UTF-8 text"
	}
	for _, row := range magics {
		if strings.HasPrefix(data, row.begins) && (text != "" || !strings.Contains(row.kind, "%s")) {
			return strings.ReplaceAll(row.kind, "%s", text)
		}
	}
	ends := strings.Count(data, "\r\n")
	switch {
	case text == "":
		return "data"
	case ends > 0 && ends == strings.Count(data, "\n"):
		return text + ", with CRLF line terminators"
	case !strings.Contains(data, "\n"):
		return text + ", with no line terminators"
	}
	return text
}
