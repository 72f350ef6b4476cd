"""Models in the words of Keras 2 through Pawl to Keras 3: what they predict stays, although words have changed their
meaning (hard_sigmoid, LeakyReLU's alpha, …).

    interop/.venv/bin/python interop/old_words.py [FOLDER]
"""

import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
TOLERANCE = 2e-6


def models(keras):
    """Name: (model, shape of a sample)."""
    L = keras.layers
    yield "recurrent", [
        L.LSTM(4, recurrent_activation="hard_sigmoid", return_sequences=True, input_shape=(5, 3)),
        L.LSTM(3, recurrent_activation="hard_sigmoid", activation="hard_sigmoid"),
        L.Dense(2, activation="hard_sigmoid"),
    ], (5, 3)
    yield "layer", [L.Dense(4, input_shape=(3,)), L.Activation("hard_sigmoid"), L.Dense(2)], (3,)
    yield "image", [
        L.Conv2D(3, 3, activation="hard_sigmoid", input_shape=(6, 6, 2)),
        L.BatchNormalization(),
        L.LeakyReLU(alpha=0.15),
        L.Flatten(),
        L.Dense(1),
    ], (6, 6, 2)


def make(folder):
    import numpy as np
    import tf_keras as keras

    described = {}
    for name, layers, shape in models(keras):
        keras.utils.set_random_seed(7)
        model = keras.Sequential(layers)
        x = np.random.RandomState(1).normal(size=(6, *shape)).astype("float32") * 2
        for ending in (".h5", ".keras"):
            model.save(os.path.join(folder, f"{name}-2{ending}"))
        described[name] = {"x": x.ravel().tolist(), "shape": list(x.shape), "y": model.predict(x, verbose=0).ravel().tolist()}
    with open(os.path.join(folder, "words.json"), "w") as file:
        json.dump(described, file)


def check(folder):
    import keras
    import numpy as np

    worst = 0.0
    with open(os.path.join(folder, "words.json")) as file:
        described = json.load(file)
    for name, case in described.items():
        x, y = np.array(case["x"], "float32").reshape(case["shape"]), np.array(case["y"])
        for source in ("h5", "keras"):
            for ending in (".keras", ".h5"):
                model = keras.models.load_model(os.path.join(folder, f"{name}-{source}{ending}"))
                predictions = model.predict(x, verbose=0)
                difference = float(np.abs(predictions.ravel() - y).max())
                worst = max(worst, difference)
                print(f"  {name} from {source}, as {ending}: {difference:.1e}", flush=True)
                model.compile("sgd", "mean_squared_error")
                loss = model.fit(x, np.zeros_like(predictions), verbose=0).history["loss"][0]
                assert np.isfinite(loss), name
    assert worst < TOLERANCE, f"Keras 3 predicts otherwise: {worst}"


def run(*command, **settings):
    subprocess.run(command, check=True, env={**os.environ, **settings})


def main(folder):
    run(sys.executable, __file__, "make", folder, TF_USE_LEGACY_KERAS="1")
    run("node", os.path.join(HERE, "old-words-side.mjs"), folder)
    for backend in ("jax", "tensorflow"):
        print(f"Keras 3 on {backend}:", flush=True)
        run(sys.executable, __file__, "check", folder, KERAS_BACKEND=backend)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        {"make": make, "check": check}[sys.argv[1]](sys.argv[2])
    elif len(sys.argv) == 2:
        main(sys.argv[1])
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(folder)
