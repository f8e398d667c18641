# Steps of scripts/test: timed, logged, the first failure ends all, and a closing line sums the tests.
# shellcheck shell=bash

logs=$(mktemp -d)
started=$SECONDS
cleanups=()
trap 'closing $?' EXIT

# step NAME COMMAND…: runs it with its output kept, and shows that output only where it failed. In a function
# that is such a command, `set -e` has no force: what may fail there says `|| return`.
step() {
  local name=$1 log="$logs/$1.log" start=$SECONDS
  shift
  if "$@" >"$log" 2>&1; then
    printf '%-16s %4d s   %s\n' "$name" $((SECONDS - start)) "$(counts "$log")"
    # What a test says of a part of itself that it could not run.
    sed -nE 's/^ *(skipped: .*)/\1/p' "$log" | sort -u | tee -a "$logs/skipped"
  else
    cat "$log"
    printf 'FAILED: %s after %d s; its output stands above\n' "$name" $((SECONDS - start))
    exit 1
  fi
}

# join PID: waits for steps that run beside these, and ends where one of them failed.
join() {
  wait "$1" || exit 1
}

# skip WHAT WHY: a part that cannot run here; a failure where nothing may be skipped.
skip() {
  skip_always "$@"
  if [ "${YIZHAN_NO_SKIP:-}" = 1 ]; then
    printf 'FAILED: %s may not be skipped\n' "$1"
    exit 1
  fi
}

# skip_always WHAT WHY: a part that nobody has to have.
skip_always() {
  printf 'skipped: %s (%s)\n' "$1" "$2" | tee -a "$logs/skipped"
}

# at_end COMMAND…: one command to run when the script ends, in whatever way.
at_end() {
  cleanups+=("$(printf '%q ' "$@")")
}

# sum WORD LOG…: the tests that the runners say have passed or failed: nextest and cargo test
# ("3 passed"), vitest ("Tests  3 passed"), node ("pass 3"). Nextest indents what its tests say themselves.
sum() {
  local word=$1 node=$2
  shift 2
  sed -E 's/\x1b\[[0-9;]*m//g' "$@" 2>/dev/null |
    sed -nE "/^( *Summary| *Tests |test result:)/s/.*[^0-9]([0-9]+) $word.*/\1/p; s/^[^a-z0-9]* ?$node ([0-9]+)$/\1/p" |
    awk '{ total += $1 } END { print total + 0 }'
}

counts() {
  local passed failed
  passed=$(sum passed pass "$1") failed=$(sum failed fail "$1")
  [ "$passed$failed" = 00 ] || echo "$passed passed, $failed failed"
}

closing() {
  local status=$1 cleanup
  set +e
  for cleanup in "${cleanups[@]}"; do eval "$cleanup"; done
  # What runs beside has nothing left to say once a step failed.
  jobs -p | xargs --no-run-if-empty kill 2>/dev/null
  [ ! -s "$logs/skipped" ] || cat "$logs/skipped"
  printf '%d s in all\n' $((SECONDS - started))
  printf '%d passed, %d failed\n' "$(sum passed pass "$logs"/*.log)" "$(sum failed fail "$logs"/*.log)"
  rm -rf "$logs"
  exit "$status"
}
