#!/usr/bin/env python3
"""Gradients and loss curves of the seven models of bench/, in Pawl and in Keras on TensorFlow and JAX.

    interop/.venv/bin/python interop/seven.py [--only mlp,lstm] [--steps 100]

Keras makes each model and its batches, without dropout, and saves it twice: with SGD, whose momentum after one step of
rate 1 is the gradient, exactly; and with Adam. Every side loads these files and trains on the same batches.
Gradients of each weight must agree within 1e-5 of the largest of them, losses of each step within 1e-3.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.join(HERE, "..", "bench")
NAMES = ["seed", "mlp", "wide", "convnet", "resnet", "lstm", "transformer"]
SIDES = ["jax", "tensorflow", "pawl"]
GRADIENT_TOLERANCE = 1e-5
LOSS_TOLERANCE = 1e-3
# At Adam's usual rate the losses of these two jump about, and Keras's backends part from each other.
RATES = {"wide": 1e-4, "lstm": 1e-4}
# Rounding decides on which side of ReLU's kink a value of 1e-7 lies, and a gradient of few numbers jumps with it. With
# these weights no such value is among the first batch's.
SEEDS = {"convnet": 8}
# Rows of the batch that gradients are of; default: all. The ResNet's has twelve million activations, of which some always
# lie at the kink, and TensorFlow adds up 65,536 numbers for a bias one after the other.
ROWS = {"resnet": 4}


def learnable(model, steps):
    """Batches that a model can learn. On noise, training magnifies the last bits: Keras's own backends part there."""
    import numpy as np

    random = np.random.default_rng(0)
    rows = model["batch"] * steps
    classes = model["labels"]["classes"]
    y = random.integers(0, classes, (rows, *model["labels"].get("shape", []))).astype("int32")
    x = []
    for given in model["inputs"]:
        shape = (rows, *given["shape"])
        if given.get("positions"):
            part = np.broadcast_to(np.arange(shape[1]), shape)
        elif "below" in given and y.shape == shape:
            part = (y * 7 + 3) % given["below"]
        elif "below" in given:
            part = (random.integers(0, 50, shape) * classes + y[:, None]) % given["below"]
        else:
            part = random.normal(size=(classes, *given["shape"]))[y] + 0.3 * random.normal(size=shape)
        x.append(part.astype("int32" if "below" in given or given.get("positions") else "float32"))
    return x, y


def make(folder, names, steps):
    """Models and batches, by Keras."""

    sys.path.insert(0, BENCH)
    import keras
    from keras_worker import build, definition

    for name in names:
        model = definition(name)
        for layer in model["layers"]:
            if layer["layer"] == "Dropout":
                layer["rate"] = 0.0
        x, y = learnable(model, min(steps, 8))
        for part, array in {"y": y, **{f"x{i}": part for i, part in enumerate(x)}}.items():
            array.tofile(os.path.join(folder, f"{name}.{part}"))
        shapes = {"rows": ROWS.get(name, model["batch"]), "y": list(y.shape), "x": [[list(part.shape), str(part.dtype)] for part in x]}
        with open(os.path.join(folder, f"{name}.json"), "w") as file:
            json.dump(shapes, file)
        for kind, optimizer in [("sgd", keras.optimizers.SGD(1.0, momentum=0.9)), ("adam", keras.optimizers.Adam(RATES.get(name, 1e-3)))]:
            keras.utils.set_random_seed(SEEDS.get(name, 7))
            built = build(model)
            built.compile(optimizer=optimizer, loss=model["loss"])
            built.save(os.path.join(folder, f"{name}.{kind}.keras"))


