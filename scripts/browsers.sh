#!/bin/sh
# browsers.sh runs the story of web/test/browsers in Firefox and in WebKit, of the system's packages, which it installs when it
# may: browsers.sh [firefox] [webkit]. $FIREFOX, $WEBKIT_DRIVER and $MINIBROWSER name other programs.
set -u
cd "$(dirname "$0")/.." || exit 1
packages="firefox-esr webkit2gtk-driver xvfb xauth"

find_all() {
	FIREFOX=${FIREFOX:-$(command -v firefox-esr || command -v firefox)}
	WEBKIT_DRIVER=${WEBKIT_DRIVER:-$(command -v WebKitWebDriver)}
	MINIBROWSER=${MINIBROWSER:-$(ls /usr/lib/*/webkit2gtk-4*/MiniBrowser /usr/libexec/webkit2gtk-4*/MiniBrowser 2>/dev/null | tail -n 1)}
	[ -n "$FIREFOX" ] && [ -n "$WEBKIT_DRIVER" ] && [ -n "$MINIBROWSER" ] && command -v xvfb-run >/dev/null && command -v xauth >/dev/null
}

if ! find_all && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "Installing the system's packages: $packages" >&2
	DEBIAN_FRONTEND=noninteractive sh -c "apt-get update -q && apt-get install -y -q --no-install-recommends $packages" >&2
fi
if ! find_all; then
	cat >&2 <<TEXT
The tests in other browsers need Firefox, and WebKitGTK's MiniBrowser with its driver under Xvfb. Either
  install them (Debian and Ubuntu: sudo apt-get install $packages), or
  name them: FIREFOX=… WEBKIT_DRIVER=… MINIBROWSER=… make test-browsers
TEXT
	exit 1
fi
export FIREFOX WEBKIT_DRIVER MINIBROWSER
exec xvfb-run -a -s "-screen 0 1440x1000x24" node web/test/browsers/run.mjs "$@"
