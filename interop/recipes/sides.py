"""What the Keras sides of the recipes share: what Pawl told, networks and optimizers without hidden state (JAX), and
the random numbers of Pawl's streams, made again here from (seed, stream, iteration)."""

import base64
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import jax
import numpy as np
from statistics import NormalDist


class Net:
    """A Keras model whose weights are given with each call."""

    @property
    def values(self):
        return self.weights, self.rest

    @values.setter
    def values(self, values):
        self.weights, self.rest = values

    def __init__(self, model, weights):
        model.set_weights(weights)
        self.model = model
        self.weights = [variable.value for variable in model.trainable_variables]
        self.rest = [variable.value for variable in model.non_trainable_variables]

    def __call__(self, x, weights=None):
        """As in training. Moving averages stay as they are: no loss of a training depends on them."""
        training = {"training": True} if self.model._call_has_training_arg else {}
        return self.model.stateless_call(self.weights if weights is None else weights, self.rest, x, **training)[0]


class Optimizer:
    """A Keras optimizer whose state is a value."""

    @property
    def values(self):
        return self.state

    @values.setter
    def values(self, values):
        self.state = values

    def __init__(self, optimizer, *nets):
        self.optimizer = optimizer
        optimizer.build([variable for net in nets for variable in net.model.trainable_variables])
        self.state = [variable.value for variable in optimizer.variables]

    def minimize(self, loss_of, *nets):
        """One step on the weights of these nets. `loss_of(weights of the first net, …)` gives the loss, or (loss, more)."""

        def with_more(weights):
            told = loss_of(*weights)
            return told if isinstance(told, tuple) else (told, None)

        weights = [net.weights for net in nets]
        (loss, more), gradients = jax.value_and_grad(with_more, has_aux=True)(weights)
        flat = [weight for one in weights for weight in one]
        flat, self.state = self.optimizer.stateless_apply(self.state, [g for one in gradients for g in one], flat)
        for net in nets:
            net.weights, flat = flat[: len(net.weights)], flat[len(net.weights) :]
        return loss if more is None else (loss, more)


class Told:
    """What Pawl wrote of one recipe: weights before the first step, the batches, and what each step logged."""

    def __init__(self, told):
        self.seed = told["seed"]
        self.weights = {field: arrays(weights) for field, weights in told["weights"].items()}
        self.batches = [arrays(batch) for batch in told["batches"]]
        self.logs = told["logs"]
        self.predicted = [(arrays(one["x"]), arrays(one["outputs"])) for one in told["predicted"]]

    def steps(self, step, parts, numbers=lambda i, x: {}, every=None):
        """The logs of all steps. `step(batch, numbers, is_nth)` computes one; nets and optimizers are `parts`, whose
        values go through the compiled function; `numbers(i, x)` are random ones; is_nth: at every n-th step."""

        def pure(values, batch, drawn, is_nth):
            for part, value in zip(parts, values):
                part.values = value
            logs = step(batch, drawn, is_nth)
            return [part.values for part in parts], logs

        compiled = jax.jit(pure, static_argnums=3)
        values = [part.values for part in parts]
        for i, batch in enumerate(self.batches):
            is_nth = every is not None and (i + 1) % every == 0
            values, logs = compiled(values, batch, numbers(i, batch["x"]), is_nth)
            yield {name: float(value) for name, value in logs.items()}
        for part, value in zip(parts, values):
            part.values = value

    def net(self, field, model):
        return Net(model, self.weights[field])

    def random(self, purpose, shape, distribution, iteration, path="", call=-1):
        """The numbers that a step, or the layer at `path`, drew."""
        words = philox(self.seed, stream_of(path, call, purpose), iteration, int(np.prod(shape)))
        if distribution == "uniform":
            numbers = (words >> 8) * 2.0**-24
        else:
            normal = NormalDist()
            numbers = np.array([normal.inv_cdf(p) for p in (words.astype("float64") + 0.5) * 2.0**-32])
        return numbers.astype("float32").reshape(shape)


def arrays(value):
    """Arrays in lists and objects, as recipes-hook.mjs writes them."""
    if isinstance(value, dict) and "base64" in value:
        data = np.frombuffer(base64.b64decode(value["base64"]), dtype=value["dtype"])
        return data.reshape(value["shape"])
    if isinstance(value, dict):
        return {key: arrays(item) for key, item in value.items()}
    return [arrays(item) for item in value] if isinstance(value, list) else value


def stream_of(*parts):
    """FNV-1a, the name of a stream."""
    value = 0x811C9DC5
    for char in "\0".join(str(part) for part in parts):
        value = ((value ^ ord(char)) * 0x01000193) & 0xFFFFFFFF
    return value


def philox(seed, stream, iteration, count):
    """Words of Philox 4x32-10 (Salmon and others, 2011): element e is word e % 4 of block e / 4."""
    mask = np.uint64(0xFFFFFFFF)
    blocks = np.arange((count + 3) // 4, dtype="uint64")
    counter = [blocks & mask, blocks >> np.uint64(32)]
    counter += [np.full_like(blocks, iteration & 0xFFFFFFFF), np.full_like(blocks, iteration >> 32)]
    key = [seed & 0xFFFFFFFF, stream & 0xFFFFFFFF]
    for _ in range(10):
        first, second = np.uint64(0xD2511F53) * counter[0], np.uint64(0xCD9E8D57) * counter[2]
        counter = [
            (second >> np.uint64(32)) ^ counter[1] ^ np.uint64(key[0]),
            second & mask,
            (first >> np.uint64(32)) ^ counter[3] ^ np.uint64(key[1]),
            first & mask,
        ]
        key = [(key[0] + 0x9E3779B9) & 0xFFFFFFFF, (key[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return np.stack(counter, axis=1).ravel()[:count]
