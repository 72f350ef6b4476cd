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

import inspect
import json
import sys

import h5py
import keras

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


def _settings(made, config):
    """What of a configuration a class has an argument for; older files say more."""
    known = inspect.signature(made.__init__).parameters
    config = {key: value for key, value in config.items() if key in known}
    if config.get("reduction") == "auto":
        del config["reduction"]
    return config


def _revive(value, kind):
    """Losses or metrics from a training configuration of Keras 2 or 3; `kind` is the module that has them."""
    if isinstance(value, list):
        return [_revive(item, kind) for item in value]
    if not isinstance(value, dict):
        return value
    if "class_name" not in value:
        return {key: _revive(item, kind) for key, item in value.items()}
    class_name, config = value["class_name"].split(">")[-1], value["config"]
    if class_name == "MeanMetricWrapper" and isinstance(config.get("fn"), str):
        return keras.metrics.MeanMetricWrapper(getattr(keras.metrics, config["fn"]), name=config["name"])
    made = keras.saving.get_registered_object(value["class_name"]) or getattr(kind, class_name)
    return made(**_settings(made, config))


def _optimizer(description):
    """The optimizer of any Keras's configuration."""
    name = description["class_name"]
    made = keras.saving.get_registered_object(name) or getattr(keras.optimizers, name.split(">")[-1])
    config = description["config"]
    if name in ("LossScaleOptimizer", "MultiOptimizer"):
        # Around others, which Keras 3 alone has in this form.
        return made.from_config(dict(config))
    rate = config.get("lr", config.get("learning_rate"))
    if isinstance(rate, dict):
        schedule = getattr(keras.optimizers.schedules, rate["class_name"])
        rate = schedule(**{key: value for key, value in rate["config"].items() if (key, value) != ("name", None)})
    if config.get("decay"):
        rate = keras.optimizers.schedules.InverseTimeDecay(rate, 1, config["decay"])
    return made(**{**_settings(made, config), "learning_rate": rate})


def _flat(metrics):
    """Keras 2 writes the metrics of a single output as a list in a list."""
    if isinstance(metrics, list) and len(metrics) == 1 and isinstance(metrics[0], list):
        return metrics[0]
    return metrics


def _without_outputs(metrics, outputs):
    """Keras 2 puts the name of an output before those of its metrics; kept, each load would do so once more."""

    def strip(value, prefix):
        if isinstance(value, list):
            return [strip(item, prefix) for item in value]
        if not isinstance(value, dict) or not value["config"]["name"].startswith(prefix):
            return value
        return {**value, "config": {**value["config"], "name": value["config"]["name"][len(prefix) :]}}

    if not isinstance(metrics, list) or len(outputs) < 2 or len(metrics) != len(outputs):
        return metrics
    return [strip(value, f"{output}_") for value, output in zip(metrics, outputs)]


def _compile_arguments(training):
    return {
        "optimizer": _optimizer(training["optimizer_config"]),
        "loss": _revive(training.get("loss"), keras.losses),
        "metrics": _revive(_flat(training.get("metrics")), keras.metrics),
        "weighted_metrics": _revive(_flat(training.get("weighted_metrics")), keras.metrics),
        "loss_weights": training.get("loss_weights"),
    }


# What Keras 2's first optimizers call the slots of a weight, in the order of Keras 3.
OLD_SLOTS = (("m", "v"), ("vhat",), ("rms",), ("momentum",), ("mg",), ("accumulator",))


def _in_new_order(names):
    """Keras 2's first optimizers keep all slots of one kind together, and name them `Adam/dense/kernel/m:0`."""
    kinds = [name.split(":")[0].rsplit("/", 1)[-1] for name in names]
    known = {kind for group in OLD_SLOTS for kind in group}
    if not any(kind in known for kind in kinds):
        return names
    first = [name for name, kind in zip(names, kinds) if kind not in known]
    slots = [[name for name, kind in zip(names, kinds) if kind == wanted] for wanted in OLD_SLOTS[0]]
    ordered = [name for pair in zip(*slots) for name in pair]
    for group in OLD_SLOTS[1:]:
        ordered += [name for name, kind in zip(names, kinds) if kind in group]
    return first + ordered


def _state(group, optimizer):
    """The values of the optimizer's variables, in their order."""
    names = _in_new_order(_names(group, "weight_names"))
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


def _recurrent_layers():
    """Keras 3's recurrent layers, which take what Keras 2 says about the order of axes if it is the usual one."""

    def tolerant(cls):
        @classmethod
        def from_config(_, config):
            if config.get("time_major") is False:
                config = {key: value for key, value in config.items() if key != "time_major"}
            return cls.from_config(config)

        return type(cls.__name__, (cls,), {"from_config": from_config})

    return {cls.__name__: tolerant(cls) for cls in (keras.layers.LSTM, keras.layers.GRU, keras.layers.SimpleRNN)}


def recover(path, custom_objects=None):
    """The model of a whole-model .h5 file, compiled, with its optimizer's state."""
    known = {**_recurrent_layers(), **(custom_objects or {})}
    model = keras.models.load_model(path, custom_objects=known, compile=False)
    with h5py.File(path, "r") as file:
        if "training_config" not in file.attrs:
            return model
        training = json.loads(_text(file.attrs["training_config"]))
        if _text(file.attrs.get("keras_version", "")).startswith("2."):
            outputs = getattr(model, "output_names", [])
            for key in ("metrics", "weighted_metrics"):
                training[key] = _without_outputs(training.get(key), outputs)
        with keras.saving.CustomObjectScope(custom_objects or {}):
            model.compile(**_compile_arguments(training))
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
