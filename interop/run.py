#!/usr/bin/env python3
"""Exchanges models with real Keras in both directions and prints one table.

    interop/.venv/bin/python interop/run.py [FOLDER]

Keras 3 and TF-Keras 2 train models and save them; Pawl (dist/index.js) loads each file, must predict the same, train on
to the same losses, and saves; Keras opens Pawl's files, must predict the same and train on to Pawl's losses.
Ends non-zero when a single comparison fails, or a side did not finish.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def start(*command, **settings):
    return subprocess.Popen(command, cwd=HERE, env={**os.environ, **settings})


def python(*arguments):
    return (sys.executable, *arguments)


def finish(process, what, failures):
    if process.wait() != 0:
        failures.append({"case": what, "check": "ran to its end", "ok": False, "detail": f"exit {process.returncode}"})


def read(path, failures):
    try:
        with open(path) as file:
            return json.load(file)
    except OSError as error:
        failures.append({"case": os.path.basename(path), "check": "was written", "ok": False, "detail": str(error)})
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
    failures = []
    made = [
        (start(*python("keras_side.py", "make", folder)), "Keras 3 makes its files"),
        (start(*python("tf_keras_side.py", "make", folder)), "TF-Keras 2 makes its files"),
    ]
    for process, what in made:
        finish(process, what, failures)
    finish(start("node", "pawl-side.mjs", folder), "Pawl exchanges files", failures)
    finish(start(*python("keras_side.py", "check", os.path.join(folder, "pawl"))), "Keras opens Pawl's files", failures)
    rows = read(os.path.join(folder, "results-pawl.json"), failures)
    rows += read(os.path.join(folder, "pawl", "results-keras.json"), failures)
    rows += failures
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
