#!/bin/sh
# Makes the environment of what looks through the locks, from requirements/release.txt, if it is not there already.
# Sourced: sets `tools`, the folder of its programs.
environment=${VENV:-.venv}-release
tools=$environment/bin
if ! cmp -s requirements/release.txt "$environment/release.txt"; then
  base=$(sh scripts/find-python.sh) || exit 3
  rm -rf "$environment"
  "$base" -m venv "$environment"
  "$tools/python" -m pip install --quiet --require-hashes --only-binary :all: -r requirements/release.txt
  cp requirements/release.txt "$environment/"
fi
