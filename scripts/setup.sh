#!/usr/bin/env bash
# Installs what Bilik needs and this machine lacks, and says what and why.
#   scripts/setup.sh run    to build and run it
#   scripts/setup.sh test   also for the tests
# Exit status: 0 all is there, 2 wrong usage, 3 something must be installed by hand.
set -euo pipefail

least_rust=89
least_node=18
cluster_settings=/etc/postgresql-common/createcluster.d

packages=()
by_hand=()

main() {
    case "${1:-}" in
        run | test) ;;
        *) echo "usage: scripts/setup.sh run|test" >&2; exit 2 ;;
    esac
    look_for_rust
    look_for_compiler
    look_for_postgres
    look_for_node "$1"
    if [ "$1" = test ]; then look_for_browser; fi
    if [ ${#packages[@]} -gt 0 ]; then install_packages "$1"; fi
    finish
}

look_for_rust() {
    local minor
    minor=$({ cargo --version 2>/dev/null || true; } | sed -n 's/^cargo 1\.\([0-9]*\)\..*/\1/p')
    if [ "${minor:-0}" -lt "$least_rust" ]; then
        missing_by_hand "Rust 1.$least_rust or newer, to build the program: see https://rustup.rs (or: rustup update stable)"
    fi
}

look_for_compiler() {
    has cc || missing build-essential "a C compiler and linker, which Rust needs"
}

# Only the programs are needed: Bilik runs its own server. With an address of another one, not even those.
look_for_postgres() {
    if [ -z "${BILIK_DATABASE_URL:-}" ] && ! has_postgres; then
        missing postgresql "the database server that Bilik runs privately"
    fi
}

has_postgres() {
    [ -x "${BILIK_POSTGRES_BIN:-}/postgres" ] && return
    local program
    for program in /usr/lib/postgresql/*/bin/postgres "$(pg_config --bindir 2>/dev/null || true)/postgres"; do
        [ -x "$program" ] && return
    done
    return 1
}

look_for_node() {
    if ! has node; then
        missing nodejs "builds the styles, scripts and fonts of the pages"
    elif [ "$(node_version)" -lt "$least_node" ]; then
        old_node "$1"
    fi
    has npm || missing npm "fetches the packages for that build"
}

node_version() {
    node --version | sed 's/^v\([0-9]*\)\..*/\1/'
}

# Without a new Node the program still builds, with plainer pages; the browser tests cannot do without.
old_node() {
    local way="Node $least_node or newer instead of $(node --version): see https://nodejs.org"
    if [ "$1" = test ]; then
        missing_by_hand "$way"
    else
        echo "Bilik is built with plain pages: for the full ones it needs $way"
    fi
}

look_for_browser() {
    local name
    [ -x "${BILIK_CHROMIUM:-}" ] && return
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        has "$name" && return
    done
    missing chromium "the browser that the tests drive"
    missing fonts-liberation "letters for that browser"
}

has() {
    command -v "$1" >/dev/null 2>&1
}

missing() {
    packages+=("$1")
    echo "Missing: $1 ($2)"
}

missing_by_hand() {
    by_hand+=("$1")
}

is_among_packages() {
    case " ${packages[*]} " in
        *" $1 "*) return 0 ;;
        *) return 1 ;;
    esac
}

install_packages() {
    if ! has apt-get; then
        missing_by_hand "the packages named above, under the names your system gives them"
        return
    fi
    if [ "$(id -u)" -ne 0 ] && ! has sudo; then
        missing_by_hand "as root: apt-get install ${packages[*]}"
        return
    fi
    echo "Installing: ${packages[*]}"
    as_root apt-get update -q || echo "The list of packages could not be renewed; going on with the old one."
    forbid_system_cluster
    trap allow_system_cluster EXIT
    leave_out_what_is_not_offered
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}"; then
        missing_by_hand "the packages named above: apt-get could not install them"
    fi
    hash -r
    if is_among_packages nodejs && has node && [ "$(node_version)" -lt "$least_node" ]; then old_node "$1"; fi
}

# Ubuntu has Chromium only as a snap.
leave_out_what_is_not_offered() {
    local name kept=()
    for name in "${packages[@]}"; do
        if [ "$name" = chromium ] && ! apt-cache show chromium >/dev/null 2>&1; then
            install_snap
        else
            kept+=("$name")
        fi
    done
    packages=("${kept[@]}")
}

install_snap() {
    if ! has snap || ! as_root snap install chromium; then
        missing_by_hand "Chromium or Google Chrome, to run the browser tests"
    fi
}

# The package would otherwise create and start a database server of the whole system, which nobody asked for.
forbid_system_cluster() {
    is_among_packages postgresql || return 0
    as_root mkdir -p "$cluster_settings"
    echo "create_main_cluster = false" | as_root tee "$cluster_settings/bilik.conf" >/dev/null
}

allow_system_cluster() {
    if [ -e "$cluster_settings/bilik.conf" ]; then
        as_root rm -f "$cluster_settings/bilik.conf"
    fi
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

finish() {
    if [ ${#by_hand[@]} -eq 0 ]; then return; fi
    echo "Please install by hand:" >&2
    printf '  - %s\n' "${by_hand[@]}" >&2
    exit 3
}

main "$@"
