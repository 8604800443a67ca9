#!/usr/bin/env bash
# Umbral beside umbral-pre 0.10.0 (WASM, in Node), in turns in one run; prints medians and how many times faster we are.
#   bench/compare.sh [--backend scalar|lanes] [--json]
# Needs Node with npm for the other side, which it installs into the ignored artifacts folder.
set -euo pipefail
cd "$(dirname "$0")/.."

backend=lanes
json=
while [ $# -gt 0 ]; do
  case "$1" in
    --backend) backend=${2:-}; shift 2 ;;
    --json) json=--json; shift ;;
    *) echo "usage: bench/compare.sh [--backend scalar|lanes] [--json]" >&2; exit 2 ;;
  esac
done
case "$backend" in
  scalar | lanes) ;;
  *) echo "compare.sh: the backend is scalar or lanes, not '$backend'" >&2; exit 2 ;;
esac

modules=$PWD/artifacts/umbral-pre
if [ ! -d "$modules/node_modules/@nucypher/umbral-pre" ]; then
  mkdir -p "$modules"
  npm install --prefix "$modules" --no-audit --no-fund --silent @nucypher/umbral-pre@0.10.0 >&2
fi
dotnet build bench/Benchmarks -c Release -v quiet --nologo >&2
exec dotnet artifacts/bin/Benchmarks/release/NuCypher.P2P.Benchmarks.dll \
  umbral-compare "$PWD/bench/umbral-pre.mjs" "$modules" "$backend" $json
