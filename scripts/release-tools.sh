#!/bin/sh
# Makes the environment of what looks through the locks, from requirements/release.txt, if it is not there already.
# Sourced: sets `tools`, the folder of its programs.
environment=${VENV:-.venv}-release
tools=$environment/bin
if ! cmp -s requirements/release.txt "$environment/release.txt"; then
  found=$(sh scripts/find-python.sh) || exit 3
  number=1
  while rm -rf "$environment" && ! "${found#* * }" -m venv "$environment" >&2; do
    number=$((number + 1))
    found=$(sh scripts/find-python.sh "$number" 2> /dev/null) || exit 3
    echo 'trying the next Python' >&2
  done
  "$tools/python" -m pip install --quiet --require-hashes --only-binary :all: -r requirements/release.txt
  cp requirements/release.txt "$environment/"
fi
