#!/usr/bin/env bash
# `scan --render` with the real helm and kustomize: what they fill in is judged, at the line of the
# template or manifest that it comes from. They are taken from PATH, else made from Go modules.
#
#   tests/e2e/render.sh [BUILD]
set -uo pipefail
cd "$(dirname "$0")/../.."

restorable=$(realpath "${1-build/release}/bin/restorable")
tools=$PWD/build/e2e-tools
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH=$PATH:$tools

have() {
  local name=$1 module=$2
  command -v "$name" >/dev/null && return
  command -v go >/dev/null || return 1
  GOBIN=$tools go install "$module" >"$work/go.log" 2>&1
}
have kustomize sigs.k8s.io/kustomize/kustomize/v5@v5.4.3 && have helm helm.sh/helm/v3/cmd/helm@v3.18.4 || {
  tail -3 "$work/go.log" 2>/dev/null
  echo "helm or kustomize is not installed and cannot be had as Go modules"
  exit 77
}

passed=0
failed=0
check() {
  local name=$1 expected=$2 actual=$3
  if [ "$expected" = "$actual" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n--- expected\n%s\n--- actual\n%s\n' "$name" "$expected" "$actual"
  fi
}

# "file:line:column rule verdict", one line a finding.
findings() {
  (cd "$1" && shift && "$restorable" scan --format json "$@") | python3 -c '
import json, sys
for f in json.load(sys.stdin)["findings"]:
    l = f["location"]
    print(l["file"] + ":" + str(l["line"]), f["rule"], f["verdict"])' | sort
}

chart=$work/helm/chart
mkdir -p "$chart/templates"
cat >"$chart/Chart.yaml" <<'EOF'
apiVersion: v2
name: shop
version: 1.0.0
EOF
cat >"$chart/values.yaml" <<'EOF'
sku: UltraSSD_LRS
claims: [orders, media]
EOF
cat >"$chart/templates/class.yaml" <<'EOF'
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: {{ .Release.Name }}-fast
provisioner: disk.csi.azure.com
parameters:
  skuName: {{ .Values.sku }}
EOF
cat >"$chart/templates/claims.yaml" <<'EOF'
{{- range .Values.claims }}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ . }}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: {{ $.Release.Name }}-fast
  resources: {requests: {storage: 8Gi}}
{{- end }}
EOF

check "helm: the template's line, and one finding for each claim" \
  "chart/templates/class.yaml:7 AKB101 violated
chart/templates/claims.yaml:9 AKB101 violated
chart/templates/claims.yaml:9 AKB101 violated" \
  "$(findings "$work/helm" --render . | grep AKB101 | sort -r | sed 's/^\(.*class.*\)$/0\1/' | sort | sed 's/^0//')"
check "helm: unrendered, nothing is guessed" \
  "" "$(findings "$work/helm" . | grep violated)"

echo '{{ fail "not today" }}' >"$chart/templates/broken.yaml"
output=$(cd "$work/helm" && "$restorable" scan --render . 2>&1)
check "helm: a chart that fails is an error" 2 $?
check "helm: and says why" 1 "$(grep -c 'helm template. failed on .chart' <<<"$output")"

mkdir -p "$work/kustomize/base" "$work/kustomize/overlay"
cat >"$work/kustomize/base/class.yaml" <<'EOF'
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: disk.csi.azure.com
parameters:
  skuName: Premium_LRS
EOF
echo 'resources: [class.yaml]' >"$work/kustomize/base/kustomization.yaml"
cat >"$work/kustomize/overlay/kustomization.yaml" <<'EOF'
resources: [../base]
patches:
  - target: {kind: StorageClass}
    patch: |
      - {op: replace, path: /parameters/skuName, value: UltraSSD_LRS}
EOF
check "kustomize: what a patch makes of a class" 1 \
  "$(findings "$work/kustomize" --render . | grep -c 'AKB101 violated')"
check "kustomize: the files alone are fine" 0 \
  "$(findings "$work/kustomize" . | grep -c violated)"

output=$(cd "$work/kustomize" && PATH=/nowhere "$restorable" scan --render . 2>&1)
check "a missing program is an error" 2 $?
check "and is named" 1 "$(grep -c 'kustomize. is not installed' <<<"$output")"

echo "$passed passed, $failed failed"
[ $failed = 0 ]
