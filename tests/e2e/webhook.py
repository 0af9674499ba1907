#!/usr/bin/env python3
"""Lets a real Kubernetes API server ask restorable-webhook, and compares what users are told.

    tests/e2e/webhook.py [BUILD]

The API server and its etcd are built from the published Go modules (tests/e2e/webhook/apiserver) and
listen on the loopback interface only. The webhook is registered with the rules of the chart; its
address is a URL instead of a service, since there is no network of services here, and leads through
a forwarder that new connections take to the replica in service, as a service does.
"""

import base64
import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

try:
    import yaml
except ImportError:
    print("skipped: python3-yaml is not installed")
    sys.exit(77)

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(sys.argv[1] if len(sys.argv) > 1 else "build/release").resolve()
WEBHOOK = BUILD / "bin/restorable-webhook"
CHART = ROOT / "webhook/deploy/restorable-webhook"
STARTING_SECONDS = 120
ADMISSION = "admissionregistration.k8s.io"
USERS = {
    "admin": ("admin", "system:masters"),
    "jane": ("jane@example.com", "developers"),
    "extension": ("system:serviceaccount:dataprotection-microsoft:agent", "system:serviceaccounts"),
}
PLURALS = {}


# Violations that no policy sees, and why. A policy that cannot tell lets pass, without a word.
CLASS_OF_CLAIM = "a policy that held all classes that AKS brings along would be too large; the check is left out"
UNSEEN_BY_POLICIES = {
    'AKB101 "the class named by the old annotation"': CLASS_OF_CLAIM,
    'AKB101 "built-in class of premium ssd v2"': CLASS_OF_CLAIM,
    'AKB101 "claim template of a stateful set"': CLASS_OF_CLAIM,
    'AKB101 "ephemeral claim of a cron job"': CLASS_OF_CLAIM,
    'AKB105 "class of local volumes"': "only the volumes of the cluster say whether they are local",
    'AKB106 "claim template of a stateful set"': CLASS_OF_CLAIM,
    'AKB108 "ephemeral claim of a pod"': CLASS_OF_CLAIM,
    'AKB111 "claim template of a stateful set"': "only the cluster knows which volumes are there for a claim",
    'AKB111 "empty class"': "likewise",
    'AKB111 "ephemeral claim of a replica set"': "likewise",
}


class Failed(Exception):
    pass


def require(condition, *what):
    if not condition:
        raise Failed(" ".join(str(part) for part in what))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, condition, seconds=STARTING_SECONDS):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if condition():
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise Failed(f"{what} is not there after {seconds} s")


class Api:
    """A client of the API server, one connection for each thread and user."""

    def __init__(self, port):
        self.port = port
        self.local = threading.local()
        self.context = ssl._create_unverified_context()

    def call(self, method, path, body=None, user="jane", query=""):
        """Status, body and the texts of the warnings."""
        connections = self.local.__dict__.setdefault("connections", {})
        if user not in connections:
            connections[user] = http.client.HTTPSConnection(
                "127.0.0.1", self.port, context=self.context, timeout=30)
        headers = {"Authorization": f"Bearer {user}", "Content-Type": "application/json"}
        if method == "PATCH":
            headers["Content-Type"] = "application/merge-patch+json"
        connection = connections[user]
        try:
            connection.request(method, path + query, body and json.dumps(body), headers)
            response = connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException):
            connections.pop(user).close()
            raise
        warnings = [header.split('"', 1)[1].rsplit('"', 1)[0].replace('\\"', '"')
                    for header in response.headers.get_all("Warning") or []]
        return response.status, json.loads(text) if text.startswith(b"{") else text.decode(), warnings

    def path(self, manifest):
        group_version, kind = manifest["apiVersion"], manifest["kind"]
        if group_version not in PLURALS:
            root = "/api/" if "/" not in group_version else "/apis/"
            status, listed, _ = self.call("GET", root + group_version, user="admin")
            PLURALS[group_version] = {} if status != 200 else {
                resource["kind"]: resource for resource in listed["resources"] if "/" not in resource["name"]}
        resource = PLURALS[group_version].get(kind)
        if resource is None:
            return None
        base = ("/api/" if "/" not in group_version else "/apis/") + group_version
        if resource["namespaced"]:
            base += f"/namespaces/{manifest['metadata'].get('namespace', 'default')}"
        return f"{base}/{resource['name']}"

    def create(self, manifest, user="jane", dry_run=False):
        return self.call("POST", self.path(manifest), manifest, user,
                         "?dryRun=All" if dry_run else "")


