#!/usr/bin/env python3
"""Measures restorable-webhook beside Open Policy Agent: same machine, same requests, in turn.

    tests/bench/webhook.py [--build BUILD] [--quick]

Both serve HTTPS with the same certificate and are asked by tests/bench/tls_load over connections that
are kept. The policy of the other side is tests/bench/webhook.rego. OPA is built from its published Go
module into build/e2e; without it, what compares the two is left out.

Prints a table of ratios with their bars and fails when one is missed.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from run import MIB, Table

ROOT = Path(__file__).resolve().parents[2]
OPA = ROOT / "build/e2e/opa"
OPA_MODULE = "github.com/open-policy-agent/opa@v1.4.2"
REVIEW_BYTES = 4096
BURST = 400
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


# --- Reviews


def pod_spec(volumes):
    container = {
        "name": "web", "image": "registry.example/shop/web:4.18.2", "imagePullPolicy": "IfNotPresent",
        "ports": [{"name": "http", "containerPort": 8080, "protocol": "TCP"}],
        "env": [{"name": name, "value": f"value of {name.lower()}"} for name in ("LOG_LEVEL", "REGION", "TENANT")],
        "resources": {"requests": {"cpu": "100m", "memory": "256Mi"}, "limits": {"memory": "512Mi"}},
        "readinessProbe": {"httpGet": {"path": "/healthz", "port": "http"}, "periodSeconds": 5},
        "volumeMounts": [{"name": volume["name"], "mountPath": f"/mnt/{volume['name']}"} for volume in volumes]}
    return {"containers": [container], "volumes": volumes, "restartPolicy": "Always",
            "serviceAccountName": "web", "securityContext": {"runAsNonRoot": True, "runAsUser": 10001}}


CLAIM = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "64Gi"}}}
CONFIG = {"name": "config", "configMap": {"name": "web"}}


def workload(kind, volumes, **more):
    labels = {"app.kubernetes.io/name": "web", "app.kubernetes.io/part-of": "shop"}
    spec = {"replicas": 3, "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": pod_spec(volumes)}, **more}
    return ("apps", "v1", kind, spec)


def disk_volume(**more):
    return ("", "v1", "PersistentVolume", {
        "capacity": {"storage": "64Gi"}, "accessModes": ["ReadWriteOnce"],
        "persistentVolumeReclaimPolicy": "Retain", **more})


def disk_class(sku):
    return ("storage.k8s.io", "v1", "StorageClass", {
        "provisioner": "disk.csi.azure.com", "parameters": {"skuName": sku, "cachingMode": "None"},
        "reclaimPolicy": "Retain", "volumeBindingMode": "WaitForFirstConsumer", "allowVolumeExpansion": True})


def claim_template(storage_class):
    return [{"metadata": {"name": "data"}, "spec": CLAIM | {"storageClassName": storage_class}}]


# (group, version, kind, what stands beside the metadata or in the spec), as a cluster sees them: most are fine.
OBJECTS = [
    disk_class("Premium_LRS"),
    disk_class("UltraSSD_LRS"),
    ("", "v1", "PersistentVolumeClaim", CLAIM | {"storageClassName": "managed-csi"}),
    ("", "v1", "PersistentVolumeClaim", CLAIM | {"storageClassName": "managed-csi-premium"}),
    ("", "v1", "PersistentVolumeClaim", CLAIM | {"storageClassName": "azurefile-csi"}),
    disk_volume(storageClassName="managed-csi", csi={"driver": "disk.csi.azure.com", "volumeHandle": "d"}),
    disk_volume(storageClassName="", azureFile={"shareName": "media", "secretName": "key"}),
    ("", "v1", "Pod", pod_spec([CONFIG])),
    ("", "v1", "Pod", pod_spec([CONFIG, {"name": "media", "csi": {"driver": "file.csi.azure.com"}}])),
    ("", "v1", "Pod", pod_spec([CONFIG, {"name": "tmp", "ephemeral": {"volumeClaimTemplate": {
        "spec": CLAIM | {"storageClassName": "managed-csi"}}}}])),
    workload("Deployment", [CONFIG, {"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]),
    workload("Deployment", [CONFIG, {"name": "scratch", "emptyDir": {}}]),
    workload("StatefulSet", [CONFIG], serviceName="db", volumeClaimTemplates=claim_template("managed-csi-premium")),
    workload("StatefulSet", [CONFIG], serviceName="db", volumeClaimTemplates=claim_template("managed-csi-premium-v2")),
    workload("DaemonSet", [CONFIG, {"name": "log", "hostPath": {"path": "/var/log"}}]),
    workload("Deployment", [CONFIG]),
]


def managed_fields(spec):
    """As `kubectl apply` leaves them: the names of all fields."""
    def names(value):
        if isinstance(value, dict):
            return {f"f:{name}": names(part) for name, part in value.items()}
        return {}
    return [{"manager": "kubectl-client-side-apply", "operation": "Update", "apiVersion": "v1",
             "time": "2026-05-04T03:02:01Z", "fieldsType": "FieldsV1", "fieldsV1": {"f:spec": names(spec)}}]


def review(number, group, version, kind, spec):
    """An AdmissionReview of REVIEW_BYTES."""
    name = f"{kind.lower()}-{number}"
    metadata = {"name": name, "uid": f"9c5b94b1-35ad-49bb-b118-8e8fc24a{number:04x}",
                "creationTimestamp": "2026-05-04T03:02:01Z", "labels": {"app.kubernetes.io/managed-by": "Helm"},
                "managedFields": managed_fields(spec), "annotations": {"example.com/note": ""}}
    api_version = f"{group}/{version}" if group else version
    object_ = {"apiVersion": api_version, "kind": kind, "metadata": metadata}
    object_ |= spec if kind == "StorageClass" else {"spec": spec}
    names = {"group": group, "version": version, "kind": kind}
    resource = {"group": group, "version": version, "resource": f"{kind.lower()}s"}
    request = {"uid": f"705ab4f5-6393-11e8-b7cc-42010a80{number:04x}", "kind": names, "resource": resource,
               "requestKind": names, "requestResource": resource, "name": name, "operation": "CREATE",
               "userInfo": {"username": "jane@example.com", "groups": ["developers", "system:authenticated"]},
               "object": object_, "oldObject": None, "dryRun": False,
               "options": {"kind": "CreateOptions", "apiVersion": "meta.k8s.io/v1", "fieldManager": "helm"}}
    if kind not in ("StorageClass", "PersistentVolume"):
        request["namespace"] = metadata["namespace"] = "shop"
    whole = {"kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1", "request": request}
    room = REVIEW_BYTES - len(json.dumps(whole, separators=(",", ":")))
    if room < 0:
        raise ValueError(f"{name} is {-room} bytes too long")
    metadata["annotations"]["example.com/note"] = ("lorem ipsum dolor sit amet " * 160)[:room]
    return json.dumps(whole, separators=(",", ":"))


def write_reviews(directory):
    paths = []
    for number, parts in enumerate(OBJECTS):
        path = directory / f"{number:02}.json"
        path.write_text(review(number, *parts))
        paths.append(path)
    return paths


# --- Servers


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process that serves reviews; `ready` is the URL that says so."""

    def __init__(self, command, port, path, ready):
        self.port, self.path = port, path
        begun = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        trusting = ssl._create_unverified_context()
        while True:
            try:
                with urllib.request.urlopen(ready, context=trusting if ready.startswith("https") else None):
                    break
            except OSError:
                if self.process.poll() is not None or time.perf_counter() > begun + 30:
                    raise RuntimeError(f"{command[0]} does not start") from None
                time.sleep(0.005)
        self.seconds_to_ready = time.perf_counter() - begun

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_bytes(self):
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * PAGE


