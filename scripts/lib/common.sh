# Shared by the scripts of this repository: sourced by them, never run.
# shellcheck shell=bash

# The folder of cargo's results.
target_dir() {
  echo "${CARGO_TARGET_DIR:-target}"
}

# keep_results FOLDER: cargo's results go to a folder that outlives the checkout. They must not fill the disk:
# without the states of incremental builds, which a new checkout hardly profits from, and from 16 GB on anew.
keep_results() {
  export CARGO_TARGET_DIR=$1 CARGO_INCREMENTAL=0
  rm -rf "$1"/*/incremental
  [ ! -d "$1" ] || [ "$(du -s --block-size=1G "$1" | cut -f1)" -le 16 ] || rm -rf "$1"
}

have() {
  command -v "$1" >/dev/null 2>&1
}

say() {
  printf '%s\n' "$*"
}

fail() {
  printf 'scripts/%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# need COMMAND REMEDY: ends the script where the command is missing.
need() {
  have "$1" || fail "$1 is missing. $2"
}

need_rust() {
  need cargo "Install Rust $(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml) or later with rustup."
  need cc "Install a C compiler, on Debian: apt-get install gcc libc6-dev. SQLite is compiled with it."
}

# apt_install PACKAGE…: installs Debian packages. Status 3 where this user may not.
apt_install() {
  local root=()
  [ "$(id -u)" = 0 ] || root=(sudo -n)
  if ! have apt-get || { [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; }; then
    echo "only root can install these: $*"
    return 3
  fi
  "${root[@]}" apt-get update || return
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
}

# Whether Node is there and new enough for the page.
have_node() {
  have node && have npm && [ "$(node --print 'parseInt(process.versions.node)')" -ge 20 ]
}

# Installs the page's packages where they are missing or older than the list of them.
page_packages() {
  if [ ! web/node_modules/.package-lock.json -nt web/package-lock.json ]; then
    (cd web && npm ci --no-audit --no-fund) && touch web/node_modules/.package-lock.json
  fi
}

# value_of FLAG DEFAULT ARGUMENT…: the value that the arguments give to a flag, as `--flag V` or `--flag=V`.
value_of() {
  local flag=$1 value=$2 previous='' argument
  shift 2
  for argument in "$@"; do
    [ "$previous" != "$flag" ] || value=$argument
    [ "${argument%%=*}" != "$flag" ] || [ "$argument" = "$flag" ] || value=${argument#*=}
    previous=$argument
  done
  printf '%s\n' "$value"
}

# first_start YIZHAN ARGUMENT…: loads the demonstration where the data folder has no database yet. Whoever
# names a database or a settings file has a registry of their own in mind.
first_start() {
  local yizhan=$1 data
  shift
  [ -z "${DATABASE_URL:-}$(value_of --database-url '' "$@")$(value_of --config '' "$@")" ] || return 0
  data=$(value_of --data "${YIZHAN__STORAGE__DATA:-./var}" "$@")
  [ ! -e "$data/yizhan.db" ] || return 0
  say "No database in $data yet: loading the demonstration, invented stations that say so of themselves."
  if ! "$yizhan" demo --data "$data"; then
    rm -f "$data"/yizhan.db{,-wal,-shm}
    fail "the demonstration could not be loaded"
  fi
}