class Forwarder:
    """Hands new connections to the replica in service; open ones stay where they are."""

    def __init__(self):
        self.target = None
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            try:
                server = socket.create_connection(("127.0.0.1", self.target), timeout=5)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            for source, sink in ((client, server), (server, client)):
                source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self.pump, args=(source, sink), daemon=True).start()

    @staticmethod
    def pump(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class Replica:
    def __init__(self, world):
        self.port, self.health = free_port(), free_port()
        self.log = open(world.directory / f"webhook-{self.port}.log", "w")
        self.process = subprocess.Popen(
            [WEBHOOK, "serve", "--address=127.0.0.1", f"--port={self.port}",
             f"--health-port={self.health}", f"--cert={world.directory}/tls.crt",
             f"--key={world.directory}/tls.key", "--reload-interval=1", "--shutdown-delay=2",
             f"--settings={world.directory}/settings.yaml", "--log-level=debug"], stderr=self.log)
        begun = time.monotonic()
        wait_for("the webhook", self.is_ready, 30)
        self.seconds_to_ready = time.monotonic() - begun

    def is_ready(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.health, timeout=5)
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def kill(self):
        self.process.kill()
        self.process.wait()


class World:
    def __init__(self, directory):
        self.directory = directory
        (directory / "settings.yaml").write_text("undetermined: warn\n")
        self.make_certificates()
        self.start_api()
        self.forwarder = Forwarder()

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.directory, check=True, capture_output=True)

    def make_certificates(self):
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                     "-subj", "/CN=ca", "-days", "30", "-keyout", "ca.key", "-out", "ca.crt")
        self.make_leaf()
        self.openssl("genrsa", "-out", "accounts.key", "2048")

    def make_leaf(self):
        self.openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                     "/CN=webhook", "-keyout", "next.key", "-out", "leaf.csr")
        (self.directory / "san").write_text("subjectAltName=IP:127.0.0.1\n")
        self.openssl("x509", "-req", "-in", "leaf.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-days",
                     "30", "-CAcreateserial", "-extfile", "san", "-out", "next.crt")
        for end in ("key", "crt"):
            os.replace(self.directory / f"next.{end}", self.directory / f"tls.{end}")

    def start_api(self):
        tokens = "".join(f'{token},"{name}",{token},"{group}"\n' for token, (name, group) in USERS.items())
        (self.directory / "tokens.csv").write_text(tokens)
        port = free_port()
        log = open(self.directory / "apiserver.log", "w")
        self.api_process = subprocess.Popen(
            [ROOT / "build/e2e/apiserver", self.directory, str(free_port()), str(free_port()),
             "--bind-address=127.0.0.1", f"--secure-port={port}", f"--cert-dir={self.directory}/api",
             f"--token-auth-file={self.directory}/tokens.csv", "--authorization-mode=AlwaysAllow",
             "--service-cluster-ip-range=10.0.0.0/24", "--disable-admission-plugins=ServiceAccount",
             "--service-account-issuer=https://kubernetes.default.svc",
             f"--service-account-key-file={self.directory}/accounts.key",
             f"--service-account-signing-key-file={self.directory}/accounts.key",
             "--endpoint-reconciler-type=none"], stdout=log, stderr=log)
        self.api = Api(port)
        wait_for("the API server", lambda: self.api.call("GET", "/readyz", user="admin")[0] == 200)
        for name in ("shop", "exempt", "dataprotection-microsoft", "media"):
            self.api.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}, "admin")

    def registration(self, failure_policy):
        """The chart's configuration, as the template has it."""
        bundle = base64.b64encode((self.directory / "ca.crt").read_bytes()).decode()
        if (ROOT / "build/e2e/helm").exists():
            text = render(f"--set=webhook.failurePolicy={failure_policy}", "--set=certificates.mode=existing",
                          "--set=certificates.existing.secretName=tls",
                          f"--set=certificates.existing.caBundle={bundle}",
                          "--set=webhook.exemptNamespaces={exempt}").stdout
            manifest = next(m for m in yaml.safe_load_all(text) if m and m.get("webhooks"))
        else:
            rules = yaml.safe_load((CHART / "files/rules.yaml").read_text())
            excluded = ["kube-system", "dataprotection-microsoft", "exempt"]
            manifest = {
                "apiVersion": f"{ADMISSION}/v1", "kind": "ValidatingWebhookConfiguration",
                "metadata": {"name": "restorable"},
                "webhooks": [{
                    "name": "backup.restorable.dev", "admissionReviewVersions": ["v1"], "sideEffects": "None",
                    "timeoutSeconds": 3, "failurePolicy": failure_policy, "rules": rules,
                    "clientConfig": {"caBundle": bundle},
                    "namespaceSelector": {"matchExpressions": [
                        {"key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": excluded}]}}]}
        client = manifest["webhooks"][0]["clientConfig"]
        client.pop("service", None)
        client["url"] = f"https://127.0.0.1:{self.forwarder.port}/validate"
        return manifest

    def register(self, failure_policy="Ignore"):
        self.unregister()
        status, body, _ = self.api.create(self.registration(failure_policy), "admin")
        require(status == 201, "registration:", status, body)
        # The API server takes it into account after a moment.
        if self.forwarder.target:
            wait_for("the registration", lambda: self.api.create(ultra("probe"), dry_run=True)[0] != 201, 20)

    def unregister(self):
        kind = f"/apis/{ADMISSION}/v1/validatingwebhookconfigurations"
        self.api.call("DELETE", kind, user="admin")
        wait_for("its end", lambda: self.api.create(ultra("probe"), dry_run=True)[0] == 201, 20)

    def settle_policies(self):
        """Waits until the API server evaluates all admission policies that were made, and none that were deleted.

        It learns of them in the order they were made, and takes over all that it knows at once, every second: one
        that is made last is in force when all are. A second one, since policies and bindings are learnt of apart.
        """
        for name in ("settled", "settled-again"):
            policy = {"apiVersion": f"{ADMISSION}/v1", "kind": "ValidatingAdmissionPolicy", "metadata": {"name": name},
                      "spec": {"matchConstraints": {"resourceRules": [
                          {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["configmaps"]}]},
                               "validations": [{"expression": f"object.metadata.name != '{name}'"}]}}
            binding = {"apiVersion": f"{ADMISSION}/v1", "kind": "ValidatingAdmissionPolicyBinding",
                       "metadata": {"name": name}, "spec": {"policyName": name, "validationActions": ["Deny"]}}
            probe = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "namespace": "default"}}
            for manifest in (policy, binding):
                status, body, _ = self.api.create(manifest, "admin")
                require(status == 201, status, body)
            wait_for("the last policy", lambda: self.api.create(probe, dry_run=True)[0] == 422, 30)
        for name in ("settled", "settled-again"):
            for kind in ("validatingadmissionpolicybindings", "validatingadmissionpolicies"):
                self.api.call("DELETE", f"/apis/{ADMISSION}/v1/{kind}/{name}", user="admin")

    def close(self):
        self.api_process.terminate()
        self.api_process.wait(30)


