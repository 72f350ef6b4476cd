#!/usr/bin/env python3
"""Exchanges classes of models with Pawl: the same class written in Python and in JavaScript (classes-side.mjs).

What the one saves (.keras, .weights.h5, .h5) the other opens; predictions are compared, and three steps of training.

    interop/.venv/bin/python interop/classes.py [FOLDER]
"""

import json
import os
import subprocess
import sys
import tempfile
import warnings

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
warnings.filterwarnings("ignore")

import keras
import numpy as np
import tensorflow as tf
from absl import logging
from keras import layers
from keras.saving import deserialize_keras_object, register_keras_serializable, serialize_keras_object

logging.set_verbosity(logging.ERROR)
PREDICTIONS = 1e-5
LOSSES = 1e-4
ENDINGS = (".keras", ".weights.h5", ".h5")
twin = register_keras_serializable("twins")


@twin
class Plain(keras.Model):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.d1 = layers.Dense(units, activation="tanh")
        self.d2 = layers.Dense(2)

    def call(self, x):
        return self.d2(self.d1(x))

    def get_config(self):
        return {**super().get_config(), "units": self.units}


@twin
class Bare(keras.Model):
    """Takes no options, so its config has its arguments alone: Keras's own config could not make it."""

    def __init__(self, units):
        super().__init__()
        self.units = units
        self.d1 = layers.Dense(units, activation="tanh")
        self.d2 = layers.Dense(2)

    def call(self, x):
        return self.d2(self.d1(x))

    def get_config(self):
        return {"units": self.units}


