#!/usr/bin/env python3
"""Scans what no well-meaning repository contains, and checks that the scan survives it.

    tests/e2e/hostile.py [BUILD]

Each case puts hostile files beside good.yaml, whose one violation must be found whatever else is
there. The scan must say what it could not read (a diagnostic code), end with the exit status that
follows from it, and keep to the bounds of time and memory.
"""

import json
import os
import resource
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

MIB = 1 << 20
SECONDS = 30  # for one scan; a loaded machine with sanitizers is slow, a hang is slower
SANITIZED = "RESTORABLE_SANITIZED" in os.environ

GOOD = """apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: good}
provisioner: disk.csi.azure.com
parameters: {skuName: UltraSSD_LRS}
"""
CLAIM = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {}\n"

FINDINGS, FAILURE = 1, 2


class Failed(Exception):
    pass


class Run:
    """One finished scan."""

    def __init__(self, status, output, errors, seconds, peak):
        self.status = status
        self.output = output
        self.errors = errors
        self.seconds = seconds
        self.peak = peak
        self.report = None


def expect(condition, message):
    if not condition:
        raise Failed(message)


class Scan:
    """The program on one directory of hostile files."""

    def __init__(self, program, directory):
        self.program = program
        self.directory = directory
        self.usage = directory.with_suffix(".usage")
        self.usage.touch()
        self.usage.chmod(0o666)  # another user may have to write it
        self.last = None

    def start(self, *arguments, user=None, limits=(), **options):
        def prepare():
            for kind, value in limits:
                resource.setrlimit(kind, (value, value))
            if user is not None:
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)

        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", subprocess.PIPE)
        # What a process has in memory counts for what it execs, so this one's size would show: time
        # is a small one between.
        return subprocess.Popen(
            ["/usr/bin/time", "--quiet", "--format=%M", f"--output={self.usage}",
             self.program, "scan", *arguments],
            cwd=self.directory, stderr=subprocess.PIPE, preexec_fn=prepare,
            start_new_session=True, **options)

    def run(self, *arguments, **options):
        """Starts a scan and waits for its end."""
        begin = time.monotonic()
        child = self.start(*arguments, **options)
        watchdog = threading.Timer(SECONDS, os.killpg, [child.pid, signal.SIGKILL])
        watchdog.start()
        output, errors = child.communicate()
        watchdog.cancel()
        seconds = time.monotonic() - begin
        expect(seconds < SECONDS, f"did not end within {SECONDS} s")
        status = child.returncode
        expect(0 <= status < 128, f"ended with {status}: {errors[-400:]}")
        self.last = Run(status, output or b"", errors, seconds, int(self.usage.read_text()) * 1024)
        return self.last

    def json(self, *arguments, status, codes=(), good=True, memory=96 * MIB, **options):
        """A scan with a JSON report: its exit status, its diagnostics, and the finding in good.yaml."""
        arguments = arguments or (".",)
        run = self.run("--format", "json", *arguments, **options)
        try:
            run.report = json.loads(run.output)
        except ValueError as error:
            raise Failed(f"the report is no JSON: {error}; {run.errors[-400:]}") from error
        found = [diagnostic["code"] for diagnostic in run.report["diagnostics"]]
        expect(run.status == status, f"exit status {run.status}, not {status}; diagnostics {found}")
        for code in codes:
            expect(code in found, f"no diagnostic {code} among {found}")
        files = [finding["location"]["file"] for finding in run.report["findings"]]
        expect(not good or "good.yaml" in files, f"the violation in good.yaml is missing: {files}")
        expect(SANITIZED or run.peak < memory, f"took {run.peak // MIB} MiB, more than {memory // MIB}")
        return run

    def write(self, name, content):
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = content.encode()
        path.write_bytes(content)
        return path


CASES = []


def case(function):
    CASES.append(function)
    return function


# Structure


