#!/usr/bin/env python3
"""Exchanges models with real Keras in both directions and prints one table.

    interop/.venv/bin/python interop/run.py [FOLDER] [--share I/N] [--random COUNT] [--seed FIRST] [--backend tensorflow|jax]

Keras 3 and TF-Keras 2 train models and save them; Pawl (dist/index.js) loads each file, must predict the same, train on
to the same losses, and saves; Keras opens Pawl's files, must predict the same and train on to Pawl's losses.
`--share 2/3` takes every third model from the second on. Random models follow, COUNT seeds from FIRST on; `--only-random` leaves out the others. Ends non-zero when a single comparison fails, or a side did not finish.
"""

import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest

from models import COMPILED, STEP_BY_STEP

HERE = os.path.dirname(os.path.abspath(__file__))
WORKERS = 2


def python(*arguments):
    return (sys.executable, *arguments)


def parts(names):
    """The names in as many shares as there are workers."""
    return [list(names)[i::WORKERS] for i in range(WORKERS)]


def shares(names):
    """Pairs of a backend of Keras and the share of the names that a process of its own takes on it."""
    stepped = [name for name in names if name in STEP_BY_STEP]
    compiled = [name for name in names if name not in STEP_BY_STEP]
    split = [("jax", part) for part in parts(compiled)] + [("tensorflow", part) for part in parts(stepped)]
    return [(backend, part) for backend, part in split if part]


def run_all(commands, failures, backends=()):
    """Runs the commands, as many at a time as there are workers; one that ends badly is a failed check.

    `backends` are those of Keras for the first commands; the others take their own.
    """

    def run(command, backend):
        backend = {} if backend is None else {"KERAS_BACKEND": backend}
        return subprocess.run(command, cwd=HERE, env=os.environ | backend).returncode

    with ThreadPoolExecutor(WORKERS) as pool:
        codes = pool.map(run, *zip(*zip_longest(commands, backends)))
    for command, code in zip(commands, codes):
        if code != 0:
            what = " ".join(os.path.basename(word) for word in command[:3])
            failures.append(failure(what, "ran to its end", f"exit {code}"))


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


def exchange(folder, share, failures):
    """The models that have a name, or a share of them."""
    first, of = share
    made = shares(COMPILED[first - 1 :: of] + STEP_BY_STEP[first - 1 :: of])
    run_all(
        [
            *(python("keras_side.py", "make", folder, f"cases-{i}.json", *part) for i, (_, part) in enumerate(made)),
            python("tf_keras_side.py", "make", folder, "cases-old.json"),
        ],
        failures,
        [backend for backend, _ in made],
    )
    run_all([("node", "pawl-side.mjs", folder)], failures)
    saved = shares(read(os.path.join(folder, "pawl", "pawl.json"), failures))
    results = [f"results-{i}.json" for i in range(len(saved))]
    run_all(
        [
            *(python("keras_side.py", "check", folder, results[i], *part) for i, (_, part) in enumerate(saved)),
            python("keras_side.py", "recover", folder, "results-recovery.json"),
        ],
        failures,
        [backend for backend, _ in saved],
    )
    return ["results-pawl.json", *results, "results-recovery.json"]


def exchange_random(folder, options, failures):
    """Random ones, in as many folders as there are workers."""
    folders = [os.path.join(folder, f"random-{i}") for i in range(WORKERS)]
    each = -(-options.random // WORKERS)
    for one in folders:
        os.makedirs(one, exist_ok=True)
    firsts = [options.seed + i * each for i in range(WORKERS)]
    run_all(
        [
            python("random_side.py", "make", one, options.backend, str(first), str(each))
            for one, first in zip(folders, firsts)
        ],
        failures,
    )
    run_all([("node", "random-side.mjs", one) for one in folders], failures)
    run_all([python("random_side.py", "check", one, options.backend) for one in folders], failures)
    names = ("results-random-pawl.json", "results-random.json")
    return [os.path.join(os.path.basename(one), name) for one in folders for name in names]


def main(folder, options):
    began = time.monotonic()
    # JAX compiles each training step anew for each copy of a model, which is most of the time here, unless it remembers.
    os.environ["JAX_COMPILATION_CACHE_DIR"] = os.path.join(folder, "compiled")
    os.environ["JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS"] = "0"
    for old in glob.glob(os.path.join(folder, "**", "*.json"), recursive=True):
        os.remove(old)
    failures = []
    results = [] if options.only_random else exchange(folder, options.share, failures)
    if options.random > 0:
        results += exchange_random(folder, options, failures)
    rows = list(failures)
    for name in results:
        rows = read(os.path.join(folder, name), rows) + rows
    print()
    table(rows)
    failed = sum(not row["ok"] for row in rows)
    models = len({row["case"] for row in rows})
    print(f"\n{models} models in {time.monotonic() - began:.0f} s: {len(rows) - failed} passed, {failed} failed")
    return 1 if failed or not rows else 0


def share(text):
    first, of = (int(word) for word in text.split("/"))
    if not 1 <= first <= of:
        raise argparse.ArgumentTypeError(f"{text} is no share. Expected: I/N with I from 1 to N.")
    return first, of


def arguments():
    parser = argparse.ArgumentParser(description="Exchanges models with real Keras in both directions.")
    parser.add_argument("folder", nargs="?", help="where the files stay; without it they are removed")
    parser.add_argument("--share", type=share, default=(1, 1), metavar="I/N", help="every N-th model from the I-th on")
    parser.add_argument("--random", type=int, default=12, help="how many random models")
    parser.add_argument("--seed", type=int, default=1, help="the first one's seed")
    parser.add_argument("--backend", choices=("tensorflow", "jax"), default="tensorflow", help="for the random ones")
    parser.add_argument("--only-random", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    options = arguments()
    if options.folder is not None:
        os.makedirs(options.folder, exist_ok=True)
        sys.exit(main(os.path.abspath(options.folder), options))
    with tempfile.TemporaryDirectory(prefix="pawl-interop-") as temporary:
        sys.exit(main(temporary, options))
