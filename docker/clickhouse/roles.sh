#!/bin/bash
# The user Grafana reads with: views alone, nothing written, thirty seconds a question. Roles are made by the set-up.
set -euo pipefail
password=$(cat /run/secrets/clickhouse_reader_password)
clickhouse client --user "$CLICKHOUSE_USER" --password "$(cat /run/secrets/clickhouse_password)" --multiquery <<SQL
CREATE USER IF NOT EXISTS grafana IDENTIFIED WITH sha256_password BY '${password//\'/\\\'}';
SQL