@case
def brackets_ten_thousand_deep(scan):
    scan.write("bad.yaml", "[" * 10_000)
    scan.json(status=FAILURE, codes=["yaml-flow-too-deep"])


@case
def sequences_ten_thousand_deep(scan):
    scan.write("bad.yaml", "- " * 10_000 + "x")
    scan.json(status=FAILURE, codes=["yaml-too-deep"])


@case
def mappings_four_thousand_deep(scan):
    scan.write("bad.yaml", "".join(f"{' ' * depth}a:\n" for depth in range(4_000)))
    scan.json(status=FAILURE, codes=["yaml-too-deep"])


@case
def json_ten_thousand_deep(scan):
    scan.write("bad.json", "[" * 10_000 + "]" * 10_000)
    scan.write("bad2.json", '{"a":' * 10_000 + "1" + "}" * 10_000)
    scan.json(status=FAILURE, codes=["json-too-deep"])


@case
def billion_laughs(scan):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    scan.write("bad.yaml", "\n".join(lines))
    scan.json(status=FAILURE, codes=["yaml-too-many-alias-nodes"])


@case
def many_aliases_of_one_large_value(scan):
    large = ", ".join(["x"] * 10_000)
    scan.write("bad.yaml", f"a: &a [{large}]\nb: [{', '.join(['*a'] * 10_000)}]\n")
    scan.json(status=FAILURE, codes=["yaml-too-many-alias-nodes"])


@case
def merges_of_merges(scan):
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}], k{i}: v}}" for i in range(1, 60)]
    scan.write("bad.yaml", "\n".join(lines))
    scan.json(status=FAILURE, codes=["yaml-too-many-alias-nodes"])


@case
def an_anchor_that_contains_itself(scan):
    scan.write("bad.yaml", "a: &a\n  b: *a\n")
    scan.json(status=FAILURE, codes=["yaml-alias-loop"])


@case
def a_million_documents(scan):
    scan.write("bad.yaml", "---\n{}\n" * 1_000_000)
    scan.json(status=FAILURE, codes=["yaml-too-many-documents"])


@case
def more_values_than_the_limit(scan):
    scan.write("bad.yaml", "a: [" + "1," * 1_500_000 + "1]")
    scan.write("bad.json", "[" + "1," * 1_500_000 + "1]")
    scan.json(status=FAILURE, codes=["yaml-too-many-nodes", "json-too-many-nodes"], memory=256 * MIB)


@case
def two_hundred_thousand_keys(scan):
    keys = "".join(f"  key{i}: {i}\n" for i in range(200_000))
    scan.write("large.yaml", f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: large}}\ndata:\n{keys}")
    scan.json(status=FINDINGS, memory=256 * MIB)


@case
def one_key_a_hundred_thousand_times(scan):
    scan.write("same.yaml", "a: 1\n" * 100_000)
    scan.json(status=FINDINGS, codes=["yaml-duplicate-key"], memory=256 * MIB)


@case
def two_hundred_thousand_arguments(scan):
    arguments = "".join(f"  a{i} = {i}\n" for i in range(200_000))
    scan.write("main.tf", f'resource "x" "y" {{\n{arguments}}}\n')
    scan.json(status=FINDINGS, memory=256 * MIB)


@case
def a_hundred_thousand_types_of_blocks_that_others_override(scan):
    for name, prefix in (("main.tf", "a"), ("override.tf", "b")):
        blocks = "".join(f"  {prefix}{i} {{\n  }}\n" for i in range(100_000))
        scan.write(name, f'resource "x" "y" {{\n{blocks}}}\n')
    scan.json(status=FINDINGS, memory=384 * MIB)


@case
def a_hundred_thousand_suppressions_of_one_resource(scan):
    scan.write("main.tf", "# restorable:ignore AKB117 -- x\n" * 100_000 + 'resource "x" "y" {\n}\n')
    scan.json(status=FINDINGS, memory=384 * MIB)