def ultra(name, sku="UltraSSD_LRS"):
    return {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": name},
            "provisioner": "disk.csi.azure.com", "parameters": {"skuName": sku}}


def pod(name, namespace="shop"):
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": namespace},
            "spec": {"containers": [{"name": "web", "image": "registry.example/web:1"}],
                     "volumes": [{"name": "data", "azureDisk": {
                         "diskName": "d", "diskURI": "/subscriptions/0/resourceGroups/r/providers/"
                                                      "Microsoft.Compute/disks/d", "kind": "Managed"}}]}}


# --- What is tested


def test_words(world):
    """A denial and a warning reach the user in the words of the linter."""
    status, body, _ = world.api.create(ultra("fast"))
    require(status == 403, status, body)
    require(body["message"] == 'admission webhook "backup.restorable.dev" denied the request: AKB101: '
            "StorageClass fast provisions UltraSSD_LRS disks, which the backup skips", body["message"])
    share = pod("web")
    share["spec"]["volumes"] = [{"name": "data", "csi": {"driver": "file.csi.azure.com"}}]
    status, body, warnings = world.api.create(share, dry_run=True)
    require(status == 201 and any(w.startswith("AKB106: Pod web mounts") for w in warnings), status, warnings)


def test_dry_run(world):
    require(world.api.create(ultra("fast"), dry_run=True)[0] == 403)
    require(world.api.create(ultra("slow", "Premium_LRS"), dry_run=True)[0] == 201)
    require(world.api.call("GET", "/apis/storage.k8s.io/v1/storageclasses/slow")[0] == 404)


