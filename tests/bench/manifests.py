#!/usr/bin/env python3
"""Writes Kubernetes manifests of the sizes and shapes that real repositories have.

    tests/bench/manifests.py FILES DIRECTORY

The same arguments give the same bytes. One file in eight holds an object with storage; about one
claim in twelve is on disks that the backup skips.
"""

import random
import sys
from pathlib import Path

TEAMS = ["billing", "catalog", "checkout", "identity", "media", "orders", "search", "shipping"]
CLASSES = ["managed-csi"] * 5 + ["managed-csi-premium"] * 3 + ["default"] * 2
CLASSES += ["azurefile-csi", "managed-csi-premium-v2"]


def labels(app, indent):
    pairs = [
        f"app.kubernetes.io/name: {app}",
        "app.kubernetes.io/component: server",
        "app.kubernetes.io/managed-by: kustomize",
    ]
    return "".join(f"{' ' * indent}{pair}\n" for pair in pairs)


def metadata(app, team):
    return f"metadata:\n  name: {app}\n  namespace: {team}\n  labels:\n{labels(app, 4)}"


def container(rng, app, mounts):
    port = rng.choice([3000, 8080, 8443, 9000])
    env = "".join(
        f"            - name: {app.upper().replace('-', '_')}_{key}\n"
        f"              valueFrom: {{secretKeyRef: {{name: {app}, key: {key.lower()}}}}}\n"
        if rng.random() < 0.4
        else f'            - name: {key}\n              value: "{rng.randrange(10**6)}"\n'
        for key in rng.sample(
            ["LOG_LEVEL", "CACHE_TTL", "DB_HOST", "DB_USER", "QUEUE", "REGION", "SENTRY_DSN", "WORKERS"],
            rng.randrange(2, 7),
        )
    )
    return f"""      containers:
        - name: {app}
          image: registry.example/{app}:{rng.randrange(1, 9)}.{rng.randrange(40)}.{rng.randrange(9)}
          imagePullPolicy: IfNotPresent
          args: ["--port", "{port}", "--graceful-shutdown", "30s"]
          ports:
            - name: http
              containerPort: {port}
          env:
{env}          resources:
            requests: {{cpu: {rng.choice([50, 100, 250])}m, memory: {rng.choice([64, 128, 512])}Mi}}
            limits:
              memory: {rng.choice([256, 512, 1024])}Mi
          # The start takes long while caches are cold.
          startupProbe: &probe
            httpGet: {{path: /healthz, port: http}}
            failureThreshold: 30
          readinessProbe:
            <<: *probe
            periodSeconds: 10
{mounts}"""


def pod_template(rng, app, mounts="", volumes=""):
    return f"""  template:
    metadata:
      annotations:
        prometheus.io/scrape: "true"
        checksum/config: {rng.getrandbits(256):064x}
      labels:
{labels(app, 8)}    spec:
      serviceAccountName: {app}
      securityContext: {{runAsNonRoot: true, fsGroup: 2000}}
{container(rng, app, mounts)}{volumes}"""


def deployment(rng, app, team):
    return f"""apiVersion: apps/v1
kind: Deployment
{metadata(app, team)}spec:
  replicas: {rng.randrange(1, 6)}
  selector:
    matchLabels:
      app.kubernetes.io/name: {app}
{pod_template(rng, app)}"""


def service(rng, app, team):
    return f"""apiVersion: v1
kind: Service
{metadata(app, team)}spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: {app}
  ports:
    - {{name: http, port: 80, targetPort: http}}
"""


def config_map(rng, app, team):
    lines = "".join(
        f"    {rng.choice(['server', 'cache', 'queue', 'auth'])}.{rng.choice(['host', 'ttl', 'limit'])}"
        f".{i} = {rng.getrandbits(64):x}\n"
        for i in range(rng.randrange(10, 60))
    )
    return f"""apiVersion: v1
kind: ConfigMap
{metadata(app, team)}data:
  LOG_FORMAT: json
  application.properties: |
    # Written by hand; see the runbook before changing the limits.
{lines}"""