@case
def a_hundred_thousand_providers(scan):
    providers = "".join(f'    p{i} = ">= 1"\n' for i in range(100_000))
    scan.write("main.tf", f"terraform {{\n  required_providers {{\n{providers}  }}\n}}\n")
    scan.json(status=FINDINGS, memory=384 * MIB)


@case
def a_hundred_thousand_directives(scan):
    scan.write("bad.yaml", "".join(f"%TAG !a{i}! tag:example,2026:\n" for i in range(100_000)) + "--- a\n")
    scan.json(status=FAILURE, codes=["yaml-too-many-directives"])


@case
def a_list_of_lists_of_objects(scan):
    scan.write("bad.yaml", "{apiVersion: v1, kind: List, items: [" * 30 + "]}" * 30)
    scan.json(status=FAILURE, codes=["kubernetes-lists-too-deep"])


@case
def objects_of_the_wrong_shape(scan):
    shapes = ["null", "1", "[]", "{}", "text", "{a: b}", "[[]]", "!!binary aGVsbG8="]
    objects = [
        f"apiVersion: {api}\nkind: {kind}\nmetadata: {shape}\nspec: {shape}\n"
        f"parameters: {shape}\nprovisioner: {shape}\nitems: {shape}\n"
        for api in ("v1", "apps/v1", "storage.k8s.io/v1", "1", "[]", "{}", "a/b/c")
        for kind in ("PersistentVolumeClaim", "StatefulSet", "StorageClass", "List", "7", "[]")
        for shape in shapes]
    scan.write("odd.yaml", "---\n".join(objects))
    run = scan.run("--format", "json", ".")
    expect(run.status in (FINDINGS, FAILURE), f"exit status {run.status}")
    files = [finding["location"]["file"] for finding in json.loads(run.output)["findings"]]
    expect("good.yaml" in files, "the violation in good.yaml is missing")


# Size


@case
def a_scalar_of_a_hundred_mebibytes(scan):
    with open(scan.directory / "bad.yaml", "wb") as file:
        file.write(b"a: '")
        for _ in range(100):
            file.write(b"x" * MIB)
        file.write(b"'\n")
    scan.json(status=FAILURE, codes=["scan-file-too-large"])


@case
def a_scalar_just_below_the_limit(scan):
    scan.write("large.yaml", b"a: '" + b"x" * (31 * MIB) + b"'\n")
    scan.json(status=FINDINGS, memory=192 * MIB)


@case
def a_sparse_file_of_a_tebibyte(scan):
    with open(scan.directory / "bad.yaml", "wb") as file:
        file.truncate(1 << 40)
    scan.json(status=FAILURE, codes=["scan-file-too-large"])


@case
def thirty_mebibytes_of_newlines(scan):
    scan.write("blank.yaml", b"\n" * (30 * MIB))
    scan.json(status=FINDINGS, memory=192 * MIB)


@case
def a_file_that_grows(scan):
    path = scan.write("grows.yaml", CLAIM)
    stop = threading.Event()

    def grow():
        with open(path, "ab", buffering=0) as file:
            for _ in range(2_000):
                if stop.is_set():
                    return
                file.write(b"# more\n" * 10_000)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        run = scan.run("--format", "json", ".")
    finally:
        stop.set()
        writer.join()
    expect(run.status in (FINDINGS, FAILURE), f"exit status {run.status}")
    expect(b"good.yaml" in run.output, "the violation in good.yaml is missing")


# Text


@case
def invalid_utf8(scan):
    scan.write("bad.yaml", b"a: \xff\xfe\xfa\n---\n" + CLAIM.encode())
    scan.write("cut.yaml", b"a: \xe2\x82")
    scan.write("bad.json", b'{"a": "\xc0\xaf"}')
    scan.json(status=FAILURE, codes=["yaml-invalid-utf8", "json-invalid-utf8"])