def test_exemptions(world):
    """Exempt namespaces, and the backup extension whatever it restores."""
    require(world.api.create(pod("a"), dry_run=True)[0] == 403)
    require(world.api.create(pod("a", "exempt"), dry_run=True)[0] == 201)
    restored = ultra("restored")
    restored["metadata"]["labels"] = {"velero.io/restore-name": "r1", "velero.io/backup-name": "b1"}
    require(world.api.create(restored, "extension", dry_run=True)[0] == 201)


def test_existing_objects(world):
    """What was there before can be changed, though not for the worse, and deleted."""
    world.unregister()
    require(world.api.create(ultra("old"))[0] == 201)
    world.register()
    path = "/apis/storage.k8s.io/v1/storageclasses/old"
    status, _, warnings = world.api.call("PATCH", path, {"metadata": {"labels": {"a": "b"}}})
    require(status == 200 and any("AKB101" in warning for warning in warnings), status, warnings)
    require(world.api.call("DELETE", path)[0] == 200)


def fixtures():
    """(name, severity, id, expectations, document) of each test with one object of Kubernetes' own."""
    for file in sorted((ROOT / "rules/aks-backup").glob("*.yaml")):
        rule = yaml.safe_load(file.read_text())
        spec, ident = rule["spec"], rule["metadata"]["id"]
        for case in spec.get("tests", []):
            special = {"mode", "files", "bicep", "terraform", "arm", "params", "matrix", "enabled"} & set(case)
            if special or spec.get("admission") is False or spec.get("matrix", ["2025-06"]) != ["2025-06"]:
                continue
            documents = [d for d in yaml.safe_load_all(case["kubernetes"]) if isinstance(d, dict)]
            if len(documents) == 1 and "metadata" in documents[0]:
                yield f'{ident} "{case["name"]}"', spec["severity"], ident, case["expect"], documents[0]


def complete_claim(spec):
    spec.setdefault("accessModes", ["ReadWriteOnce"])
    spec.setdefault("resources", {}).setdefault("requests", {}).setdefault("storage", "1Gi")


def complete_pod(spec, restarts):
    spec["containers"] = spec.get("containers") or [{}]
    for number, container in enumerate(spec["containers"]):
        container.setdefault("name", f"c{number}")
        container.setdefault("image", "registry.example/image:1")
    if not restarts:
        spec.setdefault("restartPolicy", "Never")
    for volume in spec.get("volumes", []):
        if "ephemeral" in volume:
            complete_claim(volume["ephemeral"].get("volumeClaimTemplate", {}).setdefault("spec", {}))
        if "azureDisk" in volume:
            volume["azureDisk"].setdefault("diskName", "d")
            volume["azureDisk"].setdefault("diskURI", "/subscriptions/0/resourceGroups/r/providers/Microsoft.Compute/disks/d")
            volume["azureDisk"].setdefault("kind", "Managed")


