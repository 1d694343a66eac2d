#!/bin/bash
# Writes the secrets of the containers, each once: what is there stays.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
mkdir -p secrets
for name in clickhouse_password clickhouse_reader_password grafana_admin_password http_token; do
    [ -e "secrets/$name" ] || head -c 24 /dev/urandom | base64 | tr -d '/+=\n' > "secrets/$name"
done
chmod 644 secrets/* # the containers' users read them; the folder itself is closed
chmod 711 secrets
