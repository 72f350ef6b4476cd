#!/usr/bin/env python3
"""Opens models made of operations, which Pawl saved, with real Keras, and compares what both predict; what Keras saves of
them again is opened by Pawl. There are selected ones, and of what every_operation.py leaves out one each: cases without
the rows of a batch, activations, other names (operations-walk.mjs).

    interop/.venv/bin/python interop/operations.py [FOLDER]
"""

import json
import os
import subprocess
import sys
import tempfile

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np
from operations_cannot import KERAS_CANNOT

TOLERANCE = 1e-5
here = os.path.dirname(os.path.abspath(__file__))
folder = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()


def side(*more):
    subprocess.run(["node", os.path.join(here, "operations-side.mjs"), folder, *more], check=True)


def told(name):
    with open(os.path.join(folder, name)) as file:
        return json.load(file)


def array(plain):
    return np.array([float(x) for x in plain["data"]]).astype(plain["dtype"]).reshape(plain["shape"])


def difference(received, wanted):
    """In what two lists of arrays differ, or nothing."""
    if len(received) != len(wanted):
        return f"{len(received)} outputs instead of {len(wanted)}"
    for a, b in zip(received, wanted):
        if a.shape != b.shape:
            return f"shape {a.shape} instead of {b.shape}"
        if a.dtype.kind != b.dtype.kind:
            return f"{a.dtype} instead of {b.dtype}"
        a, b = a.astype("float64"), b.astype("float64")
        largest = np.max(np.abs(b[np.isfinite(b)]), initial=0)
        if not np.allclose(a, b, rtol=TOLERANCE, atol=TOLERANCE * min(max(largest, 1e-3), 1), equal_nan=True):
            return f"{a.tolist()} instead of {b.tolist()}"
    return None


def kerases(model, case):
    """What Keras's model gives, not by predict: outputs need not have the rows of the batch."""
    inputs = [array(x) for x in case["inputs"]]
    results = model(inputs if len(inputs) > 1 else inputs[0])
    return [np.asarray(keras.ops.convert_to_numpy(x)) for x in (results if isinstance(results, (list, tuple)) else [results])]


def with_keras(case):
    """What is wrong when Keras opens, computes and saves a model of Pawl's, or nothing."""
    try:
        model = keras.models.load_model(os.path.join(folder, case["file"]))
        found = difference(kerases(model, case), [array(y) for y in case["outputs"]])
        model.save(os.path.join(folder, case["again"]))
        return found
    except Exception as error:
        return f"{type(error).__name__}: {error}"


side()
cases = told("operations.json")
wrong, cannot = {}, set()
for label, case in cases.items():
    if "error" in case:
        wrong[label] = f"Pawl: {case['error']}"
        continue
    found = with_keras(case)
    known = next((says for start, (says, _) in KERAS_CANNOT.items() if label.startswith(start)), None)
    if known is not None:
        cannot.add(label)
        if known not in (found or ""):
            wrong[label] = f"is said to fail with {known!r} in Keras: {found or 'it works'}"
    elif found:
        wrong[label] = found
side("--again")
again = told("again.json")
for label in cases.keys() - wrong.keys() - cannot:
    made = again.get(label, {"error": "Keras did not save it"})
    found = made.get("error") or difference([array(y) for y in made["outputs"]], [array(y) for y in cases[label]["outputs"]])
    if found:
        wrong[label] = f"again: {found}"

for label, found in wrong.items():
    print(f"{label:<40} {' '.join(found.split())[:300]}")
print(f"{len(cases)} models, {len(cannot)} that Keras cannot: {len(wrong)} failed")
sys.exit(bool(wrong))
