#!/usr/bin/env bash
# Our SARIF before the validator that its authors publish, with the rules of GitHub's code scanning:
# no error and no warning.
set -euo pipefail
cd "$(dirname "$0")/../.."

restorable=$(realpath "${1-build/release}/bin/restorable")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! command -v npm >/dev/null; then
  echo "npm is not installed, so there is no validator"
  exit 77
fi
if ! npm install --silent --no-audit --no-fund --prefix "$work" @microsoft/sarif-multitool-linux \
  >"$work/npm.log" 2>&1; then
  tail -3 "$work/npm.log"
  echo "the validator cannot be had from npm"
  exit 77
fi
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
validator=$work/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool

passed=0
failed=0
validate() {
  local name=$1 file=$2 status=0
  "$validator" validate --rule-kind 'Sarif;Ghas' --output "$work/verdict.sarif" "$file" \
    >"$work/output" 2>&1 || status=$?
  rm -f "$work/verdict.sarif"
  if [ "$status" = 0 ] && ! grep -E ': (error|warning) ' "$work/output"; then
    passed=$((passed + 1))
    echo "ok   $name"
  else
    failed=$((failed + 1))
    echo "FAIL $name (exit status $status)"
    tail -20 "$work/output"
  fi
}

# What a scan writes of all sorts of input: findings, chains of origins, suppressions, broken files.
scan() {
  local name=$1 status=0
  shift
  "$restorable" scan --format "sarif:$work/$name.sarif" --show-undetermined "$@" || status=$?
  if [ "$status" = 2 ] && [ ! -s "$work/$name.sarif" ]; then
    failed=$((failed + 1))
    echo "FAIL $name: nothing was written"
    return
  fi
  validate "$name" "$work/$name.sarif"
}
scan kubernetes testdata/kubernetes
scan one-finding testdata/kubernetes/unsupported_class
scan no-finding testdata/kubernetes/supported
scan missing-file "$work/gone.yaml"

# What the goldens of the format hold, hostile text included.
for golden in testdata/report/*.sarif; do
  cp "$golden" "$work/golden.sarif"
  validate "$(basename "$golden")" "$work/golden.sarif"
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