@twin
class Listed(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.blocks = [layers.Dense(4), [layers.Dense(3), [layers.Dense(3)]], [1, 2], [layers.Dense(4)], layers.Dense(3)]
        self.by_name = {"one": layers.Dense(2), "more": {"two": layers.Dense(2)}}

    def call(self, x):
        first, (second, (third,)), _, (fourth,), last = self.blocks
        for layer in (first, second, third, fourth, last, self.by_name["one"], self.by_name["more"]["two"]):
            x = layer(x)
        return x


@twin
class Nested(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.inner = Plain(3)
        self.row = [Plain(2), Plain(4)]
        self.last = layers.Dense(2)

    def call(self, x):
        x = self.inner(x)
        for model in self.row:
            x = model(x)
        return self.last(x)


@twin
class Shared(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.b = layers.Dense(3, activation="tanh")
        self.a = [self.b, layers.Dense(3)]
        self.out = layers.Dense(2)

    def call(self, x):
        return self.out(self.b(self.a[1](self.a[0](x))))


@twin
class Pair(keras.Model):
    def __init__(self, generator, critic, again, heads, **kwargs):
        super().__init__(**kwargs)
        self.generator = generator
        self.critic = critic
        self.again = again
        self.heads = heads

    def call(self, x):
        x = self.critic(self.again(self.generator(x)))
        for head in self.heads:
            x = head(x)
        return x

    def get_config(self):
        given = {key: getattr(self, key) for key in ("generator", "critic", "again", "heads")}
        return {**super().get_config(), **{key: serialize_keras_object(value) for key, value in given.items()}}

    @classmethod
    def from_config(cls, config):
        layered = ("generator", "critic", "again", "heads")
        return cls(**{key: deserialize_keras_object(value) if key in layered else value for key, value in config.items()})


@twin
class Tracked(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.d = layers.Dense(2)
        self.error = keras.metrics.MeanSquaredError(name="error")
        self.seen = [keras.metrics.MeanAbsoluteError(name="seen")]

    def call(self, x):
        return self.d(x)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            # Logged by another name than "loss", for which Keras shows its own tracker, which nobody has updated.
            loss = tf.reduce_mean(tf.square(y - y_pred)) * 2
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        for metric in (self.error, *self.seen):
            metric.update_state(y, y_pred)
        return {"twice": loss, "error": self.error.result(), "seen": self.seen[0].result()}


@twin
class Records(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.d = layers.Dense(2)

    def call(self, inputs):
        return self.d(inputs["right"]) - inputs["left"]


@twin
class Shifted(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.d = layers.Dense(2)
        self.drop = layers.Dropout(0.0)

    def build(self, input_shape):
        # One weight alone: with two, Keras cannot save .h5 (it looks for arrays in a list with ==).
        self.d.build(input_shape)
        self.shift = self.add_weight(name="shift", shape=(2,), initializer="ones")

    def call(self, x):
        return self.drop(self.d(x)) + self.shift


@twin
class Two(keras.Model):
    """Two optimizers, which Keras's compile does not know: each side keeps its own."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.a = layers.Dense(3)
        self.b = layers.Dense(2)

    def call(self, x):
        return self.b(self.a(x))

    def compile(self, a_optimizer, b_optimizer):
        super().compile()
        self.a_optimizer, self.b_optimizer = a_optimizer, b_optimizer

    def train_step(self, data):
        x, y = data
        with tf.GradientTape(persistent=True) as tape:
            loss = tf.reduce_mean(tf.square(y - self(x, training=True)))
        for optimizer, layer in ((self.a_optimizer, self.a), (self.b_optimizer, self.b)):
            optimizer.apply(tape.gradient(loss, layer.trainable_variables), layer.trainable_variables)
        return {"loss": loss}


def inside():
    x = keras.Input((3,))
    left, right = layers.Dense(2)(x), layers.Dense(4)(x)
    return keras.Model(x, Plain(3, name="last")(Records(name="both")({"right": right, "left": left})))


def pair():
    generator = keras.Sequential([keras.Input((3,)), layers.Dense(3, activation="tanh")], name="generator")
    return Pair(generator, Plain(4), generator, [layers.Dense(3), layers.Dense(2)])


CASES = {
    "plain": lambda: Plain(5),
    "bare": lambda: Bare(5),
    "listed": lambda: Listed(),
    "nested": lambda: Nested(),
    "shared": lambda: Shared(),
    "pair": pair,
    "tracked": lambda: Tracked(),
    "records": lambda: Records(),
    "shifted": lambda: Shifted(),
    "inside": inside,
    "two": lambda: Two(),
}

rng = np.random.default_rng(3)
X = rng.normal(size=(8, 3)).astype("float32")
Y = rng.normal(size=(8, 2)).astype("float32")
LEFT = rng.normal(size=(8, 2)).astype("float32")


def inputs(name):
    return {"left": LEFT, "right": X} if name == "records" else X


def compile_(name, model):
    if name == "two":
        model.compile(keras.optimizers.SGD(0.1), keras.optimizers.Adam(0.01))
    else:
        model.compile(optimizer=keras.optimizers.Adam(0.01), loss=None if name == "tracked" else "mse")


def train(name, model, first, last):
    # One batch an epoch, so that the history has every step.
    history = model.fit(inputs(name), Y, batch_size=8, initial_epoch=first, epochs=last, shuffle=False, verbose=0)
    return {key: [float(value) for value in values] for key, values in history.history.items()}


def predict(name, model):
    return model.predict(inputs(name), verbose=0)


def make(folder):
    told = {"x": X.tolist(), "y": Y.tolist(), "left": LEFT.tolist(), "cases": {}}
    for name, create in CASES.items():
        model = create()
        compile_(name, model)
        train(name, model, 0, 1)
        for ending in ENDINGS:
            path = os.path.join(folder, f"{name}{ending}")
            model.save_weights(path) if ending == ".weights.h5" else model.save(path)
        told["cases"][name] = {"predictions": predict(name, model).tolist(), "history": train(name, model, 1, 4)}
    with open(os.path.join(folder, "keras.json"), "w") as file:
        json.dump(told, file)


def load(name, path):
    """Keras does not build a class that it reads from .h5, and then finds no place for its weights."""
    if path.endswith(".keras"):
        return keras.models.load_model(path)
    if path.endswith(".weights.h5") or name != "inside":
        model = CASES[name]()
        predict(name, model)
        model.load_weights(path)
        return model
    return keras.models.load_model(path)


def difference(received, wanted):
    received, wanted = np.array(received, "float64"), np.array(wanted, "float64")
    if received.shape != wanted.shape:
        return float("inf")
    return float(np.max(np.abs(received - wanted)) / max(1e-6, np.max(np.abs(wanted))))


def check(folder):
    with open(os.path.join(folder, "pawl.json")) as file:
        told = json.load(file)
    rows = [(case["name"], case["check"], case["ok"], case["detail"]) for case in told["results"]]

    def add(name, what, run, tolerance):
        try:
            off = run()
            rows.append((name, what, off <= tolerance, f"off by {off:.1e}"))
        except Exception as error:
            rows.append((name, what, False, f"{type(error).__name__}: {error}"[:400]))

    for name, case in told["cases"].items():
        for ending in ENDINGS:
            path = os.path.join(folder, f"pawl_{name}{ending}")
            what = f"Keras opens {ending} of Pawl"
            add(name, what, lambda: difference(predict(name, load(name, path)), case["predictions"]), PREDICTIONS)

        def trains_on():
            model = load(name, os.path.join(folder, f"pawl_{name}.keras"))
            history = train(name, model, 1, 4)
            if sorted(history) != sorted(case["history"]):
                return float("inf")
            return max(difference(values, case["history"][key]) for key, values in history.items())

        if name != "two":
            add(name, "Keras trains on", trains_on, LOSSES)
        if name == "pair":
            shared = lambda: 0.0 if (m := load(name, os.path.join(folder, "pawl_pair.keras"))).again is m.generator else 1.0
            add(name, "Keras shares it", shared, 0)
    return rows


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    folder = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()
    os.makedirs(folder, exist_ok=True)
    make(folder)
    subprocess.run(["node", os.path.join(here, "classes-side.mjs"), folder], check=True)
    rows = check(folder)
    for name, what, ok, detail in rows:
        if not ok:
            print(f"{name:<10} {what:<32} {detail}")
    wrong = sum(not ok for *_, ok, _ in rows)
    print(f"{len(rows) - wrong} of {len(rows)} checks of classes agree")
    sys.exit(wrong > 0)
