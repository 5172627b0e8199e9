#!/bin/sh
# Resolve the short .in files into requirements.txt and requirements-dev.txt: exact versions, every file's hash,
# for every platform with Python 3.11 or later. Pass --upgrade to move to the newest allowed versions.
set -eu
cd "$(dirname "$0")/.."

for name in requirements requirements-dev; do
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command scripts/pin_requirements.sh \
        --output-file "$name.txt" "$@" "$name.in"
done
