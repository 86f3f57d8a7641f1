#!/bin/sh
# Installs what judges the pages from outside (axe, html-validate, Lighthouse, the Nu checker) and prints the folder.
# It lies beside the environment, is made from tests/audit/package-lock.json, and is made again when that changes.
set -eu
cd "$(dirname "$0")/.."
folder=${VENV:-.venv}/judges

needs() {
  command -v "$1" > /dev/null 2>&1 && return
  shift
  sh scripts/apt-install.sh 'for the audit' "$@" >&2 && return
  echo "The audit needs $*: install it, and repeat the command." >&2
  exit 3
}

needs npm nodejs npm
needs java default-jre-headless
if ! cmp -s tests/audit/package-lock.json "$folder/installed"; then
  echo 'site-builder: installing the judges of the audit' >&2
  rm -rf "$folder"
  mkdir -p "$folder"
  cp tests/audit/package.json tests/audit/package-lock.json "$folder/"
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
  cp tests/audit/package-lock.json "$folder/installed"
fi
cd "$folder" && pwd
