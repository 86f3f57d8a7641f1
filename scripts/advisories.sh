#!/bin/sh
# Asks the index whether a locked package has a known hole. Run by `make advisories`, and on every push and every day.
set -eu
cd "$(dirname "$0")/.."
. scripts/release-tools.sh
told=$(mktemp)
trap 'rm -f "$told"' EXIT

status=0
for lock in run build dev release; do
  # --strict: without it, what could not be looked at counts as sound.
  "$tools/pip-audit" --strict --require-hashes --disable-pip --progress-spinner off --format json \
    --output "$told" -r "requirements/$lock.txt" || status=$?
  [ -s "$told" ] || { echo "make advisories: pip-audit could not look through requirements/$lock.txt" >&2; exit 3; }
  "$tools/python" scripts/supply_chain.py audit "$told" "requirements/$lock.txt" || status=1
  : > "$told"
done
exit "$status"