def train(folder, names, steps):
    """What a side does: losses of each step, and the model after one step of SGD."""
    sys.path.insert(0, BENCH)
    import keras
    import numpy as np
    from keras_worker import definition

    side = keras.backend.backend()
    for name in names:
        batch = definition(name)["batch"]
        with open(os.path.join(folder, f"{name}.json")) as file:
            shapes = json.load(file)

        def read(part, shape, dtype):
            return np.fromfile(os.path.join(folder, f"{name}.{part}"), dtype).reshape(shape)

        x = [read(f"x{i}", *given) for i, given in enumerate(shapes["x"])]
        y = read("y", shapes["y"], "int32")

        def step(model, i, rows=batch):
            start = i * batch % len(y)
            part = [a[start : start + rows] for a in x]
            return float(model.train_on_batch(part if len(part) > 1 else part[0], y[start : start + rows]))

        def load(kind):
            model = keras.models.load_model(os.path.join(folder, f"{name}.{kind}.keras"))
            if side == "tensorflow":
                densify(model.optimizer)
            return model

        model = load("sgd")
        step(model, 0, ROWS.get(name, batch))
        model.save(os.path.join(folder, f"{name}.{side}.keras"))
        model = load("adam")
        losses = [step(model, i) for i in range(steps)]
        with open(os.path.join(folder, f"{name}.{side}.json"), "w") as file:
            json.dump(losses, file)


def densify(optimizer):
    """Keras on TensorFlow squares the gradient of an embedding before it adds up rows of the same token."""
    import tensorflow

    apply = optimizer.apply
    optimizer.apply = lambda gradients, *rest: apply([tensorflow.convert_to_tensor(g) for g in gradients], *rest)


def momenta(path):
    """By weight: what SGD's momentum is after one step of rate 1, minus the gradient."""
    import keras
    import numpy as np

    model = keras.models.load_model(path)
    slots = [np.asarray(slot, "float64") for slot in model.optimizer.momentums]
    return {weight.path: slot for weight, slot in zip(model.trainable_variables, slots)}


def compare(folder, name):
    """Rows (what, difference, allowed)."""
    import numpy as np

    gradients = {side: momenta(os.path.join(folder, f"{name}.{side}.keras")) for side in SIDES}
    losses = {}
    for side in SIDES:
        with open(os.path.join(folder, f"{name}.{side}.json")) as file:
            losses[side] = np.array(json.load(file))
    rows = []
    for keras_side in SIDES[:2]:
        expected, received = gradients[keras_side], gradients["pawl"]
        assert list(expected) == list(received), f"{list(expected)} {list(received)}"
        largest = max(np.abs(gradient).max() for gradient in expected.values())
        worst = max(np.abs(received[path] - expected[path]).max() for path in expected) / largest
        rows.append((f"gradients, {keras_side}", worst, GRADIENT_TOLERANCE))
        apart = np.abs(losses["pawl"] - losses[keras_side]).max()
        rows.append((f"losses of {len(losses['pawl'])} steps, {keras_side}", apart, LOSS_TOLERANCE))
    rows.append(("losses, jax beside tensorflow", np.abs(losses["jax"] - losses["tensorflow"]).max(), np.inf))
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default=",".join(NAMES))
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--role", choices=["make", "train"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", help="where files are kept; default: nowhere")
    options = parser.parse_args()
    names = options.only.split(",")
    if options.role:
        return {"make": make, "train": train}[options.role](options.folder, names, options.steps)

    def run(command, backend):
        environment = {**os.environ, "KERAS_BACKEND": backend, "CUDA_VISIBLE_DEVICES": "", "TF_CPP_MIN_LOG_LEVEL": "3"}
        subprocess.run(command, cwd=HERE, env=environment, check=True)

    failed = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or temporary
        os.makedirs(folder, exist_ok=True)
        given = ["--folder", folder, "--only", options.only, "--steps", str(options.steps)]
        run([sys.executable, __file__, "--role", "make", *given], "jax")
        for backend in SIDES[:2]:
            run([sys.executable, __file__, "--role", "train", *given], backend)
        run(["node", os.path.join(HERE, "seven-side.mjs"), folder, str(options.steps), *names], "jax")
        os.environ["KERAS_BACKEND"] = "jax"
        for name in names:
            for what, difference, allowed in compare(folder, name):
                ok = difference <= allowed
                failed += not ok
                print(f"{name:<12} {what:<34} {difference:.1e} {'ok' if ok else 'FAILED'}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
