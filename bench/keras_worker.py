"""The Keras contender: same protocol as protocol.mjs. KERAS_BACKEND chooses TensorFlow or JAX."""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
from keras import layers

WORKLOADS = json.load(open(os.path.join(os.path.dirname(__file__), "workloads.json")))


def build(name):
    if name == "seed":
        return [layers.Dense(10, activation="relu"), layers.Dense(1, activation="sigmoid")]
    if name == "mlp":
        return [layers.Dense(512, activation="relu"), layers.Dense(512, activation="relu"), layers.Dense(10, activation="softmax")]
    return [
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dropout(0.5),
        layers.Dense(10, activation="softmax"),
    ]


def prepare(name):
    workload = WORKLOADS[name]
    rows = workload["batch"] * workload["steps"]
    x = np.random.default_rng(0).random((rows, *workload["input"]), dtype="float32")
    y = (np.arange(rows) % workload["classes"]).astype("int32")
    model = keras.Sequential([layers.Input(tuple(workload["input"])), *build(name)])
    loss = "binary_crossentropy" if name == "seed" else "sparse_categorical_crossentropy"
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    return lambda: model.fit(x, y, batch_size=workload["batch"], epochs=1, verbose=0)


def version():
    if keras.backend.backend() == "jax":
        import jax

        return {"Keras": keras.__version__, "JAX": jax.__version__}
    import tensorflow

    return {"Keras": keras.__version__, "TensorFlow": tensorflow.__version__}


def answer(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


answer({"versions": version()})
ready = {}
for line in sys.stdin:
    name = line.strip()
    try:
        if name not in ready:
            ready[name] = prepare(name)
            ready[name]()
        start = time.perf_counter()
        ready[name]()
        answer({"ms": 1000 * (time.perf_counter() - start) / WORKLOADS[name]["steps"]})
    except Exception as error:  # a contender that cannot run a workload says so in the table
        answer({"error": str(error)})
