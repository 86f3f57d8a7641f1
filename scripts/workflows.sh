#!/bin/sh
# Judges the workflows: what they may do, whom they trust, what they leave open. Run by `make workflows`, and on every
# push. It asks nobody; without --strict-collection a file that cannot be read would count as sound.
set -eu
cd "$(dirname "$0")/.."
. scripts/release-tools.sh
"$tools/zizmor" --offline --no-progress --strict-collection --persona=auditor .github/workflows
