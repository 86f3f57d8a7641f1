#!/bin/sh
# Prints the path of a Python that is new enough; $PYTHON, when set, is the only one asked.
# Exits 3 with the remedy when there is none.
set -eu

for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
  # A version manager's stand-in may be on the path for a version that is not installed, so each is run.
  if path=$("$name" -c 'import sys; sys.version_info >= (3, 11) or sys.exit(1); print(sys.executable)' 2> /dev/null); then
    echo "$path"
    exit 0
  fi
done

if [ -n "${PYTHON:-}" ]; then
  echo "PYTHON is '$PYTHON', which is not a Python 3.11 or newer that runs." >&2
else
  echo 'site-builder needs Python 3.11 or newer, and none was found on PATH.' >&2
fi
echo 'On Debian 12, Ubuntu 24.04 or newer: sudo apt-get install python3 python3-venv' >&2
echo 'One that lies elsewhere is named so: make site PYTHON=/path/to/python3.12' >&2
exit 3
