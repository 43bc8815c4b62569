#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own, made for it and gone with it:
#
#   scripts/with-postgres.sh cargo nextest run
#
# The command finds the server in INNESTO_TEST_POSTGRES_URL. Where that is set already, the command is all that runs.
# The exit code is the command's; 69 if there is no PostgreSQL here, or it will not start.
set -euo pipefail

[[ $# -gt 0 ]] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 64; }
[[ -z ${INNESTO_TEST_POSTGRES_URL:-} ]] || exec "$@"

fail() { echo "with-postgres: $*" >&2; exit 69; }

# Debian keeps the server's programs off the PATH, one folder a version: take the newest.
bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
[[ -x $bin/initdb ]] || bin=$(dirname "$(command -v initdb || true)")
[[ -x $bin/initdb ]] || fail "no PostgreSQL server found; install it with: apt-get install postgresql"

# PostgreSQL refuses to run as root, so root borrows the user that the package made.
as_owner=()
if [[ $EUID -eq 0 ]]; then
  id postgres >/dev/null 2>&1 || fail "run as root, but there is no user postgres to run the server as"
  as_owner=(runuser -u postgres --)
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/innesto-pg.XXXXXX")
child=
watchdog=

pg_ctl() { (cd "$dir" && "${as_owner[@]}" "$bin/pg_ctl" --pgdata "$dir/data" --silent "$@"); }

clean_up() {
  if [[ -e $dir/data/postmaster.pid ]]; then pg_ctl stop --mode immediate >/dev/null 2>&1 || true; fi
  rm -rf "$dir"
}
on_exit() {
  trap '' HUP INT TERM
  if [[ -n $child ]] && kill -0 "$child" 2>/dev/null; then kill -TERM "$child"; wait "$child" || true; fi
  [[ -z $watchdog ]] || kill "$watchdog" 2>/dev/null || true
  clean_up
}
trap on_exit EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

[[ $EUID -ne 0 ]] || chown postgres "$dir"
(cd "$dir" && "${as_owner[@]}" "$bin/initdb" --pgdata data --username postgres --auth trust \
  --encoding UTF8 --locale C.UTF-8 --no-sync >initdb.log 2>&1) || { cat "$dir/initdb.log" >&2; fail "initdb failed"; }

# Nothing here outlives the command, so nothing is worth a sync; and 300 connections, for tests that run side by side.
settings=(fsync=off synchronous_commit=off full_page_writes=off wal_level=minimal max_wal_senders=0 autovacuum=off jit=off
  max_connections=300 listen_addresses=127.0.0.1 unix_socket_directories="$dir" log_min_messages=fatal)
printf '%s\n' "${settings[@]}" | sed "s/=\(.*\)/ = '\1'/" >>"$dir/data/postgresql.conf"

# Below the ports that Linux hands out by itself (32768 and up); another one if this one is taken.
for attempt in {1..20}; do
  port=$((20000 + RANDOM % 12000))
  if pg_ctl start --wait --timeout 60 --log "$dir/server.log" --options "-p $port" >/dev/null 2>&1; then break; fi
  [[ $attempt -lt 20 ]] || { cat "$dir/server.log" >&2; fail "the server does not start"; }
done

# No trap sees a kill -9: this one looks whether we are still there.
(trap - EXIT; while kill -0 $$ 2>/dev/null; do sleep 2; done; clean_up) </dev/null >/dev/null 2>&1 &
watchdog=$!

export INNESTO_TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
# In the background, so that a signal is answered at once and not after the command.
"$@" <&0 &
child=$!
code=0
wait "$child" || code=$?
child=
exit "$code"
