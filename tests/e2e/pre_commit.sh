#!/usr/bin/env bash
# The pre-commit hooks as a user meets them: the real pre-commit, a repository of manifests, one
# changed file. The hook `restorable` is built by pip from the last commit of this repository.
set -euo pipefail
cd "$(dirname "$0")/../.."

repository=$PWD
programs=$(realpath "${1-build/release}/bin")
.ci/install-packages build e2e
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
if ! "$work/venv/bin/pip" install --quiet pre-commit >"$work/pip.log" 2>&1; then
  tail -3 "$work/pip.log"
  echo "pre-commit cannot be had from PyPI"
  exit 77
fi
export PATH=$work/venv/bin:$programs:$PATH
export PRE_COMMIT_HOME=$work/cache
# That the program is built and installed is tested here, not how fast it is.
export CMAKE_ARGS=-DCMAKE_CXX_FLAGS_RELEASE=-O0

passed=0
failed=0
# Runs a hook on what is staged, and expects an exit status and words in the output (or, after a !,
# their absence).
check() {
  local name=$1 hook=$2 expected=$3 status=0 word ok=true
  shift 3
  pre-commit run "$hook" >"$work/output" 2>&1 || status=$?
  [ "$status" = "$expected" ] || ok=false
  for word; do
    case $word in
      !*) ! grep -qF -- "${word#!}" "$work/output" || ok=false ;;
      *) grep -qF -- "$word" "$work/output" || ok=false ;;
    esac
  done
  if $ok; then
    passed=$((passed + 1))
    echo "ok   $name ($hook)"
  else
    failed=$((failed + 1))
    echo "FAIL $name ($hook): exit status $status, not $expected, or not: $*"
    sed 's/^/     /' "$work/output"
    [ ! -f "$PRE_COMMIT_HOME/pre-commit.log" ] || tail -40 "$PRE_COMMIT_HOME/pre-commit.log"
  fi
}

claim() {
  printf '%s\n' "apiVersion: v1" "kind: PersistentVolumeClaim" "metadata: {name: data, namespace: shop}" \
    "spec:" "  accessModes: [ReadWriteOnce]" "  storageClassName: $1" \
    "  resources: {requests: {storage: 8Gi}}"
}

git init -q "$work/manifests"
cd "$work/manifests"
git config user.email someone@example.com
git config user.name Someone
cat >.pre-commit-config.yaml <<CONFIG
repos:
  - repo: $repository
    rev: $(git -C "$repository" rev-parse HEAD)
    hooks:
      - id: restorable
      - id: restorable-system
CONFIG
mkdir platform
cat >platform/storage.yaml <<MANIFEST
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: disk.csi.azure.com
parameters: {skuName: UltraSSD_LRS}
MANIFEST
git add .
git commit -qm "Start"

for hook in restorable-system restorable; do
  mkdir -p shop  # git takes an empty directory away
  claim fast >shop/claim.yaml
  git add shop/claim.yaml
  # The class is in another file, which did not change and is not reported on.
  check "a claim on disks that the backup skips" $hook 1 \
    AKB101 shop/claim.yaml:6 UltraSSD_LRS '!platform/storage.yaml:5:24: error'

  claim managed-csi >shop/claim.yaml
  git add shop/claim.yaml
  check "a claim that comes back" $hook 0 Passed

  printf 'a: [\n' >shop/claim.yaml
  git add shop/claim.yaml
  check "a file that is no YAML" $hook 1 "exit code: 2" shop/claim.yaml

  git rm -qf shop/claim.yaml
  echo "read me" >README
  git add README
  check "a commit without manifests" $hook 0 Skipped
  git rm -qf README
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
