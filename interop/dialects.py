"""Files of every age of Keras, opened and trained on by Pawl as their own Keras would have.

    interop/.venv/bin/python interop/dialects.py

tf_keras writes a model for each of its layers and optimizers that Pawl has (its legacy optimizers are those of tf.keras
2.0 to 2.10). Files of Keras 1.2, 2.0, 2.1, 2.2 and 2.3 are made by hand (old_files.py), with states that the optimizers of
those versions have made themselves. Compared are predictions, the losses of three steps, and predictions after them.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
import warnings

import numpy as np
import old_files
import tf_keras
from common import LOSS_TOLERANCE, PREDICTION_TOLERANCE, largest_difference, to_json

warnings.filterwarnings("ignore")
HERE = pathlib.Path(__file__).parent
L, new, legacy = tf_keras.layers, tf_keras.optimizers, tf_keras.optimizers.legacy
ROWS = 6
seq, image, volume, vector = (8, 4), (8, 9, 4), (5, 6, 5, 3), (6,)

# Name, shape of a row, layer; an optional "random" is for layers whose training no two libraries repeat.
LAYERS = {
    "Dense": (vector, lambda: L.Dense(3, activation="tanh", kernel_regularizer="l2", bias_constraint="non_neg")),
    "Activation": (vector, lambda: L.Activation("swish")),
    "hard_sigmoid": (vector, lambda: L.Activation("hard_sigmoid")),
    "ELU": (vector, lambda: L.ELU(0.7)),
    "LeakyReLU": (vector, lambda: L.LeakyReLU(0.2)),
    "PReLU": (image, lambda: L.PReLU(alpha_initializer="uniform", shared_axes=[1])),
    "ThresholdedReLU": (vector, lambda: L.ThresholdedReLU(0.3)),
    "ReLU": (vector, lambda: L.ReLU(max_value=1.0, negative_slope=0.1, threshold=0.2)),
    "Softmax": (seq, lambda: L.Softmax(axis=1)),
    "Conv1D": (seq, lambda: L.Conv1D(3, 2, padding="causal", dilation_rate=2)),
    "Conv2D": (image, lambda: L.Conv2D(3, (2, 3), strides=2, padding="same", activation="relu")),
    "Conv2D groups": (image, lambda: L.Conv2D(4, 3, groups=2)),
    "Conv3D": (volume, lambda: L.Conv3D(2, 2)),
    "Conv1DTranspose": (seq, lambda: L.Conv1DTranspose(3, 3, strides=2)),
    "Conv2DTranspose": (image, lambda: L.Conv2DTranspose(3, 3, strides=2, padding="same")),
    "Conv3DTranspose": (volume, lambda: L.Conv3DTranspose(2, 2)),
    "DepthwiseConv1D": (seq, lambda: L.DepthwiseConv1D(3, depth_multiplier=2)),
    "DepthwiseConv2D": (image, lambda: L.DepthwiseConv2D(3, depth_multiplier=2)),
    "SeparableConv1D": (seq, lambda: L.SeparableConv1D(3, 2)),
    "SeparableConv2D": (image, lambda: L.SeparableConv2D(3, 2, depth_multiplier=2)),
    "LocallyConnected1D": (seq, lambda: L.LocallyConnected1D(3, 2, strides=2, activation="tanh", kernel_regularizer="l2")),
    "LocallyConnected1D matrix": (seq, lambda: L.LocallyConnected1D(3, 2, padding="same", implementation=2)),
    "LocallyConnected2D": (image, lambda: L.LocallyConnected2D(2, (2, 3), strides=2)),
    "LocallyConnected2D list": (image, lambda: L.LocallyConnected2D(2, 3, padding="same", implementation=3)),
    "EinsumDense": (seq, lambda: L.EinsumDense("abc,cd->abd", output_shape=(None, 3), bias_axes="d")),
    "MaxPooling1D": (seq, lambda: L.MaxPooling1D(2)),
    "MaxPooling2D": (image, lambda: L.MaxPooling2D(2, padding="same")),
    "MaxPooling3D": (volume, lambda: L.MaxPooling3D(2)),
    "AveragePooling1D": (seq, lambda: L.AveragePooling1D(2)),
    "AveragePooling2D": (image, lambda: L.AveragePooling2D(2, padding="same")),
    "AveragePooling3D": (volume, lambda: L.AveragePooling3D(2)),
    "GlobalMaxPooling1D": (seq, lambda: L.GlobalMaxPooling1D()),
    "GlobalMaxPooling2D": (image, lambda: L.GlobalMaxPooling2D(keepdims=True)),
    "GlobalMaxPooling3D": (volume, lambda: L.GlobalMaxPooling3D()),
    "GlobalAveragePooling1D": (seq, lambda: L.GlobalAveragePooling1D()),
    "GlobalAveragePooling2D": (image, lambda: L.GlobalAveragePooling2D()),
    "GlobalAveragePooling3D": (volume, lambda: L.GlobalAveragePooling3D()),
    # On images TensorFlow's kernel divides the variance that it keeps by one row less than there are; nothing else does.
    "BatchNormalization": (seq, lambda: L.BatchNormalization(momentum=0.8, epsilon=1e-2)),
    "LayerNormalization": (seq, lambda: L.LayerNormalization(epsilon=1e-2)),
    "GroupNormalization": (image, lambda: L.GroupNormalization(2)),
    "UnitNormalization": (seq, lambda: L.UnitNormalization()),
    "Cropping1D": (seq, lambda: L.Cropping1D((1, 2))),
    "Cropping2D": (image, lambda: L.Cropping2D(((1, 2), (0, 1)))),
    "Cropping3D": (volume, lambda: L.Cropping3D(1)),
    "ZeroPadding1D": (seq, lambda: L.ZeroPadding1D(2)),
    "ZeroPadding2D": (image, lambda: L.ZeroPadding2D(((1, 2), (0, 1)))),
    "ZeroPadding3D": (volume, lambda: L.ZeroPadding3D(1)),
    "UpSampling1D": (seq, lambda: L.UpSampling1D(2)),
    "UpSampling2D": (image, lambda: L.UpSampling2D((2, 3))),
    "UpSampling3D": (volume, lambda: L.UpSampling3D(2)),
    "Permute": (image, lambda: L.Permute((3, 1, 2))),
    "RepeatVector": (vector, lambda: L.RepeatVector(3)),
    "Reshape": (vector, lambda: L.Reshape((2, -1))),
    "Rescaling": (vector, lambda: L.Rescaling(0.5, 1.0)),
    "LSTM": (seq, lambda: L.LSTM(3, return_sequences=True, recurrent_activation="hard_sigmoid")),
    "LSTM backwards": (seq, lambda: L.LSTM(3, go_backwards=True, unit_forget_bias=False, use_bias=False)),
    "Masking": (seq, lambda: tf_keras.Sequential([L.Masking(0.0), L.LSTM(3)])),
    "ActivityRegularization": (vector, lambda: L.ActivityRegularization(l1=0.01, l2=0.02)),
    "Dropout random": (vector, lambda: L.Dropout(0.3)),
    "SpatialDropout1D random": (seq, lambda: L.SpatialDropout1D(0.3)),
    "SpatialDropout2D random": (image, lambda: L.SpatialDropout2D(0.3)),
    "SpatialDropout3D random": (volume, lambda: L.SpatialDropout3D(0.3)),
    "AlphaDropout random": (vector, lambda: L.AlphaDropout(0.3)),
    "GaussianDropout random": (vector, lambda: L.GaussianDropout(0.3)),
    "GaussianNoise random": (vector, lambda: L.GaussianNoise(0.3)),
}
MERGES = {
    name: getattr(L, name) for name in ("Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract")
}
OPTIMIZERS = {
    "SGD": lambda o: o.SGD(0.1),
    "SGD momentum": lambda o: o.SGD(0.1, momentum=0.8, nesterov=True),
    "RMSprop": lambda o: o.RMSprop(0.01, epsilon=1e-3),
    "RMSprop momentum": lambda o: o.RMSprop(0.01, epsilon=1e-3, momentum=0.7),
    "RMSprop centered": lambda o: o.RMSprop(0.01, epsilon=1e-2, centered=True),
    "Adagrad": lambda o: o.Adagrad(0.1, epsilon=1e-3),
    "Adadelta": lambda o: o.Adadelta(1.0, epsilon=1e-3),
    "Adam": lambda o: o.Adam(0.01, clipnorm=0.5),
    "Adam amsgrad": lambda o: o.Adam(0.01, amsgrad=True),
    "Adamax": lambda o: o.Adamax(0.01),
    "Nadam": lambda o: o.Nadam(0.01),
    "Ftrl": lambda o: o.Ftrl(0.1, l1_regularization_strength=0.01),
    "AdamW new": lambda o: o.AdamW(0.01),
    "Lion new": lambda o: o.Lion(0.01),
    "Adam ema new": lambda o: o.Adam(0.01, use_ema=True),
    "SGD decay legacy": lambda o: o.SGD(0.1, decay=0.1),
    "Adam decay legacy": lambda o: o.Adam(0.01, decay=0.1),
}


def data(seed, shape):
    return np.random.default_rng(seed).normal(size=(ROWS, *shape)).astype("float32")


def expectations(model, x, y, trains):
    """What the model predicts, how it trains on, and what it predicts then."""
    before = model.predict(x, verbose=0)
    losses = [float(model.train_on_batch(x, y)) for _ in range(3)] if trains else []
    return {"x": to_json(x), "y": to_json(y), "before": before, "losses": losses, "after": model.predict(x, verbose=0)}


def keras_cases(folder):
    """Yields name, file, and what is expected of it."""
    for name, (shape, make) in LAYERS.items():
        tf_keras.backend.clear_session()
        tf_keras.utils.set_random_seed(len(name))
        model = tf_keras.Sequential([L.InputLayer(input_shape=shape), make(), L.Flatten(), L.Dense(2)])
        model.compile(legacy.SGD(0.02), "mse")
        yield from saved(folder, f"layer {name}", model, data(1, shape), data(2, (2,)), "random" not in name)
    for name, make in MERGES.items():
        tf_keras.backend.clear_session()
        tf_keras.utils.set_random_seed(3)
        inputs = L.Input(vector)
        merged = make()([L.Dense(3)(inputs), L.Dense(3)(inputs)])
        model = tf_keras.Model(inputs, L.Dense(2)(merged))
        model.compile(legacy.SGD(0.05), "mse")
        yield from saved(folder, f"layer {name}", model, data(1, vector), data(2, (2,)))
    for kind, namespace in (("new", new), ("legacy", legacy)):
        for name, make in OPTIMIZERS.items():
            if name.split()[-1] in {"new", "legacy"} - {kind}:
                continue
            tf_keras.backend.clear_session()
            tf_keras.utils.set_random_seed(5)
            layers = [L.Dense(3, activation="tanh", input_shape=vector), L.Dense(3, activation="tanh"), L.Dense(2)]
            model = tf_keras.Sequential(layers)
            # tf_keras's Nadam counts in Python, so that its product of decays is wrong in compiled steps.
            model.compile(make(namespace), "mse", run_eagerly=name == "Nadam")
            for _ in range(3):
                model.train_on_batch(data(1, vector), data(2, (2,)))
            yield from saved(folder, f"{kind} optimizer {name}", model, data(1, vector), data(2, (2,)), endings=(".h5",))


def saved(folder, name, model, x, y, trains=True, endings=(".h5", ".keras")):
    paths = []
    for ending in endings:
        path = os.path.join(folder, name.replace(" ", "_") + ending)
        model.save(path)
        paths.append(path)
    expected = expectations(model, x, y, trains)
    for path in paths:
        yield os.path.basename(path), path, expected


def main():
    with tempfile.TemporaryDirectory() as folder:
        cases = [*keras_cases(folder), *old_files.cases(folder)]
        asked = [{"path": path, "x": e["x"], "y": e["y"], "steps": len(e["losses"])} for _, path, e in cases]
        (pathlib.Path(folder) / "cases.json").write_text(json.dumps(asked))
        command = ["node", str(HERE / "dialects-side.mjs"), folder + "/cases.json", folder + "/results.json"]
        subprocess.run(command, check=True)
        results = json.loads((pathlib.Path(folder) / "results.json").read_text())
    bad = 0
    for (name, _, expected), received in zip(cases, results):
        problems = [received["error"]] if "error" in received else compare(expected, received)
        if problems:
            bad += 1
            print(f"{name}: {'; '.join(problems)}")
    print(f"{len(cases)} files of tf_keras and of Keras 1.2 to 2.3: {len(cases) - bad} as their own Keras, {bad} not")
    sys.exit(1 if bad else 0)


def compare(expected, received):
    """What differs, in words."""
    pairs = [
        ("predictions", received["before"], expected["before"], PREDICTION_TOLERANCE * 5),
        ("losses", received["losses"], expected["losses"], LOSS_TOLERANCE),
        ("predictions after three steps", received["after"], expected["after"], LOSS_TOLERANCE * 5),
    ]
    problems = [f"it said {line}" for line in received["warnings"] if "cannot be used" in line]
    for what, ours, theirs, tolerance in pairs:
        if theirs is None or len(np.ravel(theirs)) == 0:
            continue
        off = largest_difference(np.ravel(ours), np.ravel(theirs))
        if off > tolerance:
            problems.append(f"{what} off by {off:.1e}")
    return problems


main()
