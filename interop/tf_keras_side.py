"""Keras 2's half: files as TF-Keras writes them, and how its training goes on.

make FOLDER CASES.json: trains, saves .h5 (and, for some, .keras and .weights.h5), trains on, and writes what happened.
"""

import os
import sys

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import json
import warnings

import tf_keras as keras
from common import as_list, to_json
from models import BATCH, Case, Data

warnings.filterwarnings("ignore")
CASES = {}


def case(build):
    CASES[f"old_{build.__name__}"] = build
    return build


def pair(name, optimizer, **compile_args):
    data = Data(name)
    model = keras.Sequential(
        [keras.layers.Dense(8, activation="tanh", input_shape=(6,)), keras.layers.Dense(1)]
    )
    model.compile(optimizer=optimizer, loss="mse", **compile_args)
    return Case(model, data.x(6), data.x(1))


@case
def seed_model():
    data = Data("old_seed_model")
    model = keras.Sequential(
        [
            keras.layers.Dense(10, activation="relu", input_shape=(10,)),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return Case(model, data.x(10), data.binary())


@case
def sgd_momentum():
    return pair("old_sgd_momentum", keras.optimizers.SGD(0.05, momentum=0.9), metrics=["mae"])


@case
def rmsprop_centered():
    return pair("old_rmsprop_centered", keras.optimizers.RMSprop(0.005, momentum=0.3, centered=True))


@case
def adam_amsgrad():
    return pair("old_adam_amsgrad", keras.optimizers.Adam(0.01, amsgrad=True))


@case
def adamw():
    return pair("old_adamw", keras.optimizers.AdamW(0.01, weight_decay=0.02))


@case
def lstm():
    data = Data("old_lstm")
    model = keras.Sequential(
        [
            keras.layers.Embedding(12, 5, input_length=6),
            keras.layers.LSTM(6, return_sequences=True, recurrent_regularizer="l2"),
            keras.layers.LSTM(4, implementation=1, go_backwards=True),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return Case(model, data.ids(12, 6), data.labels(3))


@case
def lstm_states():
    data = Data("old_lstm_states")
    source, target = keras.layers.Input(shape=(5, 3)), keras.layers.Input(shape=(4, 3))
    _, h, c = keras.layers.LSTM(4, return_state=True)(source)
    decoded = keras.layers.LSTM(4, return_sequences=True)(target, initial_state=[h, c])
    model = keras.Model([source, target], keras.layers.Dense(2)(decoded))
    model.compile(optimizer="rmsprop", loss="mse")
    return Case(model, [data.x(5, 3), data.x(4, 3)], data.x(4, 2))


@case
def attention():
    data = Data("old_attention")
    ids = keras.layers.Input(shape=(6,), dtype="int32")
    x = keras.layers.Embedding(12, 4)(ids)
    layer = keras.layers.MultiHeadAttention(2, 3, name="attention")
    first = layer(x, x, use_causal_mask=True)
    second = layer(query=first, value=x, key=first)
    model = keras.Model(ids, keras.layers.Dense(1)(keras.layers.Flatten()(second)))
    model.compile(optimizer=keras.optimizers.SGD(0.05), loss="mse")
    return Case(model, data.ids(12, 6), data.x(1))


@case
def masked():
    data = Data("old_masked")
    model = keras.Sequential(
        [
            keras.layers.Embedding(12, 4, mask_zero=True, input_length=6),
            keras.layers.LSTM(5, return_sequences=True),
            keras.layers.GlobalAveragePooling1D(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return Case(model, data.ids(12, 6), data.binary())


@case
def legacy_adam():
    return pair("old_legacy_adam", keras.optimizers.legacy.Adam(0.01))


@case
def legacy_sgd_decay():
    return pair("old_legacy_sgd_decay", keras.optimizers.legacy.SGD(0.05, momentum=0.9, decay=0.1))


@case
def schedule():
    rate = keras.optimizers.schedules.ExponentialDecay(0.02, 4, 0.6)
    return pair("old_schedule", keras.optimizers.Adam(rate))


@case
def two_inputs():
    data = Data("old_two_inputs")
    a, b = keras.Input((4,), name="a"), keras.Input((3,), name="b")
    x = keras.layers.concatenate([keras.layers.Dense(5, activation="relu")(a), b])
    model = keras.Model([a, b], keras.layers.Dense(3, activation="softmax", name="kind")(x))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return Case(model, [data.x(4), data.x(3)], data.labels(3))


@case
def two_outputs():
    data = Data("old_two_outputs")
    inputs = keras.Input((6,))
    hidden = keras.layers.Dense(8, activation="relu")(inputs)
    outputs = [keras.layers.Dense(1, name="a")(hidden), keras.layers.Dense(2, name="b")(hidden)]
    model = keras.Model(inputs, outputs)
    model.compile(
        optimizer="adam",
        loss={"a": keras.losses.MeanSquaredError(), "b": "mean_absolute_error"},
        loss_weights={"a": 1.0, "b": 0.5},
        metrics={"a": ["mae"], "b": [keras.metrics.MeanSquaredError(), "mae"]},
    )
    return Case(model, data.x(6), [data.x(1), data.x(2)])


@case
def functional_in_sequential():
    data = Data("old_functional_in_sequential")
    inputs = keras.Input((6,))
    inner = keras.Model(inputs, keras.layers.Dense(4, activation="tanh")(inputs))
    model = keras.Sequential([keras.Input((6,)), inner, keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mse")
    return Case(model, data.x(6), data.x(1))


@case
def conv_batch_norm():
    data = Data("old_conv_batch_norm")
    model = keras.Sequential(
        [
            keras.layers.Conv2D(4, 3, padding="same", use_bias=False, input_shape=(6, 6, 2)),
            keras.layers.BatchNormalization(),
            keras.layers.ReLU(),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return Case(model, data.x(6, 6, 2), data.one_hot(3))


@case
def embedding():
    data = Data("old_embedding")
    model = keras.Sequential(
        [
            keras.layers.Embedding(20, 4, input_length=7),
            keras.layers.Flatten(),
            keras.layers.Dropout(0.0),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss=keras.losses.BinaryCrossentropy(), metrics=[keras.metrics.BinaryAccuracy()])
    return Case(model, data.ids(20, 7), data.binary())


@case
def nested_and_shared():
    data = Data("old_nested_and_shared")
    tower = keras.Sequential([keras.layers.Dense(5, activation="relu", input_shape=(4,)), keras.layers.Dense(3)])
    a, b = keras.Input((4,)), keras.Input((4,))
    x = keras.layers.add([tower(a), tower(b)])
    model = keras.Model([a, b], keras.layers.Dense(1)(x))
    model.compile(optimizer=keras.optimizers.SGD(0.05, momentum=0.9), loss="mse")
    return Case(model, [data.x(4), data.x(4)], data.x(1))


@case
def frozen_and_regularized():
    data = Data("old_frozen_and_regularized")
    model = keras.Sequential(
        [
            keras.layers.Dense(7, activation="relu", input_shape=(6,), trainable=False),
            keras.layers.Dense(5, kernel_regularizer="l2", kernel_constraint=keras.constraints.MaxNorm(0.8)),
            keras.layers.LayerNormalization(),
            keras.layers.Dense(1),
        ]
    )
    model.compile(optimizer="adam", loss="mae")
    return Case(model, data.x(6), data.x(1))


def fit(model, made, first, last):
    history = model.fit(
        made.x, made.y, batch_size=BATCH, initial_epoch=first, epochs=last, shuffle=False, verbose=0
    ).history
    return {key: [float(value) for value in values] for key, values in history.items()}


def make(folder, to):
    described = {}
    for name, build in CASES.items():
        keras.backend.clear_session()
        keras.utils.set_random_seed(11)
        made = build()
        model = made.model
        fit(model, made, 0, 2)
        path = os.path.join(folder, name)
        predictions = as_list(model.predict(made.x, verbose=0))
        model.save(f"{path}.h5")
        formats = [".h5"]
        if "legacy" not in name:
            model.save(f"{path}.keras")
            model.save_weights(f"{path}.weights.h5")
            formats += [".keras", ".weights.h5"]
        model.save_weights(f"{path}.old-weights.h5", save_format="h5")
        described[name] = {
            "x": to_json(made.x),
            "y": to_json(made.y),
            "sampleWeight": None,
            "classWeight": None,
            "validation": False,
            "batchSize": BATCH,
            "train": True,
            "formats": formats,
            "firstEpoch": 2,
            "lastEpoch": 4,
            "predictions": to_json(predictions),
            "iterations": int(model.optimizer.iterations.numpy()),
            "history": fit(model, made, 2, 4),
            "finalPredictions": to_json(as_list(model.predict(made.x, verbose=0))),
        }
        print(f"  made {name}", flush=True)
    with open(os.path.join(folder, to), "w") as file:
        json.dump(described, file, allow_nan=False)


if __name__ == "__main__":
    make(*sys.argv[2:4])
