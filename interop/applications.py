#!/usr/bin/env python3
"""Saves Keras's applications with random weights, opens the weights by path in Pawl, and compares predictions and three steps
of fine-tuning.

    interop/.venv/bin/python interop/applications.py [--all] [NAME ...]

By default those that take seconds; --all takes some of every family.
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

import common

SMALL = {
    "MobileNet": {"alpha": 0.25, "input_shape": (32, 32, 3), "classes": 5},
    "MobileNetV2": {"alpha": 0.35, "input_shape": (32, 32, 3), "classes": 5},
    "MobileNetV3Small": {"input_shape": (32, 32, 3), "classes": 5},
    "EfficientNetB0": {"input_shape": (32, 32, 3), "classes": 5},
    "EfficientNetV2B0": {"input_shape": (32, 32, 3), "include_top": False, "pooling": "avg"},
    "ResNet50V2": {"input_shape": (32, 32, 3), "include_top": False, "pooling": "max"},
}
MORE = {
    "NASNetMobile": {"input_shape": (32, 32, 3), "classes": 5},
    "VGG16": {"input_shape": (32, 32, 3), "include_top": False, "pooling": "avg"},
    "VGG19": {"input_shape": (32, 32, 3), "include_top": False, "pooling": "avg"},
    "ResNet50": {"input_shape": (32, 32, 3), "classes": 5},
    "DenseNet121": {"input_shape": (32, 32, 3), "classes": 5},
    "Xception": {"input_shape": (71, 71, 3), "classes": 5},
    "InceptionV3": {"input_shape": (75, 75, 3), "classes": 5},
    "InceptionResNetV2": {"input_shape": (75, 75, 3), "classes": 5},
    "MobileNetV3Large": {"input_shape": (32, 32, 3), "classes": 5, "minimalistic": True},
    "ConvNeXtTiny": {"input_shape": (32, 32, 3), "classes": 5},
}

here = os.path.dirname(os.path.abspath(__file__))
named = [argument for argument in sys.argv[1:] if argument != "--all"]
every = {**SMALL, **MORE}
cases = {name: every[name] for name in named} if named else every if "--all" in sys.argv else SMALL
failed = 0

with tempfile.TemporaryDirectory() as folder:
    for name, options in cases.items():
        keras.utils.clear_session()
        keras.utils.set_random_seed(3)
        rng = np.random.default_rng(5)
        model = getattr(keras.applications, name)(weights=None, **options)
        for variable in model.weights:
            value = np.asarray(variable)
            if variable.name in ("mean", "variance", "count"):
                continue  # what Normalization would have learned
            if "moving_variance" in variable.path or variable.path.endswith("gamma"):
                variable.assign(rng.uniform(0.7, 1.3, value.shape))
            elif value.ndim <= 1:
                variable.assign(rng.uniform(-0.1, 0.1, value.shape))
        for layer in model.layers:
            # Masks of two libraries differ.
            if isinstance(layer, keras.layers.Dropout):
                layer.rate = 0
            # As people fine-tune; over four small images, normalization makes rounding into differences.
            if isinstance(layer, keras.layers.BatchNormalization):
                layer.trainable = False
        height, width, channels = options["input_shape"]
        x = rng.uniform(0, 255, (4, height, width, channels)).astype("float32")
        if not name.startswith(("MobileNetV3", "Efficient", "ConvNeXt")):
            x = x / 127.5 - 1
        y = rng.uniform(0, 1, (4, *model.output_shape[1:])).astype("float32")
        weights = os.path.join(folder, f"{name}.weights.h5")
        model.save_weights(weights)
        model.save(os.path.join(folder, f"{name}.h5"))
        told = {"predictions": common.to_json(model.predict(x, verbose=0))}
        model.compile(keras.optimizers.SGD(1e-3), "mse")
        told["losses"] = [float(model.train_on_batch(x, y)) for _ in range(3)]
        job = {"name": name, "options": options, "weights": weights, "x": common.to_json(x), "y": common.to_json(y)}
        with open(os.path.join(folder, "job.json"), "w") as file:
            json.dump(job, file)
        side = subprocess.run(["node", os.path.join(here, "applications-side.mjs"), os.path.join(folder, "job.json")], capture_output=True, text=True)
        if side.returncode:
            failed += 1
            print(f"{name:<20} failed: {side.stderr.strip()[-300:]}")
            continue
        got = json.loads(side.stdout.splitlines()[-1])
        off = {
            "predictions": common.largest_difference(common.from_json(got["predictions"]), common.from_json(told["predictions"])),
            "whole file": common.largest_difference(common.from_json(got["opened"]), common.from_json(told["predictions"])),
            "losses": common.largest_difference(np.array(got["losses"]), np.array(told["losses"])),
        }
        if off["losses"] > 1e-4:
            print("   losses", got["losses"], "instead of", told["losses"])
        ok = all(value <= 1e-4 for value in off.values())
        failed += not ok
        print(f"{name:<20} {'ok' if ok else 'DIFFERS'}   {', '.join(f'{key} {value:.1e}' for key, value in off.items())}", flush=True)
print(f"{len(cases) - failed} of {len(cases)} applications agree")
sys.exit(failed > 0)
