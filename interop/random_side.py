"""Real Keras's half of the exchange of random models (random_models.py).

make FOLDER BACKEND FIRST COUNT: makes the models of COUNT seeds from FIRST on, trains and saves them, and trains on.
check FOLDER BACKEND:            opens what Pawl saved in FOLDER/pawl, compares it with Keras's own files, and trains on.

Backends: tensorflow (step by step, which is fastest for models that train for a moment) or jax (also channels_first).
"""

import os
import sys

os.environ["KERAS_BACKEND"] = sys.argv[3]
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import json
import traceback
import warnings

import keras
import numpy as np
from absl import logging
from common import LOSS_TOLERANCE, PREDICTION_TOLERANCE, Results, as_list, from_json, largest_difference, to_json
from random_models import Generator, Skip
from recover_h5 import recover
from step_by_step import step_by_step

warnings.filterwarnings("ignore")
logging.set_verbosity(logging.ERROR)

# Relative size of the disturbance with which a model is trained once more, to tell rounding errors from mistakes.
DISTURBANCE = 2e-7
AMPLIFIED = 50
LARGEST = 1e4

class Told:
    """What a case's JSON says, as the attributes that a Generator has."""

    def __init__(self, told):
        self.x, self.y, self.sample_weight = (from_json(told[key]) for key in ("x", "y", "sampleWeight"))
        weights = told["classWeight"]
        self.class_weight = None if weights is None else {int(key): value for key, value in weights.items()}
        self.batch, self.validation = told["batchSize"], told["validation"]
        self.epochs, self.more = told["firstEpoch"], told["lastEpoch"] - told["firstEpoch"]


def fit(model, made, first, last):
    if first == last:
        return {}
    history = model.fit(
        made.x,
        made.y,
        batch_size=made.batch,
        initial_epoch=first,
        epochs=last,
        shuffle=False,
        verbose=0,
        class_weight=made.class_weight,
        sample_weight=made.sample_weight,
        validation_data=(made.x, made.y) if made.validation else None,
    ).history
    if model.optimizer.use_ema:
        # At the end of fit Keras makes each weight the same array as its average, and JAX then frees it twice.
        for variable in model.variables:
            variable.assign(np.array(variable))
    return {key: np.asarray(values).tolist() for key, values in history.items()}


def predict(model, made):
    return as_list(model.predict(made.x, batch_size=made.batch, verbose=0))


def evaluate(model, made):
    logs = model.evaluate(
        made.x, made.y, batch_size=made.batch, sample_weight=made.sample_weight, verbose=0, return_dict=True
    )
    return {key: np.asarray(value).tolist() for key, value in logs.items()}


def outcome(model, made):
    """Everything that Pawl must come to as well."""
    return {
        "predictions": predict(model, made),
        "evaluated": evaluate(model, made),
        "history": fit(model, made, made.epochs, made.epochs + made.more),
        "last": predict(model, made),
        "weights": model.get_weights(),
    }


def arrays(value):
    return [np.asarray(value[key]) for key in sorted(value)] if isinstance(value, dict) else value


def usable(result):
    numbers = [np.asarray(array) for value in result.values() for array in arrays(value)]
    return all(np.isfinite(array).all() for array in numbers) and all(
        np.abs(array).max(initial=0) < LARGEST for array in result["predictions"]
    )


def one(folder, seed):
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    made = Generator(keras, seed, keras.backend.backend()).make()
    model = made.model
    fit(model, made, 0, made.epochs)
    path = os.path.join(folder, f"random_{seed}")
    model.optimizer.build(model.trainable_variables)
    state = [(variable, np.array(variable)) for variable in [*model.variables, *model.optimizer.variables]]
    model.save(f"{path}.keras")  # before the .h5: saving that one damages later saves of the live model
    model.save_weights(f"{path}.weights.h5")
    model.save(f"{path}.h5")
    result = outcome(model, made)
    rng = np.random.default_rng(1)
    for variable, value in state:
        if value.dtype == np.float32:
            value = value * (1 + rng.uniform(-DISTURBANCE, DISTURBANCE, value.shape).astype("float32"))
        variable.assign(value)
    disturbed = outcome(model, made)
    if not usable(result) or not usable(disturbed):
        raise Skip("values that explode")
    noise = {key: largest_difference(arrays(disturbed[key]), arrays(result[key])) for key in result}
    return {
        "x": to_json(made.x),
        "y": to_json(made.y),
        "sampleWeight": to_json(made.sample_weight),
        "classWeight": made.class_weight,
        "validation": made.validation,
        "batchSize": made.batch,
        "firstEpoch": made.epochs,
        "lastEpoch": made.epochs + made.more,
        **{key: value if isinstance(value, dict) else to_json(value) for key, value in result.items()},
        "noise": noise,
    }


