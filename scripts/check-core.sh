#!/usr/bin/env bash
# The core modules import no Foundation but FoundationEssentials, and take time, randomness and executors from outside:
# a simulated run could not be repeated if they asked the system.
set -euo pipefail
cd "$(dirname "$0")/.."

find Sources/Supervision Sources/Sharding Sources/ActorProcessing -name '*.swift' -print0 | sort -z | xargs -0 awk '
    function report(rule) {
        printf "%s:%d: error: %s\n", FILENAME, FNR, rule
        found = 1
    }
    {
        code = $0
        sub(/\/\/.*/, "", code)
    }
    code ~ /(^|[[:space:]])import[[:space:]]+((struct|class|enum|protocol|typealias|func|let|var)[[:space:]]+)?Foundation/ &&
        code !~ /FoundationEssentials/ { report("core modules import no Foundation (FoundationEssentials is allowed)") }
    code ~ /Task(<[^>]*>)?\.sleep/ { report("no Task.sleep: wait on the injected clock") }
    code ~ /Task(<[^>]*>)?\.yield/ { report("no Task.yield: hand over through the own queues") }
    code ~ /(^|[^[:alnum:]_])Date(\(\)|\.now|\.init\(\))/ { report("no system date: take the time from the injected clock") }
    code ~ /\.(random|randomElement|shuffle|shuffled)\(/ && code !~ /using:/ {
        report("no system randomness: pass the injected generator with `using:`")
    }
    code ~ /SystemRandomNumberGenerator/ { report("no system randomness: take the injected generator") }
    END { exit found }
'