def complete(document):
    """What a rule does not look at and the API server requires."""
    kind, spec = document["kind"], document.setdefault("spec", {})
    if kind == "Pod":
        complete_pod(spec, True)
    elif kind in ("DaemonSet", "Deployment", "ReplicaSet", "StatefulSet", "ReplicationController"):
        template = spec.setdefault("template", {})
        template.setdefault("metadata", {}).setdefault("labels", {})["app"] = "x"
        selector = {"app": "x"}
        spec["selector"] = selector if kind == "ReplicationController" else {"matchLabels": selector}
        complete_pod(template.setdefault("spec", {}), True)
        for claim in spec.get("volumeClaimTemplates", []):
            complete_claim(claim.setdefault("spec", {}))
    elif kind in ("Job", "CronJob"):
        job = spec if kind == "Job" else spec.setdefault("jobTemplate", {}).setdefault("spec", {})
        if kind == "CronJob":
            spec.setdefault("schedule", "5 4 * * *")
        complete_pod(job.setdefault("template", {}).setdefault("spec", {}), False)
    elif kind == "PersistentVolumeClaim":
        complete_claim(spec)
    elif kind == "PersistentVolume":
        spec.setdefault("capacity", {"storage": "1Gi"})
        spec.setdefault("accessModes", ["ReadWriteOnce"])
        spec.get("csi", {}).setdefault("volumeHandle", "v")
        if "azureDisk" in spec:
            spec["azureDisk"].setdefault("diskName", "d")
            spec["azureDisk"].setdefault("diskURI", "d")
    elif not spec:
        del document["spec"]
    return document


def test_fixtures(world):
    """Each rule's own violating and passing objects, as far as the API server takes them at all."""
    compare_fixtures(world, lambda ident: True)


def compare_fixtures(world, is_in_force, by_policy=False, at_least=50):
    registered = {resource for rule in yaml.safe_load((CHART / "files/rules.yaml").read_text())
                  for resource in rule["resources"]}
    judged = refused = 0
    rules, silent = set(), []
    for name, severity, ident, expected, document in fixtures():
        namespace = document["metadata"].get("namespace")
        path = world.api.path(document)
        if namespace in ("kube-system", "dataprotection-microsoft") or path is None:
            continue
        if path.rsplit("/", 1)[1] not in registered or not is_in_force(ident):
            continue
        if namespace:
            world.api.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}}, "admin")
        status, body, warnings = world.api.create(complete(document), dry_run=True)
        if status in (400, 404, 409, 422):
            refused += 1
            continue
        said = warnings + (body["message"].splitlines() if status == 403 else [])
        found = any(f"{ident}: " in line and "cannot tell" not in line for line in said)
        # What only the rest of the cluster decides is not denied.
        is_open = any(f"{ident}: cannot tell" in line for line in said)
        violated = expected != "pass" and any(e.get("verdict") != "undetermined" for e in expected)
        # The labels of a restore pass at admission, or no restore would.
        if violated and severity != "info" and "restore" not in name:
            # Of several policies that deny, the API server names any one.
            found = found or (by_policy and severity == "error" and status == 403)
            if by_policy and not found:
                silent.append(name)
                continue
            require(found or is_open, name, "says nothing:", status, body, warnings)
            require(severity != "error" or status == 403 or is_open, name, "is admitted")
        if expected == "pass":
            require(not found, name, "is found fault with:", said)
        judged += 1
        rules.add(ident)
    print(f"  {judged} objects of {len(rules)} rules judged, {refused} that Kubernetes itself refuses")
    require(judged >= at_least, "only", judged, "fixtures")
    expected = UNSEEN_BY_POLICIES if by_policy else {}
    require(set(silent) == set(expected), "what passes is not as expected:", set(silent) ^ set(expected))


