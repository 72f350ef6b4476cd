#!/usr/bin/env python3
"""The recipes of examples/ in real Keras (JAX): from the same weights, batches and random numbers, each log of the first
20 steps must agree within 1e-4 of the largest, and so must what the recipe computes afterwards.

    interop/.venv/bin/python interop/recipes/run.py [NAME...] [--steps 20]
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time

from sides import Told

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
NAMES = [
    "dcgan",
    "wgan-gp",
    "vae",
    "diffusion",
    "simclr",
    "triplet",
    "distillation",
    "dqn",
    "ppo",
    "pinn",
    "explain",
    "style",
    "maml",
]
TOLERANCE = 1e-4


def difference(received, expected):
    """Beside the largest of the expected numbers."""
    received, expected = np.asarray(received, "float64"), np.asarray(expected, "float64")
    if received.shape != expected.shape or not np.isfinite(received).all():
        return np.inf
    return float(np.max(np.abs(received - expected)) / max(1e-12, float(np.max(np.abs(expected)))))


def pawl(name, steps, folder):
    """Runs the recipe in Pawl. @returns what it told"""
    out = os.path.join(folder, f"{name}.json")
    command = ["node", os.path.join(HERE, "pawl-side.mjs"), os.path.join(ROOT, "examples", f"{name}.ts"), out, str(steps)]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with open(out) as file:
        return Told(json.load(file))


def compare(name, told):
    """@returns rows of (what, difference)"""
    recipe = importlib.import_module(name.replace("-", "_"))
    expected = list(recipe.steps(told))
    names = sorted(expected[0])
    if sorted(told.logs[0]) != names:
        return [(f"logs {sorted(told.logs[0])} instead of {names}", np.inf)]
    rows = [
        (f"{key} of {len(expected)} steps", difference([logs[key] for logs in told.logs], [logs[key] for logs in expected]))
        for key in names
    ]
    if hasattr(recipe, "outputs"):
        for x, outputs in told.predicted:
            for i, output in enumerate(recipe.outputs(told, x)):
                rows.append((f"output {i} afterwards", difference(outputs[i], output)))
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", default=NAMES)
    parser.add_argument("--steps", type=int, default=20)
    options = parser.parse_args()
    failed = 0
    for name in options.names:
        begin = time.time()
        with tempfile.TemporaryDirectory() as folder:
            rows = compare(name, pawl(name, options.steps, folder))
        for what, found in rows:
            ok = found <= TOLERANCE
            failed += not ok
            print(f"{name:<14} {what:<34} {found:.1e} {'ok' if ok else 'FAILED'}", flush=True)
        print(f"{'':<14} {time.time() - begin:.0f} s", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
