#!/usr/bin/env python3
"""Reads ONNX files that Pawl exported with ONNX's own checker, its reference implementation and ONNX Runtime, and compares
what both compute with Pawl's predictions.

    interop/.venv/bin/python interop/onnx_files.py [FOLDER]
"""

import json
import os
import subprocess
import sys
import tempfile

import numpy as np
import onnx
import onnxruntime
from onnx.reference import ReferenceEvaluator

import common

here = os.path.dirname(os.path.abspath(__file__))
folder = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()
subprocess.run(["node", os.path.join(here, "onnx-side.mjs"), folder], check=True)
failed = 0
for case in json.load(open(os.path.join(folder, "cases.json"))):
    path = os.path.join(folder, case["file"])
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    domains = {node.domain for node in model.graph.node}
    feeds = {name: np.asarray(x["data"], x["dtype"]).reshape(x["shape"]) for name, x in case["inputs"].items()}
    wanted = [np.asarray(y["data"], "float32").reshape(y["shape"]) for y in case["outputs"]]
    readers = {
        "ONNX Runtime": lambda: onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"]).run(None, feeds),
        "reference": lambda: ReferenceEvaluator(model).run(None, feeds),
    }
    for reader, run in readers.items():
        off = common.largest_difference(run(), wanted)
        ok = off <= common.PREDICTION_TOLERANCE and domains == {""}
        failed += not ok
        print(f"{case['file']:<24} {reader:<14} {'ok' if ok else 'DIFFERS'}  off by {off:.1e}")
sys.exit(failed > 0)
