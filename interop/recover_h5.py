#!/usr/bin/env python3
"""Makes a model from a whole-model .h5 file that Keras 3 can train on.

Keras 3 writes the whole optimizer state into .h5 files, but its loader builds the optimizer on an empty list of
variables and drops the state, so that the next fit() fails. This module reads the state itself:

    from recover_h5 import recover
    model = recover("epoch_03.h5")
    model.fit(x, y, initial_epoch=3, epochs=8)

or, from a shell, turns the file into a .keras file that load_model() reads with everything:

    python recover_h5.py epoch_03.h5 epoch_03.keras
"""

import json
import sys

import h5py
import keras

# Names under which older files keep a loss or metric, and which Keras 3 cannot look up when it reads an .h5 file.
ALIASES = {
    "mse": "mean_squared_error",
    "MSE": "mean_squared_error",
    "mae": "mean_absolute_error",
    "MAE": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error",
    "MAPE": "mean_absolute_percentage_error",
    "msle": "mean_squared_logarithmic_error",
    "MSLE": "mean_squared_logarithmic_error",
    "bce": "binary_crossentropy",
    "BCE": "binary_crossentropy",
    "kld": "kl_divergence",
    "KLD": "kl_divergence",
}


def _text(value):
    return value.decode("utf-8") if isinstance(value, bytes) else str(value)


def _names(group, attribute):
    """A list attribute, also one that was split because it was too long for one."""
    if attribute in group.attrs:
        return [_text(name) for name in group.attrs[attribute]]
    names, part = [], 0
    while f"{attribute}{part}" in group.attrs:
        names += [_text(name) for name in group.attrs[f"{attribute}{part}"]]
        part += 1
    return names


def _full_names(value):
    if isinstance(value, str):
        return ALIASES.get(value, value)
    if isinstance(value, list):
        return [_full_names(item) for item in value]
    if isinstance(value, dict) and "class_name" not in value:
        return {key: _full_names(item) for key, item in value.items()}
    if isinstance(value, dict) and value["class_name"] == "MeanMetricWrapper":
        # Keras 2 wraps plain functions; the function's name is all that is needed to make the metric again.
        return _full_names(value["config"].get("fn") or value["config"]["name"])
    return value


def _flat(metrics):
    """Keras 2 writes the metrics of a single output as a list in a list."""
    if isinstance(metrics, list) and len(metrics) == 1 and isinstance(metrics[0], list):
        return metrics[0]
    return metrics


def _compile_arguments(training):
    config = dict(training["optimizer_config"])
    config["class_name"] = config["class_name"].split(">")[-1]
    known = {}
    if "module" not in config:
        config = {"module": "keras.optimizers", "registered_name": None, **config}
    known["optimizer"] = keras.optimizers.deserialize(config)
    for key in ("loss", "metrics", "weighted_metrics"):
        known[key] = _revive(_full_names(_flat(training.get(key))), "losses" if key == "loss" else "metrics")
    known["loss_weights"] = training.get("loss_weights")
    return known


def _revive(value, kind):
    if isinstance(value, dict) and "class_name" in value:
        return getattr(keras, kind).deserialize(value)
    if isinstance(value, dict):
        return {key: _revive(item, kind) for key, item in value.items()}
    if isinstance(value, list):
        return [_revive(item, kind) for item in value]
    return value


def _state(group, optimizer):
    """The values of the optimizer's variables, in their order."""
    names = _names(group, "weight_names")
    values = [group[name][()] for name in names]
    wanted = optimizer.variables
    has_rate = any(name.split("/")[-1].split(":")[0] == "learning_rate" for name in names)
    if len(values) == len(wanted) - 1 and not has_rate and len(wanted) > 1:
        # Keras 2 does not store the learning rate: it stays as the configuration says.
        values.insert(1, wanted[1].numpy())
    shapes = [tuple(value.shape) for value in values]
    expected = [tuple(variable.shape) for variable in wanted]
    if shapes != expected:
        raise ValueError(
            f"The optimizer state in the file does not fit {optimizer.name}: "
            f"it has the shapes {shapes}, the optimizer needs {expected}."
        )
    return values


def recover(path, custom_objects=None):
    """The model of a whole-model .h5 file, compiled, with its optimizer's state."""
    model = keras.models.load_model(path, custom_objects=custom_objects, compile=False)
    with h5py.File(path, "r") as file:
        if "training_config" not in file.attrs:
            return model
        with keras.saving.CustomObjectScope(custom_objects or {}):
            model.compile(**_compile_arguments(json.loads(_text(file.attrs["training_config"]))))
        optimizer = model.optimizer
        optimizer.build(model.trainable_variables)
        if "optimizer_weights" in file:
            for variable, value in zip(optimizer.variables, _state(file["optimizer_weights"], optimizer)):
                variable.assign(value)
    return model


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: recover_h5.py FILE.h5 FILE.keras")
    recover(sys.argv[1]).save(sys.argv[2])
    print(f"{sys.argv[2]} holds the model with its optimizer's state")
