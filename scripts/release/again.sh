#!/bin/sh
# again.sh makes the release that stands in build/release once more, from a copy of the tree in another place and with an
# empty build cache, and fails where a byte differs.
set -eu
cd "$(dirname "$0")/../.."

there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT INT TERM
git ls-files -z --cached --others --exclude-standard | xargs -0 tar cf - | tar xf - -C "$there"
cp -RL node_modules "$there/node_modules"
(cd "$there" && GOCACHE="$there/cache" go run ./scripts/release >/dev/null)
diff build/release/SHA256SUMS "$there/build/release/SHA256SUMS"
echo "the same bytes twice"
