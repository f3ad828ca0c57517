#!/usr/bin/env bash
# Builds and fills PocketBase in a scratch folder, serves it until interrupted, and says how to name it to the bench.
# Needs curl, python3 and sqlite3.   ./peer.sh ../../shared/peers/pocketbase
set -euo pipefail
from=$1
at=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$at"' EXIT
cp "$from"/* "$at"
cd "$at"
CGO_ENABLED=0 go build -o pb .
./pb superuser upsert bench@example.org benchbench123 --dir pb_data >/dev/null
./pb serve --http 127.0.0.1:8099 --dir pb_data >/dev/null &
server=$!
until curl -sf http://127.0.0.1:8099/api/health >/dev/null; do kill -0 "$server"; sleep 0.2; done
./setup.sh >/dev/null
./setup2.sh >/dev/null
echo "-peer http://127.0.0.1:8099 -peer-token $at/tok.txt"
wait "$server"
