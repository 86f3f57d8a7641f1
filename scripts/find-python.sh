#!/bin/sh
# Prints a Python that is new enough: whether it was built for speed, its version and its path, as in
# `optimised 3.12.3 /usr/bin/python3` or `plain 3.11.7 /home/me/.pyenv/versions/3.11.7/bin/python3`.
# usage: scripts/find-python.sh [N]      the Nth to try: the first, unless told otherwise
#
# $PYTHON, when set, is the only one asked. Else that of an active environment is the first, as somebody chose it; then
# those on PATH that were built for speed, then the others. Exits 3 with the remedy when there is none.
set -eu

left=${1:-1}
others=''
newline='
'
known=$newline

# Debian builds with a profile, though its Python does not say so; so do other distributions. One that is newer than
# the locks may lack wheels, and one without ssl cannot fetch them: these two are not preferred.
question='
import os, sys

sys.version_info >= (3, 11) or sys.exit(1)
try:
    import sysconfig
    options = sysconfig.get_config_var("CONFIG_ARGS") or ""
except ImportError:
    options = ""
optimised = sys.base_prefix == "/usr" or "--enable-optimizations" in options
preferred = optimised and sys.version_info < (3, 15)
try:
    import ssl
except ImportError:
    preferred = False
print("preferred" if preferred else "other")
print(os.path.realpath(sys.executable))
print("optimised" if optimised else "plain", sys.version.split()[0], sys.executable)
'

# Prints the Nth, and is done.
take() {
  left=$((left - 1))
  if [ "$left" -eq 0 ]; then
    echo "$1"
    exit 0
  fi
}

# A version manager's stand-in may be there for a version that is not installed, so each is run, until the Nth is known.
# Two names of one Python are one.
ask() {
  told=$("$1" -c "$question" 2> /dev/null < /dev/null) || return 0
  rank=${2:-${told%%"$newline"*}}
  told=${told#*"$newline"}
  real=${told%%"$newline"*}
  line=${told#*"$newline"}
  case $known in *"$newline$real$newline"*) return 0 ;; esac
  known=$known$real$newline
  case $rank in
    preferred) take "$line" ;;
    *) others=$others$line$newline ;;
  esac
}

place() { (CDPATH='' cd -P -- "$1" 2> /dev/null && pwd -P) || true; }

# The environment that is about to be made anew must not be what it is made with.
own=$(place "${VENV:-.venv}/bin")

# Prints the folders of PATH, each once.
folders() {
  seen=:
  rest=$PATH:
  while [ -n "$rest" ]; do
    folder=${rest%%:*}
    rest=${rest#*:}
    where=$(place "${folder:-.}")
    case $seen in *":$where:"*) continue ;; esac
    seen=$seen$where:
    [ "$where" = "$own" ] || echo "${folder:-.}"
  done
}

ask_active() {
  for environment in "${VIRTUAL_ENV:-}" "${CONDA_PREFIX:-}"; do
    if [ -n "$environment" ] && [ "$(place "$environment/bin")" != "$own" ]; then
      ask "$environment/bin/python3" preferred
    fi
  done
}

ask_path() {
  folders=$(folders)
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    while read -r folder <&3; do
      if [ -x "$folder/$name" ]; then
        ask "$folder/$name"
      fi
    done 3<< EOF
$folders
EOF
  done
}

if [ -n "${PYTHON:-}" ]; then
  ask "$PYTHON"
else
  ask_active
  ask_path
fi
while read -r line; do
  [ -z "$line" ] || take "$line"
done << EOF
$others
EOF

if [ -n "${PYTHON:-}" ]; then
  echo "PYTHON is '$PYTHON', which is not a Python 3.11 or newer that runs." >&2
else
  echo 'site-builder needs Python 3.11 or newer, and none was found on PATH.' >&2
fi
echo 'On Debian 12, Ubuntu 24.04 or newer: sudo apt-get install python3 python3-venv' >&2
echo 'One that lies elsewhere is named so: make site PYTHON=/path/to/python3.12' >&2
exit 3
