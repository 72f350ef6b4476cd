"""What Python writes, Pawl's formats read and write anew, and Python must find the same in it.

    KERAS_BACKEND=jax interop/.venv/bin/python interop/test_formats.py
"""
import os
import subprocess
import sys
import tempfile
import zipfile

os.environ.setdefault("KERAS_BACKEND", "jax")

import h5py
import keras
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
keras.utils.set_random_seed(1)
x = np.random.default_rng(0).normal(size=(40, 6)).astype("f4")
y = (x.sum(1) > 0).astype("f4")


def same_trees(a, b):
    """Every group, dataset and attribute of file a, and no other, with type and value, is in b."""
    with h5py.File(a) as f, h5py.File(b) as g:

        def attributes(one, two, path):
            assert sorted(one.attrs) == sorted(two.attrs), path
            for name, value in one.attrs.items():
                other = two.attrs[name]
                assert np.array_equal(np.asarray(value), np.asarray(other)), (path, name)
                assert np.shape(value) == np.shape(other), (path, name)

        def visit(path, item):
            other = g[path]
            attributes(item, other, path)
            if isinstance(item, h5py.Dataset):
                assert item.dtype == other.dtype and item.shape == other.shape, path
                assert item[()].tobytes() == other[()].tobytes(), path

        attributes(f, g, "/")
        f.visititems(visit)
        ours, theirs = [], []
        f.visit(ours.append)
        g.visit(theirs.append)
        assert ours == theirs


def optimizer_state(model):
    return [np.asarray(v.value) for v in model.optimizer.variables]


with tempfile.TemporaryDirectory() as folder:
    path = lambda name: os.path.join(folder, name)
    inputs = keras.Input((6,))
    h = keras.layers.BatchNormalization()(keras.layers.Dense(8, activation="relu")(inputs))
    h = keras.layers.Dropout(0.2)(keras.layers.Reshape((8, 1))(h))
    model = keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid")(keras.layers.LSTM(5)(h)))
    model.compile(optimizer=keras.optimizers.Adam(amsgrad=True), loss="binary_crossentropy", metrics=["accuracy"])
    model.fit(x, y, epochs=2, verbose=0)
    want, state = model.predict(x, verbose=0), optimizer_state(model)
    model.save(path("model.keras"))
    model.save_weights(path("model.weights.h5"))
    model.save(path("legacy.h5"))
    half = keras.Sequential([keras.Input((6,)), keras.layers.Dense(3, dtype=keras.DTypePolicy("bfloat16"))])
    half.save(path("half.keras"))
    np.save(path("array.npy"), np.asfortranarray(x))
    np.savez_compressed(path("arrays.npz"), x=x, y=y, n=np.arange(3))

    subprocess.run(["node", os.path.join(here, "formats-side.mjs"), folder], check=True)

    for name in ("model.weights.h5", "legacy.h5"):
        same_trees(path(name), path(f"again-{name}"))
    again = keras.models.load_model(path("again-model.keras"))
    assert np.array_equal(again.predict(x, verbose=0), want)
    assert all(np.array_equal(a, b) for a, b in zip(optimizer_state(again), state, strict=True))
    again.fit(x, y, verbose=0)
    fresh = keras.models.clone_model(model)
    fresh.load_weights(path("again-model.weights.h5"))
    assert np.array_equal(fresh.predict(x, verbose=0), want)
    legacy = keras.models.load_model(path("again-legacy.h5"))
    assert np.array_equal(legacy.predict(x, verbose=0), want)
    again_half = keras.models.load_model(path("again-half.keras"))
    assert again_half.layers[0].kernel.dtype == "bfloat16"
    assert np.array_equal(np.asarray(half.predict(x, verbose=0), "f4"), np.asarray(again_half.predict(x, verbose=0), "f4"))
    for name in ("again-model.keras", "again-half.keras"):
        with zipfile.ZipFile(path(name)) as z:
            assert z.testzip() is None and len(z.comment) == 64
    assert np.array_equal(np.load(path("again-array.npy")), x)
    with np.load(path("again-arrays.npz")) as arrays:
        assert np.array_equal(arrays["x"], x) and np.array_equal(arrays["y"], y) and arrays["n"].tolist() == [0, 1, 2]
    # Other programs may go on working in the file.
    with h5py.File(path("again-legacy.h5"), "a") as f:
        f.create_group("more/and/more").attrs["note"] = "edited"
        f["data"] = np.arange(1000)
        for i in range(100):
            f["model_weights"].create_group(f"extra_{i}")
    with h5py.File(path("again-legacy.h5")) as f:
        assert f["data"][999] == 999 and len(f["model_weights"]) == len(model.layers) - 1 + 100 + 2

print("formats: what Python wrote, Pawl read and wrote anew, and Python found the same in it")
