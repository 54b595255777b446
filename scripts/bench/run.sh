#!/bin/sh
# run.sh prints the figures of the design's budgets, one line each: name, value, unit, budget, yardstick, parted by tabs.
# Nothing is asserted; what this machine cannot measure is said on standard error.
set -eu
cd "$(dirname "$0")/../.."

mkdir -p build/bench
go build -o build/bench/keygen ./scripts/bench/keygen
go build -o build/bench/empty ./scripts/bench/empty
GOOS=js GOARCH=wasm go build -trimpath -ldflags='-s -w' -o build/bench/empty.wasm ./scripts/bench/empty
GOOS=js GOARCH=wasm go build -trimpath -ldflags='-s -w' -o build/bench/keygen.wasm ./scripts/bench/keygen

printf 'name\tvalue\tunit\tbudget\tyardstick\n'
node scripts/size.mjs --bench
node scripts/bench/native.mjs
CHROMIUM=$(scripts/chromium.sh) && export CHROMIUM && node scripts/bench/browser.mjs
node scripts/bench/long.mjs