def test_exported_policies(world):
    """The rules as ValidatingAdmissionPolicies, without a webhook: the same verdicts on the same objects."""
    world.unregister()
    run = subprocess.run([BUILD / "bin/restorable", "export", "vap", "--no-config"], capture_output=True, text=True)
    require(run.returncode == 0, run.stderr)
    manifests = list(yaml.safe_load_all(run.stdout))
    policies = [manifest for manifest in manifests if manifest["kind"] == "ValidatingAdmissionPolicy"]
    refused = []
    for manifest in manifests:
        status, body, _ = world.api.create(manifest, "admin")
        if status != 201:
            refused.append(f"{manifest['metadata']['name']}: {body['message'].split('ERROR:')[-1][:200]}")
    require(not refused, len(refused), "policies are refused:", "\n".join(refused))
    world.settle_policies()
    checks = {}
    for policy in policies:
        checks.setdefault(policy["metadata"]["annotations"]["restorable.dev/rule"], []).append(policy)
    print(f"  {len(policies)} policies of {len(checks)} rules in force")
    try:
        compare_fixtures(world, lambda ident: ident in checks, by_policy=True, at_least=35)
    finally:
        for kind in ("validatingadmissionpolicybindings", "validatingadmissionpolicies"):
            world.api.call("DELETE", f"/apis/{ADMISSION}/v1/{kind}", user="admin")
        world.settle_policies()
    world.register()


def report_definition(kind, scope):
    """What the working group's definitions come to for an API server that takes any field."""
    schema = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    plural = f"{kind.lower()}s"
    return {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": f"{plural}.wgpolicyk8s.io"},
            "spec": {"group": "wgpolicyk8s.io", "scope": scope,
                     "names": {"kind": kind, "plural": plural, "singular": kind.lower(), "listKind": f"{kind}List"},
                     "versions": [{"name": "v1alpha2", "served": True, "storage": True,
                                   "schema": {"openAPIV3Schema": schema}}]}}


def places(report, of=""):
    return sorted((finding["rule"], finding["verdict"], finding["resource"]["address"], finding["message"])
                  for finding in report["findings"] if of in finding["resource"]["address"])


def audit(world, *options):
    """Its report."""
    (world.directory / "token").write_text("admin\n")
    run = subprocess.run(
        [WEBHOOK, "audit", f"--server=https://127.0.0.1:{world.api.port}", f"--token-file={world.directory}/token",
         f"--ca-file={world.directory}/api/apiserver.crt", "--format=json", *options], capture_output=True, text=True)
    require(run.returncode in (0, 1), "the audit ends with", run.returncode, run.stdout, run.stderr)
    report = json.loads(run.stdout)
    require(run.returncode == any(f["severity"] == "error" for f in report["findings"]), run.returncode)
    return report


def scan(world, kinds):
    """The linter's report on the same objects, as kubectl gives them."""
    items = []
    for api_version, kind in kinds:
        root = "/api/" if "/" not in api_version else "/apis/"
        _, listed, _ = world.api.call("GET", f"{root}{api_version}/{kind.lower()}{'es' if kind.endswith('s') else 's'}",
                                      user="admin")
        items += [{"apiVersion": api_version, "kind": kind, **item} for item in listed["items"]]
    run = subprocess.run([BUILD / "bin/restorable", "scan", "--no-config", "--format=json", "-"], text=True,
                         capture_output=True, input=json.dumps({"apiVersion": "v1", "kind": "List", "items": items}))
    return json.loads(run.stdout)


