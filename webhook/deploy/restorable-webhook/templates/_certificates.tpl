{{/*
The authority and certificate that Helm makes, as JSON: {certificate, key, ca, previous, expires}, all
in base64 but the last, in seconds since 1970. What an earlier release made is kept until 30 days
before its end; then a new authority is made, and the old one stays trusted beside it until all
replicas serve the new certificate. Made once for each rendering.
*/}}
{{- define "webhook.selfSigned" -}}
{{- if not (hasKey .Values.certificates "made") -}}
{{- $name := include "webhook.name" . -}}
{{- if not (lookup "v1" "Namespace" "" "kube-system") -}}
{{- fail "certificates.mode self-signed makes a new certificate at each rendering without a cluster (helm template, GitOps): use cert-manager or existing" -}}
{{- end -}}
{{- $days := 365 -}}
{{- $now := now | unixEpoch | int64 -}}
{{- $old := lookup "v1" "Secret" .Release.Namespace (printf "%s-tls" $name) -}}
{{- $expires := 0 -}}
{{- if $old -}}
{{- $expires = get ($old.metadata.annotations | default dict) "restorable.dev/expires" | default "0" | int64 -}}
{{- end -}}
{{- if gt $expires (add $now (mul 30 86400)) -}}
{{- $_ := set .Values.certificates "made" (dict "certificate" (get $old.data "tls.crt") "key" (get $old.data "tls.key") "ca" (get $old.data "ca.crt") "previous" (get $old.data "previous-ca.crt") "expires" (toString $expires)) -}}
{{- else -}}
{{- $host := printf "%s.%s.svc" $name .Release.Namespace -}}
{{- $ca := genCAWithKey (printf "%s-ca" $name) $days (genPrivateKey "ecdsa") -}}
{{- $leaf := genSignedCertWithKey $host nil (list $host (printf "%s.cluster.local" $host)) $days $ca (genPrivateKey "ecdsa") -}}
{{- $previous := "" -}}
{{- if $old -}}{{- $previous = get $old.data "ca.crt" -}}{{- end -}}
{{- $_ := set .Values.certificates "made" (dict "certificate" ($leaf.Cert | b64enc) "key" ($leaf.Key | b64enc) "ca" ($ca.Cert | b64enc) "previous" $previous "expires" (toString (add $now (mul $days 86400)))) -}}
{{- end -}}
{{- end -}}
{{- toJson .Values.certificates.made -}}
{{- end -}}

{{/* The authorities that the API server trusts, in base64; empty where cert-manager fills them in. */}}
{{- define "webhook.caBundle" -}}
{{- if eq .Values.certificates.mode "existing" -}}
{{- required "certificates.existing.caBundle is the authority that the API server trusts, base64 of PEM" .Values.certificates.existing.caBundle -}}
{{- else if eq .Values.certificates.mode "self-signed" -}}
{{- $made := include "webhook.selfSigned" . | fromJson -}}
{{- printf "%s%s" ($made.ca | b64dec) ($made.previous | default "" | b64dec) | b64enc -}}
{{- end -}}
{{- end -}}