class Bench:
    def __init__(self, build, directory, quick):
        self.build, self.directory, self.quick = build, directory, quick
        self.reviews = write_reviews(directory)
        self.certificate, self.key = directory / "tls.crt", directory / "tls.key"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-subj", "/CN=localhost", "-days", "2", "-keyout", self.key, "-out", self.certificate],
                       check=True, capture_output=True)

    def ours(self):
        port, health = free_port(), free_port()
        return Server([self.build / "bin/restorable-webhook", "serve", "--address=127.0.0.1", f"--port={port}",
                       f"--health-port={health}", f"--cert={self.certificate}", f"--key={self.key}",
                       "--log-level=error"], port, "/validate", f"http://127.0.0.1:{health}/readyz")

    def theirs(self):
        port = free_port()
        return Server([OPA, "run", "--server", f"--addr=127.0.0.1:{port}", f"--tls-cert-file={self.certificate}",
                       f"--tls-private-key-file={self.key}", "--log-level=error", "--disable-telemetry",
                       "--set=default_decision=admission/main", ROOT / "tests/bench/webhook.rego"],
                      port, "/", f"https://127.0.0.1:{port}/health")

    def load(self, server, connections, *how):
        """What tls_load says, with the processor time of the server for each answer."""
        before = server.cpu_seconds()
        output = subprocess.run([self.build / "bin/tls_load", str(server.port), server.path, str(connections),
                                 *how, *self.reviews], check=True, capture_output=True).stdout
        result = json.loads(output)
        if result["failures"]:
            raise RuntimeError(f"{result['failures']} requests failed")
        result["cpu_per_answer"] = (server.cpu_seconds() - before) / result["answers"]
        result["rate"] = result["answers"] / result["seconds"]
        return result


