#!/bin/sh
# Makes the environment that a lock describes, or finds that it is there already and does nothing.
# usage: scripts/set-up.sh run|dev      VENV is where it goes (.venv); PYTHON, when set, is the interpreter to use.
#
# What was installed is remembered as a copy of the files it was installed from, in VENV/installed/. They are compared
# by content: the times of files say nothing after a clone.
set -eu
cd "$(dirname "$0")/.."
kind=$1
venv=${VENV:-.venv}
installed=$venv/installed
python=$venv/bin/python

say() { echo "site-builder: $*"; }

fail() {
  say "$*" >&2
  exit 3
}

# What find-python.sh prints is `BUILD VERSION PATH`, and a path may hold spaces.
path_of() { echo "${1#* * }"; }

# The environment is one of ours; and it is whole, was made in this place, and its interpreter still runs.
is_ours() { [ -d "$installed" ]; }
is_sound() {
  [ "$(cat "$installed/place" 2> /dev/null)" = "$PWD" ] && is_of_wanted_python && "$python" -c '' 2> /dev/null
}
is_of_wanted_python() {
  [ -z "${PYTHON:-}" ] || [ "$(path_of "$(sh scripts/find-python.sh 2> /dev/null)")" = "$(cat "$installed/base")" ]
}
has() { cmp -s "requirements/$1.txt" "$installed/$1.txt"; }
differs() { [ -e "$installed/$1.txt" ] && ! has "$1"; }

# Only for a folder that is ours, or holds nothing. Marked before it is filled: what is interrupted is still ours.
try_venv() {
  rm -rf "$venv"
  mkdir -p "$installed"
  "$base" -m venv "$venv" > "$log" 2>&1
}

# Debian and Ubuntu split the module off their python3.
try_apt() { sh scripts/apt-install.sh "which $base lacks" "$package" python3-venv; }

# Takes a line of find-python.sh.
make_venv_with() {
  base=$(path_of "$1")
  version=${1#* }
  version=${version%% *}
  package=python${version%.*}-venv
  say "making $venv with Python $version ($base)"
  try_venv || { try_apt && try_venv; } || return 1
  case $1 in 'plain '*) advise ;; esac
}

advise() {
  say 'builds take a fifth to a third longer with this Python, which was not built for speed. With one that was, as' \
    'distributions, python.org and uv have it: make site PYTHON=/path/to/python3 (docs/speed.md, "Which Python")'
}

make_venv() {
  found=$(sh scripts/find-python.sh) || exit 3
  number=1
  until make_venv_with "$found"; do
    failed="'$base -m venv' fails. On Debian or Ubuntu: sudo apt-get install python3-venv $package"
    number=$((number + 1))
    if ! found=$(sh scripts/find-python.sh "$number" 2> /dev/null); then
      cat "$log" >&2
      fail "$failed"
    fi
    say "$failed"
    say 'trying the next Python'
  done
  echo "$base" > "$installed/base"
  pwd > "$installed/place"
}

pip() {
  if ! "$python" -m pip --quiet --no-input --disable-pip-version-check "$@" > "$log" 2>&1; then
    cat "$log" >&2
    fail 'installing failed, as above; the command can be repeated'
  fi
}

install_locked() {
  say "installing the packages of requirements/$1.txt"
  pip install --require-hashes --only-binary :all: -r "requirements/$1.txt"
}

# Playwright brings a program that needs one library more than a bare Debian has.
ready_playwright() {
  if "$python" -m playwright --version > "$log" 2>&1; then return; fi
  if ! sh scripts/apt-install.sh 'which Playwright needs' libatomic1 || ! "$python" -m playwright --version > "$log" 2>&1; then
    cat "$log" >&2
    fail 'Playwright does not run. On Debian or Ubuntu: sudo apt-get install libatomic1'
  fi
}

# Compiled now, as pip does with what it installs for good: where PYTHONDONTWRITEBYTECODE is set, each start would
# compile the whole tool anew.
install_project() {
  pip install --no-deps --no-build-isolation --editable .
  "$python" -m compileall -q site_builder
  "$python" -m site_builder.cache.ready
  cp pyproject.toml "$installed/pyproject.toml"
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT

if [ -e "$venv" ] && ! is_ours && [ -n "$(ls -A "$venv")" ]; then
  fail "$venv is there and was not made by this Makefile. Move it away, or name another place: make site VENV=.venv-site"
fi
# A package that a newer lock no longer names must not stay behind, so a changed lock starts afresh.
if ! is_ours || ! is_sound || differs build || differs run || { [ "$kind" = dev ] && differs dev; }; then
  make_venv
fi
case $kind in
  run)
    for lock in build run; do
      if ! has "$lock"; then
        install_locked "$lock"
        cp "requirements/$lock.txt" "$installed/"
      fi
    done
    ;;
  dev)
    if ! has dev; then
      install_locked dev
      ready_playwright
      # This lock holds the other two.
      cp requirements/build.txt requirements/run.txt requirements/dev.txt "$installed/"
    fi
    ;;
  *) fail "set-up.sh: '$kind' is neither run nor dev" ;;
esac
cmp -s pyproject.toml "$installed/pyproject.toml" || install_project