def ingress(rng, app, team):
    return f"""apiVersion: networking.k8s.io/v1
kind: Ingress
{metadata(app, team)}  annotations:
    cert-manager.io/cluster-issuer: letsencrypt
spec:
  ingressClassName: nginx
  tls:
    - hosts: [{app}.example.com]
      secretName: {app}-tls
  rules:
    - host: {app}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: {app}
                port: {{name: http}}
"""


def role(rng, app, team):
    return f"""apiVersion: v1
kind: ServiceAccount
{metadata(app, team)}---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
{metadata(app, team)}rules:
  - apiGroups: [""]
    resources: [configmaps, secrets]
    verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
{metadata(app, team)}roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: Role, name: {app}}}
subjects:
  - {{kind: ServiceAccount, name: {app}, namespace: {team}}}
"""


def cron_job(rng, app, team):
    return f"""apiVersion: batch/v1
kind: CronJob
{metadata(app, team)}spec:
  schedule: "{rng.randrange(60)} {rng.randrange(24)} * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 2
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: {app}
              image: registry.example/{app}:{rng.randrange(1, 90)}
              command:
                - /bin/sh
                - -c
                - |
                  set -eu
                  report --since yesterday --format csv > /tmp/report.csv
                  upload /tmp/report.csv
"""


def autoscaler(rng, app, team):
    return f"""apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
{metadata(app, team)}spec:
  scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: {app}}}
  minReplicas: 2
  maxReplicas: {rng.randrange(3, 20)}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {{type: Utilization, averageUtilization: {rng.randrange(50, 90)}}}
"""


def stateful_set(rng, app, team):
    mounts = "          volumeMounts:\n            - {name: data, mountPath: /var/lib/data}\n"
    return f"""apiVersion: apps/v1
kind: StatefulSet
{metadata(app, team)}spec:
  serviceName: {app}
  replicas: {rng.randrange(1, 4)}
  selector:
    matchLabels:
      app.kubernetes.io/name: {app}
{pod_template(rng, app, mounts)}  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: {rng.choice(CLASSES)}
        resources: {{requests: {{storage: {2 ** rng.randrange(3, 10)}Gi}}}}
"""


def claim(rng, app, team):
    mounts = "          volumeMounts:\n            - {name: files, mountPath: /files}\n"
    volumes = (
        "      volumes:\n"
        f"        - name: files\n          persistentVolumeClaim: {{claimName: {app}}}\n"
        "        - name: tmp\n          emptyDir: {}\n"
    )
    return f"""apiVersion: v1
kind: PersistentVolumeClaim
{metadata(app, team)}spec:
  accessModes: [ReadWriteOnce]
  storageClassName: {rng.choice(CLASSES)}
  resources:
    requests:
      storage: {2 ** rng.randrange(3, 10)}Gi
---
apiVersion: apps/v1
kind: Deployment
{metadata(app, team)}spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: {app}
{pod_template(rng, app, mounts, volumes)}"""


# An application of eight files, and the names of those files.
APPLICATION = [
    ("deployment.yaml", deployment),
    ("service.yaml", service),
    ("config.yaml", config_map),
    ("ingress.yaml", ingress),
    ("rbac.yaml", role),
    ("report.yaml", cron_job),
    ("autoscaler.yaml", autoscaler),
    ("storage.yaml", None),
]


def write(files, directory):
    rng = random.Random(files)
    for number in range(files):
        team = TEAMS[number // 8 % len(TEAMS)]
        app = f"{team}-{number // 8:05d}"
        name, make = APPLICATION[number % 8]
        make = make or rng.choice([stateful_set, claim])
        path = Path(directory, team, app, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make(rng, app, team))


if __name__ == "__main__":
    write(int(sys.argv[1]), sys.argv[2])