# --- What is measured


def start_rows(bench, table):
    servers = []
    for _ in range(5):
        with bench.ours() as server:
            servers.append((server.seconds_to_ready, server.resident_bytes()))
    table.row("from start to ready", statistics.median(seconds for seconds, _ in servers), 1, "s")
    table.row("memory without load", max(resident for _, resident in servers) / MIB, 64, "MiB")


def agree(bench, ours, theirs):
    """Both must admit and refuse the same, or they are not worth comparing."""
    for path in bench.reviews:
        verdicts = []
        for server in (ours, theirs):
            request = urllib.request.Request(f"https://127.0.0.1:{server.port}{server.path}", path.read_bytes(),
                                             {"Content-Type": "application/json"})
            with urllib.request.urlopen(request, context=ssl._create_unverified_context()) as answer:
                verdicts.append(json.load(answer)["response"])
        if verdicts[0]["allowed"] != verdicts[1]["allowed"]:
            raise RuntimeError(f"{path.name}: {verdicts}")


def comparison_rows(bench, table):
    seconds = ("--seconds", "2" if bench.quick else "5")
    ratios = {"rate": [], "p99": [], "cpu_per_answer": []}
    with bench.ours() as ours, bench.theirs() as theirs:
        agree(bench, ours, theirs)
        for server in (ours, theirs):
            bench.load(server, 25, "--seconds", "1")
        for _ in range(3 if bench.quick else 5):
            mine, other = (bench.load(server, 25, *seconds) for server in (ours, theirs))
            for name, values in ratios.items():
                values.append(other[name] / mine[name])
            print(f"  {mine['rate']:.0f} and {other['rate']:.0f} reviews/s, p99 {mine['p99']} and {other['p99']} µs, "
                  f"{mine['cpu_per_answer'] * 1e6:.0f} and {other['cpu_per_answer'] * 1e6:.0f} µs of a core each; "
                  f"the client took {mine['cpu'] / mine['seconds']:.0%} and {other['cpu'] / other['seconds']:.0%}",
                  file=sys.stderr)
    table.row("reviews a second: OPA / ours", statistics.median(ratios["rate"]), 1 / 3, "×")
    table.row("p99: ours / OPA", 1 / statistics.median(ratios["p99"]), 1, "×")
    table.row("processor time a review: ours / OPA", 1 / statistics.median(ratios["cpu_per_answer"]), 1 / 3, "×")


