"""Weights in shards, both ways: Keras saves, Pawl trains on and saves, Keras trains on.

    KERAS_BACKEND=jax interop/.venv/bin/python interop/test_shards.py
"""
import json
import os
import pathlib
import subprocess
import tempfile

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import numpy as np

here = pathlib.Path(__file__).parent
keras.utils.set_random_seed(1)
rng = np.random.default_rng(0)
x, y = rng.normal(size=(24, 6)).astype("f4"), rng.normal(size=(24, 3)).astype("f4")
fit = dict(epochs=2, batch_size=8, shuffle=False, verbose=0)


def build():
    dense = keras.layers.Dense
    model = keras.Sequential([keras.Input((6,)), dense(8, activation="tanh"), keras.layers.BatchNormalization(), dense(3)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model


def close(a, b):
    np.testing.assert_allclose(np.ravel(a), np.ravel(b), rtol=2e-5, atol=2e-6)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    model = build()
    model.fit(x, y, **fit)
    model.save_weights(folder / "keras.weights.json", max_shard_size=300 / 2**30)
    (folder / "data.json").write_text(json.dumps({"x": x.ravel().tolist(), "y": y.ravel().tolist()}))
    before = model.predict(x, verbose=0)

    subprocess.run(["node", here / "shards-side.mjs", folder], check=True)
    pawl = json.loads((folder / "pawl.json").read_text())

    close(pawl["before"], before)
    model.fit(x, y, **fit)
    close(pawl["after"], model.predict(x, verbose=0))
    again = build()
    again.optimizer.build(again.trainable_variables)
    again.load_weights(folder / "pawl.weights.json")
    close(again.predict(x, verbose=0), pawl["after"])
    assert int(again.optimizer.iterations.value) == 12
    # The optimizer came along: both go on alike.
    again.fit(x, y, **fit)
    model.fit(x, y, **fit)
    close(again.predict(x, verbose=0), model.predict(x, verbose=0))
    assert len(list(folder.glob("pawl_*.weights.h5"))) > 3

print("shards: Keras saved, Pawl trained on and saved, Keras trained on, and all agree")
