#!/usr/bin/env bash
# A PostgreSQL of its own for one run of the tests: starts it in a temporary folder, prints its DSN on one line, and
# stops and removes it when standard input ends. So it cannot outlive the program that holds the other end of the pipe,
# however that program dies.
#
# By socket (in a folder only its owner can enter) anyone who gets there is trusted; over loopback a random password
# is asked. Nothing is written through to the disk: a crash loses the data, and nobody will miss them.
set -euo pipefail

initdb=$(find /usr/lib/postgresql -name initdb 2>/dev/null | sort -V | tail -n 1 || true) # where Debian keeps it
initdb=${initdb:-$(command -v initdb)} || { echo "PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }
bin=$(dirname "$initdb")
cd /
dir=$(mktemp -d /tmp/palermo-postgres.XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then # postgres refuses to run as root
	chown postgres "$dir"
	as=(runuser -u postgres --)
fi
stop() {
	"${as[@]}" "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
	rm -rf "$dir"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
"${as[@]}" sh -c 'umask 077; cat >"$0"' "$dir/password" <<<"$password"
"${as[@]}" "$bin/initdb" -D "$dir/data" -U postgres -E UTF8 --locale=C --no-sync \
	--auth-local=trust --auth-host=scram-sha-256 --pwfile="$dir/password" >/dev/null

for _ in 1 2 3 4 5; do # the port may be taken between choosing and using it
	port=$((20000 + RANDOM % 12000))
	if "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -o "-p $port -k $dir -c listen_addresses=127.0.0.1 \
		-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" start >/dev/null 2>&1
	then
		echo "postgres://postgres:$password@127.0.0.1:$port/postgres?sslmode=disable"
		read -r _ || true # until whoever started us is gone
		exit 0
	fi
done
cat "$dir/log" >&2
exit 1
