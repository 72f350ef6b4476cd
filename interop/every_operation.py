#!/usr/bin/env python3
"""Every operation that can stand in a network, through real Keras's files: Pawl saves the cases of its contract tests as
functional models, Keras opens them and must compute what it computed for the fixtures; Keras saves them anew, and Pawl
must compute the same of those.

    interop/.venv/bin/python interop/every_operation.py [FOLDER]
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import warnings

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np

warnings.filterwarnings("ignore")

# What Keras cannot open or compute although it wrote files like these itself. Each is checked to be so still.
UNREAD = "its file has a list where the class takes tuples alone"
UNHASHABLE = "lists, which tuples are in its file, cannot be constants of JAX's compiled functions"
LISTED = "it makes a list of the axis, which cannot be a constant of JAX's compiled functions"
KERAS_CANNOT = {
    "conv, groups": "it wants as many channels of a kernel as the input has, whatever the groups",
    "convTranspose,": "it takes the padding where the padding of the output belongs",
    "maxPool, same": UNHASHABLE,
    "averagePool, same": UNHASHABLE,
    "solve, vectors": "JAX takes vectors for matrices",
    "adaptiveMaxPool,": UNREAD,
    "adaptiveAveragePool, two sizes": UNREAD,
    "adaptiveAveragePool, one axis": UNREAD,
    "adaptiveAveragePool, three axes": UNREAD,
    "adaptiveAveragePool, channels first": UNREAD,
    "rot90,": UNHASHABLE,
    "norm, fro": UNHASHABLE,
    "norm, order 3": LISTED,
    "norm, order 0": LISTED,
    "quantile,": LISTED,
    "bincount, counts": "it counts on to the largest number that comes, whatever the shape says",
    "histogram, counts": "the backends have no such function",
    "histogram, edges": "the backends have no such function",
    "histogram, range": "it writes the range as a list and takes none back",
    **{f"nan{name}, kept": UNHASHABLE for name in ("sum", "mean", "prod", "var", "std", "max", "min")},
    "image.scaleAndTranslate,": "it asks for a shape with the unknown size of the batch",
}

here = os.path.dirname(os.path.abspath(__file__))
folder = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()


def side(command):
    subprocess.run(["node", os.path.join(here, "every-operation-side.mjs"), command, folder], check=True)


def array(told):
    return np.array([float(v) for v in told["data"]]).reshape(told["shape"]).astype(told["dtype"])


def fixture():
    """What test/fixtures/keras/ops has, with the zeros below zero that JavaScript's JSON does not write."""
    paths = sorted(pathlib.Path(here).parent.glob("test/fixtures/keras/ops/*.json"))
    return {name: rows for path in paths for name, rows in json.loads(path.read_text()).items()}


def tried(case):
    """What is wrong with it in Keras, or "" and the model."""
    try:
        model = keras.models.load_model(os.path.join(folder, case["file"]), compile=False)
        inputs = [array(x) for x in case["inputs"]]
        result = np.asarray(model(inputs if len(inputs) > 1 else inputs[0], training=False))
        wanted = array(case["output"])
        if result.shape != wanted.shape:
            return f"shape {result.shape} instead of {wanted.shape}", None
        if not np.allclose(result.astype("float64"), wanted.astype("float64"), rtol=1e-4, atol=1e-4, equal_nan=True):
            return f"off by {np.max(np.abs(result.astype('float64') - wanted)):.1e}", None
        return "", model
    except Exception as error:
        return re.sub(r"\s+", " ", f"{type(error).__name__}: {error}")[:300], None


side("make")
with open(os.path.join(folder, "told.json")) as file:
    told = json.load(file)["told"]
saved, failed, known_rows = {}, [], fixture()
for label, case in told.items():
    operation, row = label.split(", ", 1)
    row = known_rows[operation][row]
    case = {"file": case["file"], "inputs": [row["inputs"][i] for i in case["fed"]], "output": row["output"]}
    wrong, model = tried(case)
    known = next((why for start, why in KERAS_CANNOT.items() if label.startswith(start)), None)
    if (wrong != "") != (known is not None):
        failed.append(f"{label}: {wrong or 'is said to be impossible in Keras, but works'}")
    if model is not None:
        path = f"keras-{case['file']}"
        model.save(os.path.join(folder, path))
        saved[label] = {**case, "file": path}
with open(os.path.join(folder, "saved.json"), "w") as file:
    json.dump(saved, file)
side("back")
with open(os.path.join(folder, "back.json")) as file:
    failed += [f"{label}, saved by Keras: {wrong}" for label, wrong in json.load(file).items() if wrong]
print("\n".join(failed))
print(f"{len(told)} models, {len(saved)} back and forth, {len(told) - len(saved)} that Keras cannot: {len(failed)} failed")
sys.exit(bool(failed))
