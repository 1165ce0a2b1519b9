#!/usr/bin/env bash
# Runs one stage of the build or of the tests and says how long it took.
#   scripts/stage.sh NAME COMMAND…
# BILIK_STAGES names a file that collects these lines.
set -euo pipefail

name=$1
shift
echo "== $name"
start=$SECONDS
status=0
"$@" || status=$?
line=$(printf '%-12s %4d s  %s' "$name" $((SECONDS - start)) "$([ "$status" -eq 0 ] && echo passed || echo "failed ($status)")")
echo "== $line"
if [ -n "${BILIK_STAGES:-}" ]; then echo "$line" >>"$BILIK_STAGES"; fi
exit "$status"
