#!/bin/sh
# Installs Debian packages where that needs no question: as root, or by a sudo that asks for no password.
# usage: scripts/apt-install.sh WHY PACKAGE...
# Exits 0 when they are installed, 3 when this machine does not let us, or apt could not; then it says why.
set -eu
why=$1
shift
packages=$*

cannot() {
  echo "cannot install $packages: $1" >&2
  exit 3
}

command -v apt-get > /dev/null 2>&1 || cannot 'this machine has no apt-get'
if [ "$(id -u)" = 0 ]; then
  as_root=''
elif command -v sudo > /dev/null 2>&1 && sudo -n true < /dev/null > /dev/null 2>&1; then
  as_root='sudo -n'
else
  cannot 'that takes root, or a sudo without a password'
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT

apt() {
  # shellcheck disable=SC2086 # $as_root is no word or two
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" < /dev/null > "$log" 2>&1
}

echo "installing $packages with apt, $why" >&2
# A list that cannot be refreshed may still do.
apt update || echo 'apt-get update failed; going on with the list of packages that is here' >&2

# Ubuntu's chromium is an empty package that asks snapd for the browser, and leaves dpkg broken where snapd does not run.
if apt install --simulate "$@" && grep -Eq '^Inst (snapd |chromium[^ ]* \([^ ]*snap)' "$log"; then
  cannot 'here it is only a pointer to a snap'
fi
if ! apt install --no-install-recommends "$@"; then
  tail -n 5 "$log" >&2
  cannot 'apt-get install failed, as above'
fi
