"""Real Keras's half of the exchange; NAMES are cases (default: all).

make FOLDER CASES.json [NAMES]:     builds the cases of models.py, trains them, saves them in each format, goes on
                                    training without a break, and writes what happened for Pawl to read.
check FOLDER RESULTS.json [NAMES]:  opens what Pawl saved in FOLDER/pawl, compares predictions and configuration, and
                                    trains on to Pawl's own losses.
recover FOLDER RESULTS.json:        tries recover_h5.py on the files of Keras itself.
"""

import os
import re
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import glob
import json
import traceback
import warnings
import zlib

import keras
import numpy as np
from absl import logging
from common import LOSS_TOLERANCE, PREDICTION_TOLERANCE, Results, as_list, from_json, to_json
from models import CASES
from recover_h5 import recover
from step_by_step import step_by_step

# Keras's own files on which recover_h5.py is tried; it is used on all of Pawl's.
# Keras 3 miscounts the calls of Keras 2's nested models, and takes their lists of one tensor for several; it does not
# know states in the list of a recurrent layer's inputs, nor tensors among the options of a call (attention's value).
UNREADABLE = ["old_nested_and_shared", "old_functional_in_sequential", "old_lstm_states", "old_attention"]
RECOVERED = ["seed_model", "two_outputs", "adam_amsgrad", "rmsprop_centered_momentum", "schedule_cosine", "nested_twice"]

warnings.filterwarnings("ignore")
logging.set_verbosity(logging.ERROR)


def fit(model, made, first, last):
    history = begin(model).fit(
        made.x,
        made.y,
        batch_size=made.batch_size,
        initial_epoch=first,
        epochs=last,
        shuffle=False,
        verbose=0,
        class_weight=made.class_weight,
        sample_weight=made.sample_weight,
        validation_data=(made.x, made.y) if made.validation else None,
    )
    if getattr(model.optimizer, "use_ema", False):
        # At the end of fit Keras makes each weight the same array as its average, and JAX then frees it twice.
        for variable in model.variables:
            variable.assign(np.array(variable))
    return {key: [float(value) for value in values] for key, values in history.history.items()}


def begin(model):
    """States that go on from batch to batch begin anew, as they do where a file is opened."""
    for layer in model._flatten_layers():
        if getattr(layer, "stateful", False) and hasattr(layer, "reset_state"):
            layer.reset_state()
    return model


def predicted_by(model, x, batch_size):
    return as_list(begin(model).predict(x, batch_size=batch_size, verbose=0))


def build(name):
    keras.utils.clear_session()
    keras.utils.set_random_seed(zlib.crc32(name.encode()) % 1000)
    made = CASES[name](keras)
    step_by_step(made.model)
    return made


def make(folder, to, names):
    described = {}
    for name in names:
        made = build(name)
        model = made.model
        if made.train:
            fit(model, made, 0, made.epochs)
            if made.learning_rate is not None:
                model.optimizer.learning_rate = made.learning_rate
        path = os.path.join(folder, name)
        predictions = predicted_by(model, made.x, made.batch_size)
        begin(model)
        model.save(f"{path}.keras")  # before the .h5: saving that one damages later saves of the live model
        model.save_weights(f"{path}.weights.h5")
        if made.keras_writes_h5:
            model.save(f"{path}.h5")
        described[name] = {
            "x": to_json(made.x),
            "y": to_json(made.y),
            "sampleWeight": to_json(made.sample_weight),
            "classWeight": made.class_weight,
            "validation": made.validation,
            "batchSize": made.batch_size,
            "train": made.train,
            "firstEpoch": made.epochs,
            "lastEpoch": 2 * made.epochs,
            "predictions": to_json(predictions),
            "iterations": int(np.asarray(model.optimizer.variables[0])),
            "history": fit(model, made, made.epochs, 2 * made.epochs) if made.train else {},
            "finalPredictions": to_json(predicted_by(model, made.x, made.batch_size)),
            "endings": [".keras", *([".h5"] if made.keras_writes_h5 else []), ".weights.h5"],
        }
        print(f"  made {name}", flush=True)
    with open(os.path.join(folder, to), "w") as file:
        json.dump(described, file, allow_nan=False)


def configuration(model):
    """The configuration without what may differ: seeds and the identity of shared objects."""

    def strip(value):
        if isinstance(value, dict):
            return {key: strip(item) for key, item in value.items() if key not in ("shared_object_id", "seed")}
        if isinstance(value, (list, tuple)):
            return [strip(item) for item in value]
        # Keras writes this operation without its name, and so gives it another one each time it reads it.
        return re.sub(r"^extract_patches(_\d+)?$", "extract_patches", value) if isinstance(value, str) else value

    return strip(json.loads(model.to_json())["config"])