def stage_rows(bench, table):
    turns = [json.loads(subprocess.run([bench.build / "bin/webhook_stages", *bench.reviews], check=True,
                                       capture_output=True).stdout) for _ in range(3)]
    median = {name: statistics.median(turn[name] for turn in turns) for name in turns[0]}
    print("  " + ", ".join(f"{name} {value}" for name, value in median.items()), file=sys.stderr)
    table.row("request to response / parse and evaluate", median["handle"] / median["review"], 1.3, "×")
    table.row("parse / nlohmann's DOM", median["parse"] / median["nlohmann"], 0.5, "×")
    table.row("memory of a parsed review / its text", median["bytes per byte"], 4, "×")


def evenness_row(bench, table):
    with bench.ours() as server:
        result = bench.load(server, 128, "--seconds", "5" if bench.quick else "30")
    table.row("p99 / p50, 128 connections", result["p99"] / result["p50"], 4, "×")


def burst_rows(bench, table):
    """A burst waits for the handshakes before it, on both sides: none may wait for more than those."""
    def burst(server):
        return bench.load(server, BURST, "--fresh")["p99"]

    in_row, of_opa = [], []
    with bench.ours() as ours:
        for _ in range(5):
            lone = statistics.median(bench.load(ours, 1, "--fresh")["p50"] for _ in range(20))
            in_row.append(burst(ours) / (BURST * lone))
            print(f"  {BURST} at once: p99 {in_row[-1] * BURST:.0f} times a lone one's {lone:.0f} µs", file=sys.stderr)
        if OPA.exists():
            with bench.theirs() as theirs:
                of_opa = [burst(ours) / burst(theirs) for _ in range(5)]
    table.row(f"p99 of {BURST} fresh connections at once / {BURST} one after the other",
              statistics.median(in_row), 1, "×")
    if of_opa:
        table.row(f"p99 of {BURST} fresh connections at once: ours / OPA", statistics.median(of_opa), 1, "×")


def idle_rows(bench, table):
    with bench.ours() as server:
        bench.load(server, 25, "--requests", "1000")
        before = server.resident_bytes()
        context = ssl._create_unverified_context()
        connections = []
        for _ in range(1000):
            connection = socket.create_connection(("127.0.0.1", server.port))
            connections.append(context.wrap_socket(connection))
        grown = (server.resident_bytes() - before) / len(connections)
        cpu = server.cpu_seconds()
        time.sleep(5)
        cpu = (server.cpu_seconds() - cpu) / 5
        for connection in connections:
            connection.close()
    table.row("1,000 idle connections: memory of each", grown / 1024, 64, "KiB")
    table.row("1,000 idle connections: share of a core", cpu * 100, 2, "%")


def memory_row(bench, table):
    count = 100_000 if bench.quick else 1_000_000
    with bench.ours() as server:
        bench.load(server, 25, "--requests", "10000")
        before = server.resident_bytes()
        bench.load(server, 25, "--requests", str(count))
        growth = (server.resident_bytes() - before) / before
    table.row(f"memory grown over {count:,} reviews", growth * 100, 5, "%")


def has_opa():
    go = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin")
    if not OPA.exists() and go:
        subprocess.run([go, "install", OPA_MODULE], capture_output=True,
                       env=os.environ | {"GOBIN": str(OPA.parent)}, check=False)
    return OPA.exists()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=Path, default=Path("build/bench"))
    parser.add_argument("--quick", action="store_true", help="a tenth of the load")
    arguments = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as directory:
        bench = Bench(arguments.build.resolve(), Path(directory), arguments.quick)
        if has_opa():
            comparison_rows(bench, table)
        else:
            print(f"skipped: no Open Policy Agent, since {OPA_MODULE} cannot be built here", file=sys.stderr)
        for rows in (start_rows, stage_rows, evenness_row, burst_rows, idle_rows, memory_row):
            rows(bench, table)
    return table.missed > 0


if __name__ == "__main__":
    sys.exit(main())
