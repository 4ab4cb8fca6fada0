#!/usr/bin/env bash
# Runs the tests. Of a run that fails, what has failed is printed again at the end: the rest is long.
set -euo pipefail
cd "$(dirname "$0")/.."

output=$(mktemp)
trap 'rm -f "$output"' EXIT
status=0
swift test "$@" 2>&1 | tee "$output" || status=$?
if ((status)); then
    printf '\n== What has failed\n'
    # The reasons stand below an issue, and begin with an arrow; the summary is the last of these lines.
    grep -E '(✘|error:|Fatal error|↳)' "$output" | tail -n 200 || true
fi
exit "$status"
