#!/usr/bin/env bash
# Proves that the tests notice when a safeguard is missing: applies each patch in scripts/mutations/ to a copy of the sources, and
# runs the tests that the patch names, which then have to fail. Takes minutes for each, since all is compiled anew.
set -euo pipefail
cd "$(dirname "$0")/.."

copy=$PWD/.build/mutations
rm -rf "$copy/sources"
mkdir -p "$copy/sources"
git ls-files -z | tar --null -T - -c | tar -x -C "$copy/sources"
cd "$copy/sources"
git init -q
patches=("$@")
((${#patches[@]})) || patches=(scripts/mutations/*.patch)
missed=()
for patch in "${patches[@]}"; do
    name=$(basename "$patch" .patch)
    tests=$(sed -n 's/^tests: //p' "$patch")
    printf '== %s: %s\n' "$name" "$(head -n 1 "$patch")"
    git apply "$patch"
    swift build --build-tests --scratch-path "$copy/build" > "$copy/$name.log" 2>&1 ||
        { tail -n 20 "$copy/$name.log"; echo "$name doesn't compile: bring the patch up to date"; exit 1; }
    if MILLRACE_SEEDS="${MILLRACE_SEEDS:-50}" timeout "${MUTATION_TIMEOUT:-900}" \
        swift test --skip-build --scratch-path "$copy/build" --filter "$tests" >> "$copy/$name.log" 2>&1; then
        missed+=("$name")
        echo "not noticed"
    else
        # Without an issue it has crashed, or hasn't ended in time.
        grep -m 3 -E '✘ Test .* (recorded an issue|failed)' "$copy/$name.log" | cut -c 1-200 || tail -n 3 "$copy/$name.log"
    fi
    git apply -R "$patch"
done
if ((${#missed[@]})); then
    echo "no test notices: ${missed[*]}"
    exit 1
fi
echo "each was noticed"
