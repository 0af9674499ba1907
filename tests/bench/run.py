#!/usr/bin/env python3
"""Measures the program against other programs in the same run, so that a machine's speed cancels out.

    tests/bench/run.py [--build BUILD] [--quick]           manifests of our own making
    tests/bench/run.py [--build BUILD] --directory DIR     manifests that somebody has

Prints a table of ratios with their bars and fails when one is missed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import manifests

MIB = 1 << 20
SMALL_FILE = """apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: managed-csi
  resources: {requests: {storage: 8Gi}}
"""


def measure(command, directory):
    """Seconds and peak bytes of one run."""
    # What a process has in memory counts for what it execs, so this one's size would show: time is
    # a small one between.
    with open(os.devnull, "r+b") as null, tempfile.NamedTemporaryFile() as usage:
        command = ["/usr/bin/time", "--quiet", "--format=%M", f"--output={usage.name}", *command]
        begin = time.perf_counter()
        status = subprocess.run(command, cwd=directory, stdin=null, stdout=null, check=False).returncode
        seconds = time.perf_counter() - begin
        if status not in (0, 1):
            print(f"note: {' '.join(map(str, command))} ended with {status}", file=sys.stderr)
        return seconds, int(usage.read()) * 1024


def best(commands, directory, turns):
    """The fastest of several runs of each command, run in turn, and the largest peak of each."""
    seconds = [float("inf")] * len(commands)
    peaks = [0] * len(commands)
    for _ in range(turns):
        for i, command in enumerate(commands):
            taken, peak = measure(command, directory)
            seconds[i] = min(seconds[i], taken)
            peaks[i] = max(peaks[i], peak)
    return seconds, peaks


class Table:
    def __init__(self):
        self.missed = 0
        print("| what | measured | bar | |\n| --- | --- | --- | --- |")

    def row(self, what, value, bar, unit):
        met = value <= bar
        self.missed += not met
        print(f"| {what} | {value:.2f} {unit} | {bar:.2f} {unit} | {'met' if met else 'MISSED'} |",
              flush=True)


def input_bytes(directory):
    return sum(path.stat().st_size for path in Path(directory).rglob("*")
               if path.suffix in (".yaml", ".yml", ".json") and path.is_file())


def scan_rows(table, build, directory, name, turns):
    """One tree of manifests; returns the seconds that it takes."""
    scan = [build / "bin/restorable", "scan", "--format", "json", "."]
    events = [build / "bin/libyaml_events", "."]
    (ours, theirs), (peak, _) = best([scan, events], directory, turns)
    size = input_bytes(directory)
    table.row(f"{name}: scan / libyaml alone", ours / theirs, 1.5, "×")
    table.row(f"{name}: peak memory ({size / MIB:.1f} MiB of input)", peak / MIB,
              30 + 3 * size / MIB, "MiB")
    return ours


def start_up_row(table, build):
    with tempfile.TemporaryDirectory() as directory:
        Path(directory, "claim.yaml").write_text(SMALL_FILE)
        scan = [build / "bin/restorable", "scan", "claim.yaml"]
        python = ["python3", "-S", "-c", "pass"]
        (ours, theirs), _ = best([scan, python], directory, 40)
    table.row("start and scan one file / `python3 -S -c pass`", ours / theirs, 1.0, "×")


def rule_row(table, build):
    """The slowest of the objects that all rules are evaluated on."""
    output = subprocess.run(
        [build / "bin/bench_policy", "--benchmark_format=json", "--benchmark_filter=AllRulesOnOneObject"],
        check=True, capture_output=True).stdout
    worst = max(json.loads(output)["benchmarks"], key=lambda each: each["cpu_time"])
    name = worst["label"]
    table.row(f"all rules on one object ({name})", worst["cpu_time"] / 1000, 20, "µs")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=Path, default=Path("build/bench"))
    parser.add_argument("--quick", action="store_true", help="leave out the largest tree")
    parser.add_argument("--directory", type=Path, help="measure this tree alone")
    arguments = parser.parse_args()
    build = arguments.build.resolve()

    table = Table()
    if arguments.directory:
        scan_rows(table, build, arguments.directory, arguments.directory.name, 5)
        return table.missed > 0

    start_up_row(table, build)
    rule_row(table, build)
    per_file = {}
    for files in [1_000, 10_000] if arguments.quick else [1_000, 10_000, 50_000]:
        directory = build / "manifests" / str(files)
        if not directory.exists():
            manifests.write(files, directory)
        turns = 3 if files > 10_000 else 7
        per_file[files] = scan_rows(table, build, directory, f"{files:,} files", turns) / files
    fewest, most = min(per_file), max(per_file)
    table.row(f"a file among {most:,} / a file among {fewest:,}", per_file[most] / per_file[fewest],
              1.3, "×")
    return table.missed > 0


if __name__ == "__main__":
    sys.exit(main())