@case
def nul_bytes(scan):
    scan.write("bad.yaml", b"a: b\0c\n")
    scan.write("bad.json", b'{"a": "\0"}')
    scan.json(status=FAILURE, codes=["yaml-control-character", "json-control-character"])


@case
def terminal_escapes_do_not_reach_the_terminal(scan):
    hostile = "\\e]0;owned\\a\\e[2J"
    scan.write("esc.yaml", GOOD.replace("good", f'"{hostile}"'))
    scan.write("\x1b[31mred.yaml", GOOD.replace("good", "red"))
    for form in ("text", "github", "azuredevops", "markdown", "gitlab", "junit"):
        run = scan.run("--format", form, ".")
        expect(run.status == FINDINGS, f"{form}: exit status {run.status}")
        expect(b"\x1b" not in run.output, f"{form}: an escape character in the output")


@case
def names_with_line_feeds_and_bytes_that_are_no_text(scan):
    scan.write("a\nb::error::c.yaml", GOOD.replace("good", "lines"))
    scan.write(os.fsdecode(b"\xff\xfe.yaml"), GOOD.replace("good", "bytes"))
    run = scan.json(status=FINDINGS)
    expect(run.report["summary"]["files"] == 3, "a file is missing")
    run = scan.run("--format", "github", ".")
    expect(not any(line.startswith(b"b::error") for line in run.output.splitlines()),
           "a file name made a line of its own")


# Files


@case
def unreadable_files(scan):
    scan.write("secret.yaml", CLAIM).chmod(0)
    (scan.directory / "closed").mkdir(mode=0)
    scan.directory.chmod(0o755)
    user = 65534 if os.geteuid() == 0 else None  # root reads files of any mode
    scan.json(status=FAILURE, codes=["scan-unreadable-file", "scan-unreadable-directory"], user=user)


@case
def files_whose_reading_fails(scan):
    # Regular files as far as stat() tells, and even root cannot read their first byte.
    scan.json(".", "/proc/self/mem", status=FAILURE, codes=["scan-unreadable-file"])


@case
def arguments_that_are_not_there(scan):
    scan.json(".", "absent.yaml", "absent/", status=FAILURE, codes=["scan-not-found"])


@case
def a_fifo_without_a_writer(scan):
    os.mkfifo(scan.directory / "pipe.yaml")
    scan.json(status=FAILURE, codes=["scan-not-regular"])
    scan.json("pipe.yaml", ".", status=FAILURE, codes=["scan-not-regular"])


@case
def devices_and_sockets(scan):
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.getcwd()
        os.chdir(scan.directory)  # the path of a socket is short
        try:
            listener.bind("socket.yaml")
        finally:
            os.chdir(here)
        scan.json(".", "/dev/zero", "/dev/null", "/dev/full", status=FAILURE, codes=["scan-not-regular"])


@case
def loops_of_links(scan):
    os.symlink("loop.yaml", scan.directory / "loop.yaml")
    os.symlink("nowhere.yaml", scan.directory / "broken.yaml")
    (scan.directory / "down").mkdir()
    os.symlink("..", scan.directory / "down" / "up")
    scan.json(status=FAILURE, codes=["scan-broken-link"])


@case
def links_out_of_the_tree_are_not_followed(scan):
    os.symlink("/etc", scan.directory / "etc")
    os.symlink("/etc/passwd", scan.directory / "passwd.yaml")
    run = scan.json(status=FINDINGS)
    expect({item["file"] for item in run.report["skipped"]} >= {"etc", "passwd.yaml"},
           "the links are not reported as skipped")


@case
def a_directory_named_like_a_file(scan):
    scan.write("dir.yaml/inner.yaml", GOOD)
    run = scan.json(status=FINDINGS)
    expect(run.report["summary"]["files"] == 2, "inner.yaml was not read")


def make_deep_tree(scan, name):
    here = os.getcwd()
    try:
        os.chdir(scan.directory)
        for _ in range(1_000):
            os.mkdir(name)
            os.chdir(name)
        Path("deep.yaml").write_text(GOOD)
    finally:
        os.chdir(here)


