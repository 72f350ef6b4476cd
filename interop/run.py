#!/usr/bin/env python3
"""Exchanges models with real Keras in both directions and prints one table.

    interop/.venv/bin/python interop/run.py [FOLDER]

Keras 3 and TF-Keras 2 train models and save them; Pawl (dist/index.js) loads each file, must predict the same, train on
to the same losses, and saves; Keras opens Pawl's files, must predict the same and train on to Pawl's losses.
Ends non-zero when a single comparison fails, or a side did not finish.
"""

import glob
import json
import os
import subprocess
import sys
import tempfile
import time

from models import CASES

HERE = os.path.dirname(os.path.abspath(__file__))
WORKERS = 2


def python(*arguments):
    return (sys.executable, *arguments)


def parts(names):
    """The names in as many shares as there are workers."""
    return [list(names)[i::WORKERS] for i in range(WORKERS)]


def run_all(commands, failures):
    """Runs the commands beside each other; one that ends badly is a failed check."""
    processes = [subprocess.Popen(command, cwd=HERE) for command in commands]
    for command, process in zip(commands, processes):
        if process.wait() != 0:
            what = " ".join(os.path.basename(word) for word in command[:3])
            failures.append(failure(what, "ran to its end", f"exit {process.returncode}"))


def failure(case, check, detail):
    return {"case": case, "check": check, "ok": False, "detail": detail}


def read(path, failures):
    try:
        with open(path) as file:
            return json.load(file)
    except OSError as error:
        failures.append(failure(os.path.basename(path), "was written", str(error)))
        return []


def table(rows):
    cases = {}
    for row in rows:
        cases.setdefault(row["case"], []).append(row)
    width = max((len(name) for name in cases), default=0)
    for name, checks in cases.items():
        failed = [check for check in checks if not check["ok"]]
        worst = "; ".join(f"{check['check']}: {check['detail']}" for check in failed)
        print(f"{name:<{width}}  {len(checks) - len(failed):>2}/{len(checks):<2} {worst or 'ok'}")


def main(folder):
    began = time.monotonic()
    # JAX compiles each training step anew for each copy of a model, which is most of the time here, unless it remembers.
    os.environ["JAX_COMPILATION_CACHE_DIR"] = os.path.join(folder, "compiled")
    os.environ["JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS"] = "0"
    for old in glob.glob(os.path.join(folder, "*.json")) + glob.glob(os.path.join(folder, "pawl", "*.json")):
        os.remove(old)
    failures = []
    results = [f"results-{i}.json" for i in range(WORKERS)]
    run_all(
        [
            *(python("keras_side.py", "make", folder, f"cases-{i}.json", *part) for i, part in enumerate(parts(CASES))),
            python("tf_keras_side.py", "make", folder, "cases-old.json"),
        ],
        failures,
    )
    run_all([("node", "pawl-side.mjs", folder)], failures)
    saved = read(os.path.join(folder, "pawl", "pawl.json"), failures)
    run_all(
        [
            *(python("keras_side.py", "check", folder, results[i], *part) for i, part in enumerate(parts(saved)) if part),
            python("keras_side.py", "recover", folder, "results-recovery.json"),
        ],
        failures,
    )
    rows = list(failures)
    for name in ["results-pawl.json", *results, "results-recovery.json"]:
        rows = read(os.path.join(folder, name), rows) + rows
    print()
    table(rows)
    failed = sum(not row["ok"] for row in rows)
    models = len({row["case"] for row in rows})
    print(f"\n{models} models in {time.monotonic() - began:.0f} s: {len(rows) - failed} passed, {failed} failed")
    return 1 if failed or not rows else 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        os.makedirs(sys.argv[1], exist_ok=True)
        sys.exit(main(os.path.abspath(sys.argv[1])))
    with tempfile.TemporaryDirectory(prefix="pawl-interop-") as temporary:
        sys.exit(main(temporary))
