{{- define "webhook.name" -}}
{{- $release := .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- if contains "restorable-webhook" $release -}}{{ $release }}
{{- else if hasSuffix "restorable" $release -}}{{ $release }}-webhook
{{- else -}}{{ $release }}-restorable-webhook
{{- end -}}
{{- end -}}

{{- define "webhook.selector" -}}
app.kubernetes.io/name: restorable-webhook
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "webhook.labels" -}}
{{ include "webhook.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* Not the webhook's name: its Service must not find pods of an audit. */}}
{{- define "webhook.auditSelector" -}}
app.kubernetes.io/name: restorable-audit
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "webhook.auditLabels" -}}
{{ include "webhook.auditSelector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "webhook.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "webhook.secret" -}}
{{- if eq .Values.certificates.mode "existing" -}}
{{ required "certificates.existing.secretName names the secret with tls.crt and tls.key" .Values.certificates.existing.secretName }}
{{- else -}}
{{ include "webhook.name" . }}-tls
{{- end -}}
{{- end -}}

{{/* A failing webhook that refuses must be hard to lose. */}}
{{- define "webhook.demands" -}}
{{- if eq .Values.webhook.failurePolicy "Fail" -}}
{{- $least := ternary .Values.autoscaling.minReplicas .Values.replicas .Values.autoscaling.enabled -}}
{{- if lt (int $least) 2 -}}
{{- fail "webhook.failurePolicy Fail needs at least 2 replicas: while the only one restarts, nobody can create a volume" -}}
{{- end -}}
{{- if not .Values.podDisruptionBudget -}}
{{- fail "webhook.failurePolicy Fail needs podDisruptionBudget: draining nodes must not take all replicas at once" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "webhook.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "webhook.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}
