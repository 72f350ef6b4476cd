"""What the real tensorflowjs_converter makes of models of tf_keras (Keras 2) and Keras 3, with what they predict.

    interop/.venv/bin/python interop/tfjs_converter.py FOLDER

Each folder inside FOLDER gets a model.json, its weights, and expected.json: inputs and outputs.
The converter's modules for layers models are loaded alone: the package as a whole wants libraries that have no place
beside this Keras.
"""

import json
import os
import sys
import types
import zipfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import importlib.util

import numpy as np

spec = importlib.util.find_spec("tensorflowjs")
for name in ("tensorflowjs", "tensorflowjs.converters"):
    module = types.ModuleType(name)
    module.__path__ = [os.path.join(spec.submodule_search_locations[0], *name.split(".")[1:])]
    sys.modules[name] = module

from tensorflowjs import version  # noqa: E402

sys.modules["tensorflowjs"].version = version

from tensorflowjs.converters import keras_h5_conversion as conversion  # noqa: E402

ALL = {"uint8": "uint8", "uint16": "uint16", "float16": "float16"}


def image_model(keras):
    layers = keras.layers
    x = keras.Input((6, 6, 2), name="image")
    y = layers.Conv2D(3, 3, activation="relu", name="conv")(x)
    y = layers.DepthwiseConv2D(2, name="depthwise")(y)
    y = layers.SeparableConv2D(2, 2, depth_multiplier=2, name="separable")(y)
    y = layers.BatchNormalization(name="norm")(y)
    return keras.Model(x, layers.Dense(2, activation="softmax", name="out")(layers.Flatten(name="flat")(y)))


def sequence_model(keras):
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((5, 3)),
            layers.Bidirectional(layers.LSTM(2, return_sequences=True), name="both"),
            layers.TimeDistributed(layers.Dense(3, activation="tanh"), name="each"),
            layers.GRU(2, reset_after=False, name="gru"),
            layers.Dense(1, name="a_last"),
        ],
        name="sequence",
    )


def nested_model(keras):
    layers = keras.layers
    inner = keras.Sequential([keras.Input((3,)), layers.Dense(4, activation="relu", name="z_inner")], name="inner")
    x = keras.Input((3,), name="x")
    return keras.Model(x, layers.Add(name="sum")([inner(x), layers.Dense(4, name="b_side")(x)]))


def randomized(model, seed):
    random = np.random.default_rng(seed)
    model.set_weights([random.uniform(0.1, 1, w.shape) * random.choice([-1, 1], w.shape) if w.ndim > 1 else random.uniform(0.2, 1, w.shape) for w in model.get_weights()])
    return model


def write(folder, model, topology, groups, **options):
    os.makedirs(folder, exist_ok=True)
    conversion.write_artifacts(topology, groups, folder, **options)
    random = np.random.default_rng(7)
    shape = (3, *model.inputs[0].shape[1:])
    x = random.uniform(-1, 1, shape).astype("float32")
    with open(os.path.join(folder, "expected.json"), "w") as file:
        json.dump(
            {
                "input": {"shape": list(shape), "values": [float(np.round(v, 4)) for v in x.flatten()]},
                "output": [float(v) for v in model.predict(np.round(x, 4).astype("float32"), verbose=0).flatten()],
            },
            file,
        )


def main(out):
    import tf_keras

    made = {"image": image_model, "sequence": sequence_model, "nested": nested_model}
    for i, (name, make) in enumerate(made.items()):
        tf_keras.backend.clear_session()
        model = randomized(make(tf_keras), i)
        model.compile(optimizer=tf_keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
        path = os.path.join(out, f"{name}.h5")
        os.makedirs(out, exist_ok=True)
        model.save(path)
        topology, groups = conversion.h5_merged_saved_model_to_tfjs_format(path, split_by_layer=True)
        write(os.path.join(out, name), model, topology, groups, weight_shard_size_bytes=64)
        if name == "sequence":
            for dtype in ALL:
                topology, groups = conversion.h5_merged_saved_model_to_tfjs_format(path)
                write(os.path.join(out, f"{name}-{dtype}"), model, topology, groups, quantization_dtype_map={dtype: True}, metadata={"labels": ["a", "b"]})
        os.remove(path)

    import keras

    model = randomized(image_model(keras), 5)
    model.compile(optimizer="adam", loss="mse")
    path = os.path.join(out, "three.keras")
    model.save(path)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(os.path.join(out, "three"))
    inside = os.path.join(out, "three")
    with open(os.path.join(inside, "metadata.json")) as meta, open(os.path.join(inside, "config.json")) as config:
        topology, groups = conversion.h5_v3_merged_saved_model_to_tfjs_format(
            os.path.join(inside, "model.weights.h5"), json.load(meta), json.load(config)
        )
    write(os.path.join(out, "image-of-keras-3"), model, topology, groups)
    os.remove(path)
    for name in ("metadata.json", "config.json", "model.weights.h5"):
        os.remove(os.path.join(inside, name))
    os.rmdir(inside)


if __name__ == "__main__":
    main(sys.argv[1])
