#!/usr/bin/env bash
# Runs the benchmark's workloads as tiny tests, so that they don't rot: each has a known digest.
set -euo pipefail
cd "$(dirname "$0")/.."

swift build -c release --product bench-reactor
bench=$(swift build -c release --show-bin-path)/bench-reactor

expect() { # digest, workload, streams, events
    local digest=$1 output
    shift
    output=$(timeout 120 "$bench" "$@")
    printf '%s: %s\n' "$*" "$output"
    [[ $output == *"$digest"* ]] || {
        printf 'bench-smoke: %s should have the digest %s\n' "$*" "$digest" >&2
        exit 1
    }
}

expect 28efe333b266f103 W1 10 1
expect 70f302ccbc2c1297 W1 10 2
expect 9a0db05b949d200d W1 10 1000
expect 9a0db05b949d200d W2 10 1000
expect 9a0db05b949d200d W3 10 1000
expect 5d33902e709f6bae W1 1000 100000
expect 5d33902e709f6bae W3 1000 100000
expect 63a368548a5d3b7b W4 100 2000
expect 90c1c80be40d28d9 NDJSON 100 10000
expect f2ee0b770585d017 XES 100 10000
expect 1b59013756b88534 W1-zipf 1000 100000
expect 5d33902e709f6bae durable 1000 100000
expect 5d33902e709f6bae durable 1000 100000 --synchronous full
expect 9a0db05b949d200d groups 10 1000
expect firstEventSeconds restart 1000
expect 6b5047574194db9a journal 100 20000
expect failoverSeconds deployment 40 2
expect bytesBesideNameAndState idle 1000
expect nanosecondsPerEvent streams 1000 10000
expect machineNanosecondsPerEvent resequencer 10000
expect publications debouncer 100 10000
