#!/usr/bin/env bash
# Builds the fuzzers and runs each for FUZZ_SECONDS (600). What they find lies in .build/fuzz/found; mend it, and keep it
# as a test.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${FUZZ_SECONDS:-600}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || { printf 'fuzz: FUZZ_SECONDS has to be a whole number, 1 or more, not %s\n' "$seconds" >&2; exit 1; }

# The fuzzers have no main function, so that an ordinary build leaves them out.
export MILLRACE_FUZZING=1
# Of two sanitizers, the package manager passes only one on to Swift.
build=(swift build -c release --sanitize=fuzzer --sanitize=address --scratch-path .build/fuzz
    -Xswiftc -enable-testing -Xswiftc -sanitize=fuzzer,address)
mkdir -p .build/fuzz/found

for name in ndjson xes; do
    "${build[@]}" --product "fuzz-$name"
    corpus=.build/fuzz/corpus/$name
    mkdir -p "$corpus"
    "$("${build[@]}" --show-bin-path)/fuzz-$name" "$corpus" "Fuzzing/Seeds/$name" \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=8192 -print_final_stats=1 \
        -artifact_prefix=".build/fuzz/found/$name-"
done
