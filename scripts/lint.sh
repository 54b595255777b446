#!/bin/sh
# lint.sh checks form: gofmt, go vet and staticcheck, natively and for the page's engine.
set -eu
cd "$(dirname "$0")/.."

unformatted=$(find core wasm cmd -name '*.go' -exec gofmt -l {} +)
if [ -n "$unformatted" ]; then
	printf 'gofmt would change:\n%s\n' "$unformatted" >&2
	exit 1
fi

mkdir -p build
go build -o build/staticcheck honnef.co/go/tools/cmd/staticcheck
go vet ./...
build/staticcheck ./...
GOOS=js GOARCH=wasm go vet ./core/... ./wasm/...
GOOS=js GOARCH=wasm build/staticcheck ./wasm/...
