#!/usr/bin/env python3
"""Runs every `$ restorable …` of the README and compares what follows it with what comes out.

    tests/e2e/readme.py [BUILD] [--update]

A console block holds one command, run at the top of the repository, and its whole output. --update
writes what comes out into the README.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"(```console\n\$ (restorable[^\n]*)\n)(.*?)(```\n)", re.DOTALL)


def run(command, build):
    path = f"{build.resolve() / 'bin'}:{os.environ['PATH']}"
    done = subprocess.run(
        command, shell=True, cwd=TOP, env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.stdout.decode()


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--update"]
    build = Path(arguments[0] if arguments else TOP / "build/release")
    passed = failed = 0
    document = TOP / "README.md"
    text = document.read_text()
    updated = BLOCK.sub(lambda found: found[1] + run(found[2], build) + found[4], text)
    if "--update" in sys.argv:
        document.write_text(updated)
    for old, new in zip(BLOCK.finditer(text), BLOCK.finditer(updated)):
        if old[3] == new[3]:
            passed += 1
            continue
        failed += 1
        print(f"{'updated' if '--update' in sys.argv else 'FAIL'}: $ {new[2]}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0 and "--update" not in sys.argv


if __name__ == "__main__":
    sys.exit(main())