def test_audit(world):
    """What exists is judged as a scan of the same objects judges it, whole or in shards, and published."""
    world.unregister()
    reports = "/apis/wgpolicyk8s.io/v1alpha2/policyreports"
    for kind, scope in (("PolicyReport", "Namespaced"), ("ClusterPolicyReport", "Cluster")):
        world.api.create(report_definition(kind, scope), "admin")
        wait_for("the definitions", lambda: world.api.call("GET", reports, user="admin")[0] == 200, 30)
    world.api.create(ultra("audited"), "admin")
    world.api.create({**ultra("shares"), "provisioner": "file.csi.azure.com", "parameters": {}}, "admin")
    teams = [f"team-{number}" for number in range(8)]
    for team in teams:
        world.api.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": team}}, "admin")
        share = complete({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": team}, "spec": {
            "volumes": [{"name": "data", "csi": {"driver": "file.csi.azure.com"}}]}})
        claim = complete({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {
            "name": "data", "namespace": team}, "spec": {"storageClassName": "shares"}})
        for manifest in (share, claim):
            status, body, _ = world.api.create(manifest, "admin")
            require(status == 201, status, body)

    classes = world.directory / "classes.yaml"
    whole = audit(world, "--page-size=3", "--policy-reports", f"--write-classes={classes}")
    require(not whole["diagnostics"], whole["diagnostics"])
    parts = [audit(world, f"--shard={index}/3") for index in range(3)]
    require(sorted(sum(map(places, parts), [])) == places(whole), "shards find something else")
    scanned = scan(world, [("v1", "Namespace"), ("v1", "Pod"), ("v1", "PersistentVolumeClaim"),
                           ("storage.k8s.io/v1", "StorageClass")])
    require(places(scanned, "team-") == places(whole, "team-"), places(scanned, "team-"), "not", places(whole, "team-"))
    require(places(whole, "StorageClass/audited"), "the class is not found fault with")

    def reported():
        return [r["metadata"]["namespace"] for r in world.api.call("GET", reports, user="admin")[1]["items"]]
    require(set(teams) <= set(reported()), reported())
    for path in ("pods/web?gracePeriodSeconds=0", "persistentvolumeclaims/data"):
        world.api.call("DELETE", f"/api/v1/namespaces/team-0/{path}", user="admin")
    wait_for("the end of the pod", lambda: not world.api.call(
        "GET", "/api/v1/namespaces/team-0/pods", user="admin")[1]["items"], 20)
    # No controller is there that would take the finalizer away.
    world.api.call("PATCH", "/api/v1/namespaces/team-0/persistentvolumeclaims/data", {"metadata": {"finalizers": None}},
                   user="admin")
    audit(world, "--policy-reports")
    require("team-0" not in reported() and "team-1" in reported(), reported())

    written = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "classes", "namespace": "default"}}
    require(world.api.create(written, "admin")[0] == 201)
    audit(world, "--classes-config-map=default/classes")
    data = world.api.call("GET", "/api/v1/namespaces/default/configmaps/classes", user="admin")[1]["data"]
    require(data == {"classes.yaml": classes.read_text()}, data)
    check = subprocess.run([WEBHOOK, "check", f"--classes={classes}"], capture_output=True, text=True)
    require(check.returncode == 0 and "audited" in classes.read_text(), check.stderr)
    print(f"  {whole['summary']['resources']} objects, {len(whole['findings'])} findings")
    for name in ("audited", "shares"):
        world.api.call("DELETE", f"/apis/storage.k8s.io/v1/storageclasses/{name}", user="admin")
    world.register()


def test_rotation_and_rolling(world):
    """Under constant creates certificates change and replicas come and go; every one is answered."""
    world.register("Fail")
    ends = threading.Event()
    answered, failures = [0], []

    def create():
        while not ends.is_set():
            status, body, _ = world.api.create(ultra("constant", "Premium_LRS"), dry_run=True)
            if status == 201:
                answered[0] += 1
            else:
                failures.append((status, body))

    creators = [threading.Thread(target=create) for _ in range(4)]
    for creator in creators:
        creator.start()
    for _ in range(3):
        world.make_leaf()
        time.sleep(1.5)
        fresh = Replica(world)
        world.forwarder.target = fresh.port
        require(world.replica.stop() == 0, "the webhook does not end well")
        world.replica = fresh
    ends.set()
    for creator in creators:
        creator.join()
    print(f"  {answered[0]} creates over 3 certificates and 3 replicas")
    require(not failures, len(failures), "failed, the first:", failures[:1])
    require(answered[0] > 50, "only", answered[0])


