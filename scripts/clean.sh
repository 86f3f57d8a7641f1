#!/bin/sh
# Removes what the Makefile's commands made, and nothing else: an environment or a site that bears no mark of ours stays.
set -eu
cd "$(dirname "$0")/.."
venv=${VENV:-.venv}

remove() {
  for path; do
    if [ -e "$path" ]; then
      rm -rf "$path"
      echo "removed $path"
    fi
  done
}

if [ -d "$venv/installed" ]; then
  remove "$venv"
elif [ -e "$venv" ]; then
  echo "left alone, as this Makefile did not make it: $venv"
fi
if [ -e "$venv-release/release.txt" ]; then
  remove "$venv-release"
fi
for site in public public-specimen; do
  if [ -n "$(find "$site" -maxdepth 1 -name '.site-builder*' 2> /dev/null)" ]; then
    remove "$site" ".$site.site-builder"
  elif [ -e "$site" ]; then
    echo "left alone, as site-builder did not make it: $site"
  fi
done
remove .site-builder .mypy_cache .pytest_cache .ruff_cache .hypothesis dist/site_builder-*.whl dist/site_builder-*.tar.gz dist/sbom.json
rmdir dist 2> /dev/null || true
find site_builder tests scripts themes content -type d -name __pycache__ -prune -exec rm -rf {} + 2> /dev/null || true
