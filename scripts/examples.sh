#!/usr/bin/env bash
# Builds each package in Examples/ and runs its executables, which have to end by themselves.
#
# The packages share one scratch folder: what they all depend on is compiled once.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$PWD/.build/examples
shopt -s nullglob
for manifest in Examples/*/Package.swift; do
    example=$(dirname "$manifest")
    printf '== %s\n' "$example"
    swift build --package-path "$example" --scratch-path "$scratch"
    binaries=$(swift build --package-path "$example" --scratch-path "$scratch" --show-bin-path)
    executables=$(swift package --package-path "$example" --scratch-path "$scratch" describe |
        awk '/^ *Name: / { name = $2 } /^ *Executable/ { print name }')
    for executable in $executables; do
        (cd "$example" && timeout "${EXAMPLE_TIMEOUT:-120}" "$binaries/$executable")
    done
done