def test_outage(world):
    """Without an answer Ignore lets everything pass, and Fail only what is exempt."""
    world.register("Ignore")
    world.replica.kill()
    require(world.api.create(ultra("fast"), dry_run=True)[0] == 201)
    world.forwarder.target, target = None, world.forwarder.target
    world.register("Fail")
    world.forwarder.target = target
    wait_for("the refusal", lambda: world.api.create(ultra("fast"), dry_run=True)[0] == 500, 20)
    require(world.api.create(pod("a"), dry_run=True)[0] == 500)
    require(world.api.create(pod("a", "exempt"), dry_run=True)[0] == 201)
    world.unregister()
    require(world.api.create(pod("a"), dry_run=True)[0] == 201)


def render(*options):
    helm = ROOT / "build/e2e/helm"
    return subprocess.run(
        [helm, "template", "restorable", CHART, "--namespace=restorable-system", "--kube-version=1.34.0",
         *options], capture_output=True, text=True)


def test_chart(world):
    """The API server takes what the chart renders; what would lock people out does not render."""
    if not (ROOT / "build/e2e/helm").exists():
        print("  helm cannot be built here; the chart is not rendered")
        return
    manager = "--set=certificates.mode=cert-manager"
    plain = render(manager, "--no-hooks").stdout
    require(plain == (CHART.parent / "restorable-webhook.yaml").read_text(),
            "webhook/deploy/restorable-webhook.yaml is not what the chart renders")
    all_on = render(manager, "--set=networkPolicy.enabled=true,autoscaling.enabled=true,"
                             "webhook.customResources=true,monitoring.dashboard=true,classes=x,audit.enabled=true,"
                             "audit.shards=4,audit.policyReports=true")
    require(all_on.returncode == 0, all_on.stderr)
    world.api.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "restorable-system"}}, "admin")
    for text in (plain, all_on.stdout):
        for manifest in filter(None, yaml.safe_load_all(text)):
            if world.api.path(manifest):
                status, body, _ = world.api.create(manifest, "admin", dry_run=True)
                require(status in (201, 409), manifest["kind"], status, body)
    for options in (["--set=webhook.failurePolicy=Fail,replicas=1"], ["--set=webhook.timeoutSeconds=11"],
                    ["--set=webhook.failurePolicy=Fail,podDisruptionBudget=false"], ["--set=nonsense=1"],
                    ["--set=audit.enabled=true,audit.classes=true,classes=x"]):
        require(render(manager, *options).returncode != 0, options, "renders")
    require("GitOps" in render().stderr, "a self-signed certificate renders without a cluster")


def test_start(world):
    """Ready within a second, everything built in included."""
    require(world.replica.seconds_to_ready < 3, world.replica.seconds_to_ready)
    print(f"  ready after {world.replica.seconds_to_ready:.2f} s")


TESTS = [test_start, test_chart, test_words, test_dry_run, test_exemptions, test_existing_objects, test_fixtures, test_exported_policies, test_audit,
         test_rotation_and_rolling, test_outage]


def build_api_server():
    if not shutil.which("go"):
        print("skipped: no go")
        sys.exit(77)
    (ROOT / "build/e2e").mkdir(parents=True, exist_ok=True)
    built = subprocess.run(["go", "build", "-o", ROOT / "build/e2e/apiserver", "."],
                           cwd=ROOT / "tests/e2e/webhook/apiserver", capture_output=True, text=True)
    if built.returncode != 0:
        print("skipped: the API server cannot be built:", built.stderr.strip().splitlines()[-1:])
        sys.exit(77)


def build_helm():
    """Without it the registration is put together from the chart's files."""
    if not (ROOT / "build/e2e/helm").exists():
        subprocess.run(["go", "install", "helm.sh/helm/v3/cmd/helm@v3.18.6"], capture_output=True,
                       env=os.environ | {"GOBIN": str(ROOT / "build/e2e")})


def main():
    build_api_server()
    build_helm()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as directory:
        world = World(Path(directory))
        try:
            world.replica = Replica(world)
            world.forwarder.target = world.replica.port
            world.register()
            for test in TESTS:
                try:
                    test(world)
                    passed += 1
                except Failed as failure:
                    failed += 1
                    print(f"FAILED {test.__name__}: {failure}")
        finally:
            world.close()
            if hasattr(world, "replica") and world.replica.process.poll() is None:
                world.replica.kill()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
