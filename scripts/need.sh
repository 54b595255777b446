#!/bin/sh
# need.sh WORD... says plainly what is missing on this machine: go, node. Nothing is installed.
# The versions wanted stand in go.mod and here.
set -u
cd "$(dirname "$0")/.." || exit 1

node_wanted=20
missing=0

lacks() {
	printf '%s\n' "hsmplay needs $1" >&2
	missing=1
}

need_go() {
	wanted=$(sed -n 's/^go //p' go.mod)
	if ! command -v go >/dev/null 2>&1; then
		lacks "Go $wanted or later, and \`go\` is not on PATH. See https://go.dev/dl/"
	elif ! said=$(go version 2>&1); then
		# An older go fetches the version of go.mod by itself; without a network it says why it cannot.
		lacks "Go $wanted or later: $said"
	fi
}

need_node() {
	if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
		lacks "Node.js $node_wanted or later with npm, and \`node\` or \`npm\` is not on PATH. See https://nodejs.org/"
	elif [ "$(node -p 'process.versions.node.split(".")[0]')" -lt "$node_wanted" ]; then
		lacks "Node.js $node_wanted or later; this one is $(node --version)"
	fi
}

for word in "$@"; do
	"need_$word"
done
exit $missing
