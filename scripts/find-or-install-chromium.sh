#!/bin/sh
# Prints the path of a Chromium or Chrome that runs. Looks at $CHROMIUM, then on PATH, then asks apt for Debian's.
# Exits 3 with the remedy when there is none.
set -eu

runs() { "$1" --version < /dev/null > /dev/null 2>&1; }

# A snap sees neither hidden folders nor the temporary ones in which tests build their sites.
is_snap() {
  case $(readlink -f "$1" 2> /dev/null || echo "$1") in
    /snap/* | /usr/bin/snap) return 0 ;;
  esac
  head -c 4096 "$1" | grep -q '/snap/bin/'
}

# Prints the first browser on PATH that runs and is no snap.
look() {
  for name in chromium google-chrome google-chrome-stable chromium-browser chrome \
    '/Applications/Chromium.app/Contents/MacOS/Chromium' \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
    path=$(command -v "$name" 2> /dev/null) || continue
    if ! is_snap "$path" && runs "$path"; then
      echo "$path"
      return 0
    fi
  done
  return 1
}

if [ -n "${CHROMIUM:-}" ]; then
  path=$(command -v "$CHROMIUM" 2> /dev/null) || path=$CHROMIUM
  if runs "$path"; then
    echo "$path"
    exit 0
  fi
  echo "CHROMIUM is '$CHROMIUM', and that does not run." >&2
  exit 3
fi

look && exit 0
if sh "$(dirname "$0")/apt-install.sh" 'for the tests (it takes a minute or two)' chromium; then
  look && exit 0
  echo 'The chromium that apt installed does not run.' >&2
fi
echo 'The tests open the site in a browser, and no Chromium or Chrome was found (a snap does not do).' >&2
echo 'On Debian: sudo apt-get install chromium. Elsewhere install Google Chrome or Chromium.' >&2
echo 'One that lies elsewhere is named so: make test CHROMIUM=/path/to/chrome' >&2
exit 3
