#!/usr/bin/env bash
# Drives the built program with a browser. The program is the one that the other tests have built.
set -euo pipefail

cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
BILIK_BINARY=$(realpath "$target")/debug/bilik
export BILIK_BINARY
cd tests/browser
npm ci --no-audit --no-fund --silent
node --test
