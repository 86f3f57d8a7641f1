#!/bin/sh
# Lists the packages that a site is built with, as CycloneDX, in dist/sbom.json. Run by `make sbom`; it asks nobody.
set -eu
cd "$(dirname "$0")/.."
. scripts/release-tools.sh
mkdir -p dist
# The tool warns that a list of requirements does not say which of them needs which.
"$tools/python" -W ignore::UserWarning -m cyclonedx_py requirements requirements/run.txt --pyproject pyproject.toml \
  --short-PURLs --output-reproducible --output-format JSON --output-file dist/sbom.json
"$tools/python" scripts/supply_chain.py sbom dist/sbom.json requirements/run.txt
