#!/usr/bin/env python3
"""Opens models made of operations, which Pawl saved, with real Keras, and compares what both predict.

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

TOLERANCE = 1e-6
here = os.path.dirname(os.path.abspath(__file__))
folder = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()
subprocess.run(["node", os.path.join(here, "operations-side.mjs"), folder], check=True)
with open(os.path.join(folder, "operations.json")) as file:
    told = json.load(file)

failed = 0
for label, case in told.items():
    try:
        model = keras.models.load_model(os.path.join(folder, case["file"]))
        inputs = [np.array(x, "float32") for x in case["inputs"]]
        results = model.predict(inputs if len(inputs) > 1 else inputs[0], verbose=0)
        results = results if isinstance(results, list) else [results]
        wanted = [np.array(y, "float64") for y in case["outputs"]]
        ok = len(results) == len(wanted) and all(
            r.shape == w.shape and np.allclose(r, w, rtol=TOLERANCE, atol=TOLERANCE * 3) for r, w in zip(results, wanted)
        )
        worst = "" if ok else f"{results} instead of {wanted}"[:300]
    except Exception as error:
        ok, worst = False, f"{type(error).__name__}: {error}"[:300]
    failed += not ok
    print(f"{label:<32} {'ok' if ok else worst}")
print(f"{len(told) - failed} of {len(told)} models agree")
sys.exit(failed > 0)
