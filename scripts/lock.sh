#!/bin/sh
# Makes the locks again from pyproject.toml: what a site needs (run), what installs the project (build), both with the
# tools of development (dev), and what looks through them before a release (release). Run by `make lock`, on Python 3.11: what resolves there, installs on later ones.
# usage: scripts/lock.sh PYTHON [pip-compile options, such as --upgrade]
set -eu
cd "$(dirname "$0")/.."
python=$1
shift

version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
if [ "$version" != 3.11 ]; then
  echo "make lock: the locks are resolved on Python 3.11, and this environment has $version" >&2
  echo "make lock: say: make lock PYTHON=python3.11" >&2
  exit 3
fi

# The machine's own pip settings (mirrors, folders of wheels) stay out of the locks.
PIP_CONFIG_FILE=/dev/null
export PIP_CONFIG_FILE
unset PIP_FIND_LINKS PIP_INDEX_URL PIP_EXTRA_INDEX_URL

compile() {
  "$python" -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --no-build-isolation "$@"
}

# Prints a list of pyproject.toml, one requirement a line.
declared() {
  "$python" -c '
import sys, tomllib
value = tomllib.load(open("pyproject.toml", "rb"))
for key in sys.argv[1:]:
    value = value[key]
print(*value, sep="\n")' "$@"
}

# Writes a lock with a header of ours; $1 the lock, $2 what it is for, $3 how pip-compile calls the standard input.
finish() {
  {
    echo "# $2"
    echo "# Made from pyproject.toml by \`make lock\`; not edited by hand."
    sed "s/-r -\$/$3/" "requirements/$1.txt"
  } > "requirements/$1.new"
  mv "requirements/$1.new" "requirements/$1.txt"
}

compile "$@" --output-file requirements/build.txt - <<LIST
$(declared build-system requires)
LIST
finish build 'What installs the project itself.' 'site-builder (build-system.requires)'

compile "$@" --output-file requirements/run.txt pyproject.toml
finish run 'What building a site needs.' ''

compile "$@" --constraint requirements/build.txt --constraint requirements/run.txt \
  --output-file requirements/dev.txt pyproject.toml - <<LIST
$(declared build-system requires)
$(declared dependency-groups dev)
LIST
finish dev 'What the tests and checks need: everything of run.txt and build.txt, and the tools.' \
  'site-builder (dependency-groups.dev)'

compile "$@" --output-file requirements/release.txt - <<LIST
$(declared dependency-groups release)
LIST
finish release 'What looks through the other locks, and lists them for a release.' \
  'site-builder (dependency-groups.release)'

echo 'make lock: build.txt, run.txt, dev.txt and release.txt in requirements/ are up to date'