@case
def a_thousand_directories_deep(scan):
    make_deep_tree(scan, "d")
    scan.json(status=FAILURE, codes=["scan-too-deep"])


@case
def a_path_longer_than_the_system_takes(scan):
    make_deep_tree(scan, "directory-of-the-tree")
    scan.json(status=FAILURE, codes=["scan-unreadable-directory"])


@case
def directories_that_vanish(scan):
    stop = threading.Event()

    def churn():
        turn = 0
        while not stop.is_set():
            top = scan.directory / f"come-and-go-{turn % 8}"
            for inner in range(8):
                scan.write(f"{top.name}/{inner}/claim.yaml", CLAIM)
            shutil.rmtree(top, ignore_errors=True)
            turn += 1

    worker = threading.Thread(target=churn)
    worker.start()
    try:
        for _ in range(20):
            run = scan.run("--format", "json", ".")
            expect(run.status in (FINDINGS, FAILURE), f"exit status {run.status}")
            expect(b"good.yaml" in run.output, "the violation in good.yaml is missing")
    finally:
        stop.set()
        worker.join()


# The machine


@case
def few_file_descriptors(scan):
    for number in range(200):
        scan.write(f"{number}/claim.yaml", CLAIM)
    run = scan.json(status=FINDINGS, limits=[(resource.RLIMIT_NOFILE, 12)])
    expect(run.report["summary"]["files"] == 201, "files are missing")


@case
def a_full_disk(scan):
    if not stat.S_ISCHR(os.stat("/dev/full").st_mode):
        return
    with open("/dev/full", "wb") as full:
        run = scan.run(".", stdout=full)
    expect(run.status == FAILURE, f"exit status {run.status}")
    expect(run.errors, "nothing on standard error")
    run = scan.run("--format", "json", "--output", "/dev/full", ".")
    expect(run.status == FAILURE, f"exit status {run.status} for --output")


@case
def a_reader_that_goes_away(scan):
    for number in range(2_000):
        scan.write(f"c{number}.yaml", GOOD.replace("good", f"c{number}"))
    child = scan.start(".")
    child.stdout.read(10)
    child.stdout.close()
    errors = child.stderr.read()
    child.stderr.close()
    child.wait(SECONDS)
    expect(b"terminate" not in errors and b"Sanitizer" not in errors, errors[-400:])


@case
def garbage_on_standard_input(scan):
    with open("/dev/urandom", "rb") as noise, tempfile.TemporaryFile() as file:
        file.write(noise.read(4 * MIB))
        file.seek(0)
        scan.json("-", status=FAILURE, good=False, stdin=file)


@case
def endless_standard_input(scan):
    with open("/dev/zero", "rb") as endless:
        scan.json("-", status=FAILURE, codes=["scan-file-too-large"], good=False, stdin=endless)


def main():
    build = Path(sys.argv[1] if len(sys.argv) > 1 else "build/release").resolve()
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="restorable-") as base:
        os.chmod(base, 0o755)
        # A copy that another user can run, whatever the modes above the build tree.
        program = shutil.copy(build / "bin" / "restorable", base)
        for function in CASES:
            name = function.__name__.replace("_", " ")
            directory = Path(base, function.__name__)
            directory.mkdir()
            scan = Scan(program, directory)
            scan.write("good.yaml", GOOD)
            try:
                function(scan)
                passed += 1
                print(f"ok   {name} ({scan.last.seconds:.2f} s, {scan.last.peak // MIB} MiB)"
                      if scan.last else f"ok   {name}")
            except Failed as failure:
                failed += 1
                print(f"FAIL {name}: {failure}")
            subprocess.run(["chmod", "-R", "u+rwx", directory], check=False, stderr=subprocess.DEVNULL)
            subprocess.run(["rm", "-rf", directory], check=True)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
