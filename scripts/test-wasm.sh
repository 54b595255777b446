#!/bin/sh
# test-wasm.sh [--slim] [PACKAGE...] runs the tests of core again under js/wasm in node. The environment is
# almost empty because wasm_exec refuses a large one. With --slim they are built and slimmed as the page's engine is.
set -eu
cd "$(dirname "$0")/.."

slim= flags=
[ "${1-}" != --slim ] || { shift; slim="node $PWD/web/build/slimmed.mjs"; flags=$(node web/build/compile.mjs); }
[ $# -gt 0 ] || set -- ./core/...
node=$(command -v node)
exec=$(go env GOROOT)/lib/wasm/go_js_wasm_exec
IFS='
'
GOOS=js GOARCH=wasm go test -timeout 30m $flags \
	-exec "env -i PATH=$(dirname "$node"):/usr/bin:/bin TMPDIR=${TMPDIR:-/tmp} $slim $exec" "$@"
