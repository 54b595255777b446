#!/bin/sh
# chromium.sh prints the path of a Chromium: $CHROMIUM, one on PATH, the lean headless shell first, else the Debian
# package of that, which it installs when it may. Everything else it says goes to standard error.
set -u

find_chromium() {
	for name in "${CHROMIUM:-}" chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
		[ -n "$name" ] && command -v "$name" && return 0
	done
	return 1
}

find_chromium && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "No Chromium on PATH: installing the system's package" >&2
	DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update -q && { apt-get install -y -q chromium-headless-shell || apt-get install -y -q chromium; }' >&2
	find_chromium && exit 0
fi

cat >&2 <<'TEXT'
The tests of the page need Chromium, and there is none on PATH. Either
  install the package chromium of your system (Debian: sudo apt-get install chromium), or
  name one: CHROMIUM=/path/to/chromium make test
TEXT
exit 1
