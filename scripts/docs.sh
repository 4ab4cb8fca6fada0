#!/usr/bin/env bash
# Builds the documentation of the public modules into .build/docs: one archive for each, and one that joins them.
set -euo pipefail
cd "$(dirname "$0")/.."

modules=(Supervision Sharding ActorProcessing ActorProcessingFiles ActorProcessingSQLite ActorProcessingTesting)
# The compiler writes a module's symbol graph when it compiles it, so this build has a folder of its own and keeps its graphs.
scratch=.build/docs-build
graphs=$scratch/symbol-graphs
output=.build/docs

mkdir -p "$graphs"
for module in "${modules[@]}"; do
    swift build --scratch-path "$scratch" --target "$module" \
        -Xswiftc -emit-symbol-graph -Xswiftc -emit-symbol-graph-dir -Xswiftc "$PWD/$graphs"
done

rm -rf "$output"
mkdir -p "$output"
archives=()
for module in "${modules[@]}"; do
    own=$scratch/graphs-of/$module
    rm -rf "$own"
    mkdir -p "$own"
    find "$graphs" \( -name "$module.symbols.json" -o -name "$module@*.symbols.json" \) -exec cp {} "$own/" \;
    docc convert "Sources/$module/$module.docc" \
        --additional-symbol-graph-dir "$own" \
        --fallback-display-name "$module" \
        --fallback-bundle-identifier "millrace.$module" \
        --output-path "$output/$module.doccarchive" \
        --warnings-as-errors
    archives+=("$output/$module.doccarchive")
done
docc merge "${archives[@]}" --synthesized-landing-page-name Millrace --output-path "$output/Millrace.doccarchive"
printf 'Documentation: %s\n' "$output/Millrace.doccarchive"