def make(folder, first, count):
    told, skipped = {}, {}
    for seed in range(first, first + count):
        try:
            told[f"random_{seed}"] = one(folder, seed)
        except Exception as error:  # what Keras itself refuses is nothing to compare
            reason = f"{type(error).__name__}: {str(error).strip().splitlines()[0][:90] if str(error) else ''}"
            skipped[reason] = skipped.get(reason, 0) + 1
    with open(os.path.join(folder, "random.json"), "w") as file:
        json.dump(told, file, allow_nan=False)
    print(f"  made {len(told)} random models from seed {first} on; left out: {skipped or 'none'}", flush=True)


def plain(value):
    """A configuration without what may differ: identities, seeds, how it is run, and whether a number is written 1 or 1.0."""
    if isinstance(value, dict):
        left_out = ("shared_object_id", "seed", "run_eagerly", "jit_compile")
        return {key: plain(item) for key, item in value.items() if key not in left_out}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value] or None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(np.float32(value))
    return value


def open_model(path):
    return step_by_step(recover(path) if path.endswith(".h5") else keras.models.load_model(path))


def readable(path):
    """Whether Keras reads what it wrote itself; its .h5 loader drops axes that are lists, for one."""
    try:
        return open_model(path)
    except Exception:
        return None


def numbers(logs):
    """Keras logs a metric of several values as a list, Pawl as one number each."""
    flat = {}
    for key, values in logs.items():
        if isinstance(values[0], list):
            flat.update({f"{key}_{i}": [row[i] for row in values] for i in range(len(values[0]))})
        else:
            flat[key] = values
    return flat


def check_file(folder, name, told, extension, results):
    made, noise = Told(told), told["noise"]
    own = readable(os.path.join(folder, name + extension))
    if own is None or largest_difference(
        predict(own, made), predict(readable(os.path.join(folder, f"{name}.keras")), made)
    ):
        return
    model = open_model(os.path.join(folder, "pawl", name + extension))
    if extension == ".keras":
        mine, theirs = (plain(json.loads(one.to_json())["config"]) for one in (model, own))
        results.add(name, "configuration", mine == theirs)
        mine, theirs = (plain(json.loads(json.dumps(one.get_compile_config()))) for one in (model, own))
        results.add(name, "compile configuration", mine == theirs)
    mine, theirs = ([np.asarray(variable) for variable in one.optimizer.variables] for one in (model, own))
    same = len(mine) == len(theirs) and all(np.array_equal(a, b) for a, b in zip(mine, theirs))
    results.add(name, f"optimizer of {extension}", same)
    tolerance = max(PREDICTION_TOLERANCE, AMPLIFIED * noise["predictions"])
    results.close(name, f"predictions {extension}", predict(model, made), from_json(told["predictions"]), tolerance)
    history = numbers(fit(model, made, made.epochs, made.epochs + made.more))
    tolerance = max(LOSS_TOLERANCE, AMPLIFIED * noise["history"])
    results.history(name, f"trains on {extension}", history, told["history"], tolerance)


def check(folder):
    results = Results()
    with open(os.path.join(folder, "pawl", "random.json")) as file:
        told = json.load(file)
    for name, case in told.items():
        for extension in (".keras", ".h5"):
            keras.backend.clear_session()
            try:
                check_file(folder, name, case, extension, results)
            except Exception as error:
                traceback.print_exc()
                results.add(name, f"{extension} in Keras", False, f"{type(error).__name__}: {str(error)[:300]}")
    print(f"  checked {len(told)} random models", flush=True)
    results.write(os.path.join(folder, "results-random.json"))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[4]), int(sys.argv[5]))
    else:
        check(sys.argv[2])