def variables(optimizer):
    return [np.asarray(variable) for variable in optimizer.variables]


def open_model(path):
    """Opens any of our whole-model files so that it can train on."""
    return step_by_step(recover(path) if path.endswith(".h5") else keras.models.load_model(path))


def go_on(model, told):
    """Trains as Pawl (or another Keras) did after it had saved the file."""
    class_weight = told.get("classWeight")
    x, y = from_json(told["x"]), from_json(told["y"])
    return begin(model).fit(
        x,
        y,
        batch_size=told["batchSize"],
        initial_epoch=told["firstEpoch"],
        epochs=told["lastEpoch"],
        shuffle=False,
        verbose=0,
        class_weight=None if class_weight is None else {int(k): v for k, v in class_weight.items()},
        sample_weight=from_json(told.get("sampleWeight")),
        validation_data=(x, y) if told.get("validation") else None,
    ).history


def check_case(folder, name, told, results):
    """`told`: what Pawl says it saved (predictions) and saw when it went on (history)."""
    made = build(name) if name in CASES else None
    from_keras_file = None
    x, batch = from_json(told["x"]), told["batchSize"]
    for extension in (".keras", ".h5") if made is None or made.keras_reads_h5 else (".keras",):
        model = open_model(os.path.join(folder, name + extension))
        if extension == ".keras":
            from_keras_file = variables(model.optimizer)
            if made is not None:
                # Not made.model: Keras itself forgets some things when it reads what it wrote.
                own = keras.models.load_model(os.path.join(os.path.dirname(folder), name + extension), compile=False)
                same = configuration(model) == configuration(own)
                results.add(name, "configuration .keras", same)
        else:
            difference = max(
                (float(np.max(np.abs(a - b))) if a.size else 0.0)
                for a, b in zip(variables(model.optimizer), from_keras_file, strict=True)
            )
            results.add(name, "optimizer of .h5", difference == 0.0, f"off by {difference:.1e}")
        predicted = predicted_by(model, x, batch)
        results.close(name, f"predictions {extension}", predicted, from_json(told["predictions"]), PREDICTION_TOLERANCE)
        if told["history"]:
            results.history(name, f"trains on {extension}", go_on(model, told), told["history"], LOSS_TOLERANCE)
    if made is None:
        return
    model = made.model
    model.optimizer.build(model.trainable_variables)
    model.load_weights(os.path.join(folder, f"{name}.weights.h5"))
    predicted = predicted_by(model, x, batch)
    results.close(name, "predictions .weights.h5", predicted, from_json(told["predictions"]), PREDICTION_TOLERANCE)
    same = all(np.array_equal(a, b) for a, b in zip(variables(model.optimizer), from_keras_file, strict=True))
    results.add(name, "optimizer of .weights.h5", same)
    again = build(name).model
    again.load_weights(os.path.join(folder, f"{name}.legacy.h5"))
    predicted = predicted_by(again, x, batch)
    results.close(name, "predictions weights .h5", predicted, from_json(told["predictions"]), PREDICTION_TOLERANCE)


def check_recovery(folder, to):
    """recover_h5.py on the files of Keras itself: it must go on as the Keras that wrote them did."""
    results = Results()
    told = {name: one for name, one in read_cases(folder).items() if name in RECOVERED or name.startswith("old_")}
    for name, one in told.items():
        if name in UNREADABLE:
            continue
        try:
            model = open_model(os.path.join(folder, f"{name}.h5"))
            results.history(name, "recover_h5.py", go_on(model, one), one["history"], LOSS_TOLERANCE)
        except Exception as error:
            traceback.print_exc()
            results.add(name, "recover_h5.py", False, f"{type(error).__name__}: {str(error).splitlines()[0]}")
        print(f"  recovered {name}", flush=True)
    results.write(os.path.join(folder, to))


def read_cases(folder):
    """What all sides that make files have told."""
    told = {}
    for path in sorted(glob.glob(os.path.join(folder, "cases*.json"))):
        with open(path) as file:
            told.update(json.load(file))
    return told


def check(folder, to, names):
    results = Results()
    with open(os.path.join(folder, "pawl", "pawl.json")) as file:
        told = json.load(file)
    for name in names or told:
        try:
            check_case(os.path.join(folder, "pawl"), name, told[name], results)
        except Exception as error:  # a file that Keras refuses is a failed check, and the others still count
            traceback.print_exc()
            results.add(name, "opens in Keras", False, f"{type(error).__name__}: {str(error).splitlines()[0]}")
        print(f"  checked {name}", flush=True)
    results.write(os.path.join(folder, to))


if __name__ == "__main__":
    command, folder, to, *names = sys.argv[1:]
    if command == "make":
        make(folder, to, names or list(CASES))
    elif command == "check":
        check(folder, to, names)
    else:
        check_recovery(folder, to)
