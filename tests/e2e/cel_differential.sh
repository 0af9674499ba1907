#!/usr/bin/env bash
# Our CEL before the reference implementation with Kubernetes' libraries: both evaluate the same
# random expressions, made from a grammar with a fixed seed, and must agree. Differences that have
# a reason are listed in cel_differential/known_differences.txt.
#
#   tests/e2e/cel_differential.sh [BUILD [COUNT [SEED]]]
set -euo pipefail
cd "$(dirname "$0")/../.."

cel_eval=$(realpath "${1-build/release}/bin/cel_eval")
count=${2-20000}
seed=${3-1}
source=$PWD/tests/e2e/cel_differential
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! command -v go >/dev/null; then
  echo "go is not installed, so there is no reference"
  exit 77
fi
cp "$source"/*.go "$source/go.mod" "$work"
if ! (cd "$work" && go mod tidy) >"$work/go.log" 2>&1; then
  tail -3 "$work/go.log"
  echo "the reference cannot be had as Go modules"
  exit 77
fi
if ! (cd "$work" && go build -o differential .) >"$work/go.log" 2>&1; then
  cat "$work/go.log"
  exit 1
fi

"$work/differential" generate "$seed" "$count" >"$work/expressions"
"$cel_eval" "$source/bindings.json" <"$work/expressions" >"$work/ours"
"$work/differential" evaluate "$source/bindings.json" <"$work/expressions" >"$work/theirs"
"$work/differential" compare "$work/expressions" "$work/ours" "$work/theirs" \
  "$source/known_differences.txt"
