"""The Keras contender: same protocol as protocol.mjs. KERAS_BACKEND chooses JAX, TensorFlow or PyTorch."""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
HERE = os.path.dirname(os.path.abspath(__file__))


def definition(name):
    with open(os.path.join(HERE, "models", f"{name}.json"), encoding="utf8") as file:
        own = json.load(file)
    return {**definition(own["like"]), **own} if "like" in own else own


start = time.perf_counter()
import keras

IMPORT_MS = 1000 * (time.perf_counter() - start)
import numpy as np


def data_of(model, steps):
    """Like dataOf of protocol.mjs; the numbers are others, for their values make no difference to time."""
    rows = model["batch"] * steps
    random = np.random.default_rng(0)
    x = []
    for given in model["inputs"]:
        shape = (rows, *given["shape"])
        if given.get("positions"):
            x.append(np.broadcast_to(np.arange(shape[1], dtype="int32"), shape).copy())
        elif "below" in given:
            x.append(random.integers(0, given["below"], shape, dtype="int32"))
        else:
            x.append(random.random(shape, dtype="float32"))
    shape = (rows, *model["labels"].get("shape", []))
    if model["labels"].get("float"):
        y = random.random(shape, dtype="float32")
    else:
        y = (np.arange(np.prod(shape)) % model["labels"]["classes"]).astype("int32").reshape(shape)
    return (x[0] if len(x) == 1 else x), y


def part(kind, given):
    if isinstance(given, str):
        return given
    given = dict(given)
    return getattr(getattr(keras, kind), given.pop("class"))(**given)


def compiling(model):
    """An optimizer, loss and metrics; Adam and accuracy where a model does not say."""
    return {
        "optimizer": part("optimizers", model.get("optimizer", "adam")),
        "loss": model["loss"],
        "metrics": [part("metrics", metric) for metric in model.get("metrics", ["accuracy"])],
    }


def build(model):
    """A layer's input is the layer before it, or what `from` names."""
    if "application" in model:
        make = getattr(keras.applications, model["application"])
        shape = tuple(model["inputs"][0]["shape"])
        built = make(weights=None, input_shape=shape, classes=model["labels"]["classes"])
        built.compile(**compiling(model))
        return built
    named = {}
    for i, given in enumerate(model["inputs"]):
        whole = "below" in given or given.get("positions")
        named[f"input{i}"] = keras.Input(tuple(given["shape"]), dtype="int32" if whole else "float32")
    inputs = list(named.values())
    last = inputs[0]
    repeated = [options for options in model["layers"] for _ in range(options.get("times", 1))]
    for options in repeated:
        options = dict(options)
        options.pop("times", None)
        layer, sources, name, call = (options.pop(key, None) for key in ("layer", "from", "as", "call"))
        if "of" in options:  # a layer around another one
            inner = dict(options.pop("of"))
            options["layer"] = getattr(keras.layers, inner.pop("layer"))(**inner)
        given = [named[source] for source in sources or []] or [last]
        if layer not in ("Add", "Concatenate") and len(given) > 1:  # attention takes its inputs side by side, merging layers a list
            last = getattr(keras.layers, layer)(**options)(*given, **(call or {}))
        else:
            last = getattr(keras.layers, layer)(**options)(given if len(given) > 1 else given[0], **(call or {}))
        if name:
            named[name] = last
    built = keras.Model(inputs if len(inputs) > 1 else inputs[0], last)
    built.compile(**compiling(model))
    return built


def versions():
    backend = keras.backend.backend()
    module = __import__({"torch": "torch", "jax": "jax", "tensorflow": "tensorflow"}[backend])
    name = {"torch": "PyTorch", "jax": "JAX", "tensorflow": "TensorFlow"}[backend]
    return {"Keras": keras.__version__, name: module.__version__}


def timed(work):
    begin = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begin)


ready = {}


def train(request):
    name, steps = request["model"], request["steps"]
    if name not in ready:
        model = definition(name)
        if model.get("own"):
            from own_steps import STEPS  # needs JAX

            ready[name] = STEPS[name](model["batch"], steps)
        else:
            built = build(model)
            x, y = data_of(model, steps)
            ready[name] = lambda: built.fit(x, y, batch_size=model["batch"], epochs=1, verbose=0)
        ready[name]()
    return timed(ready[name]) / steps


def trained(name):
    model = definition(name)
    built = build(model)
    built.train_on_batch(*data_of(model, 1))
    return built


def first(request):
    trained(request["model"])


saved = {}


def save(request):
    name = request["model"]
    if name not in saved:
        saved[name] = trained(name)
    return timed(lambda: saved[name].save(request["path"]))


def load(request):
    return timed(lambda: keras.models.load_model(request["path"]))


def serve():
    def answer(value):
        sys.stdout.write(json.dumps(value) + "\n")
        sys.stdout.flush()

    actions = {"train": train, "first": first, "save": save, "load": load}
    answer({"versions": versions(), "importMs": IMPORT_MS})
    for line in sys.stdin:
        try:
            request = json.loads(line)
            answer({"ms": actions[request["do"]](request)})
        except Exception as error:  # a contender that cannot run a model says so in the table
            answer({"error": str(error)})


if __name__ == "__main__":
    serve()
