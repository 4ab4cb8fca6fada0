#!/usr/bin/env bash
# Checks the toolchain and installs the Debian packages that the build needs. Does nothing when all is there.
set -euo pipefail

# Debian packages of the libraries that the adapters link against.
packages=(libsimdjson-dev libsqlite3-dev libxml2-dev)

minimum_major=6
minimum_minor=2

fail() {
    printf 'setup: %s\n' "$*" >&2
    exit 1
}

check_swift() {
    command -v swift >/dev/null ||
        fail "no swift on the PATH; install Swift $minimum_major.$minimum_minor or newer: https://www.swift.org/install/linux/"
    local banner
    banner=$(swift --version 2>&1)
    [[ $banner =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]] ||
        fail "can't read a version from 'swift --version', which says: $banner"
    local major=${BASH_REMATCH[1]} minor=${BASH_REMATCH[2]}
    if ((major < minimum_major || (major == minimum_major && minor < minimum_minor))); then
        fail "Swift $major.$minor is too old; $minimum_major.$minimum_minor or newer is needed: https://www.swift.org/install/linux/"
    fi
}

is_installed() {
    [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

install_packages() {
    ((${#packages[@]})) || return 0
    command -v dpkg-query >/dev/null ||
        { printf 'setup: not a Debian system; make sure that it has what these packages hold: %s\n' "${packages[*]}" >&2; return 0; }

    local missing=() package
    for package in "${packages[@]}"; do
        is_installed "$package" || missing+=("$package")
    done
    ((${#missing[@]})) || return 0

    local as_root=()
    if ((EUID != 0)); then
        sudo -n true 2>/dev/null || fail "these packages are missing, and installing them needs root: sudo apt-get install ${missing[*]}"
        as_root=(sudo -n)
    fi
    printf 'setup: installing %s\n' "${missing[*]}"
    "${as_root[@]}" apt-get update -qq || printf 'setup: apt-get update failed; going on with the lists that are there\n' >&2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" ||
        fail "apt-get could not install: ${missing[*]}"
}

check_swift
install_packages
