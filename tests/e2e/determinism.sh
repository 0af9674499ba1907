#!/usr/bin/env bash
# The same tree gives the same bytes, whatever the number of threads, the order in which the file
# system lists it, and the order of the arguments.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=$(realpath "${1-build/release}/bin/restorable")
# The order of a directory on tmpfs is that in which its entries were made.
work=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)")
trap 'rm -rf "$work"' EXIT

passed=0
failed=0
same() {
  if cmp -s "$1" "$2"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAIL $3"
    diff "$1" "$2" | head -10 || true
  fi
}

# Real manifests, every example of the rules, and files that cannot be read.
tests/bench/manifests.py 400 "$work/source/manifests"
cp -r testdata "$work/source/"
cp -r rules "$work/source/"
printf 'a: [\n' >"$work/source/broken.yaml"
printf 'a: \xff\n' >"$work/source/bytes.yaml"

# The same files at the same path, made in another order.
make_tree() {
  rm -rf "$work/tree"
  mkdir "$work/tree"
  (cd "$work/source" && find . -type f | sort |
    shuf --random-source=<(yes "$1")) | while read -r file; do
    mkdir -p "$work/tree/$(dirname "$file")"
    cp "$work/source/$file" "$work/tree/$file"
  done
}

scan() {
  local output=$1
  shift
  (cd "$work/tree" && "$program" scan --show-undetermined --show-suppressed --verbose "$@") \
    >"$output" 2>"$output.errors" || [ $? -le 2 ]
}

formats=$("$program" scan --help | sed -n 's/.*--format *\([a-z|-]*\).*/\1/p' | tr '|' ' ')
[ -n "$formats" ] || { echo "no formats in the help page"; exit 1; }

make_tree 1
for format in $formats; do
  scan "$work/expected.$format" --format "$format" --threads 1 .
  for threads in 1 2 3 4 8 16; do
    scan "$work/actual" --format "$format" --threads "$threads" .
    same "$work/expected.$format" "$work/actual" "$format with $threads threads"
  done
done

scan "$work/expected" --format json manifests testdata broken.yaml
scan "$work/actual" --format json broken.yaml testdata manifests
same "$work/expected" "$work/actual" "arguments in another order"
scan "$work/actual" --format json manifests testdata ./broken.yaml testdata/demo
same "$work/expected" "$work/actual" "arguments that overlap"
for _ in $(seq 20); do
  scan "$work/actual" --format json manifests testdata broken.yaml
  same "$work/expected" "$work/actual" "twenty runs"
done

for seed in 2 3; do
  make_tree $seed
  for format in $formats; do
    scan "$work/actual" --format "$format" .
    same "$work/expected.$format" "$work/actual" "$format, directories made in another order"
  done
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
