import jax.numpy as jnp
import keras
from jax.nn import logsumexp
from sides import Optimizer

TEMPERATURE = 0.2


def networks():
    encoder = keras.Sequential(
        [
            keras.Input((14, 14, 1)),
            keras.layers.Conv2D(16, 3, strides=2, activation="relu"),
            keras.layers.Conv2D(32, 3, strides=2, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(32),
        ]
    )
    head = [keras.Input((32,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(16)]
    return encoder, keras.Sequential(head)


def unit(x):
    return x / ((x**2).sum(-1, keepdims=True) ** 0.5 + 1e-6)


def steps(told):
    encoder, head = networks()
    encoder, head = told.net("encoder", encoder), told.net("head", head)
    adam = Optimizer(keras.optimizers.Adam(), encoder, head)

    def step(batch, numbers, _):
        def distorted(name):
            return jnp.where(numbers[f"{name}-kept"] > 0.2, batch["x"], 0) * (numbers[f"{name}-light"] + 0.5)

        copies = [distorted("one"), distorted("other")]

        def loss_of(encoder_weights, head_weights):
            one, other = (unit(head(encoder(copy, encoder_weights), head_weights)) for copy in copies)
            alike = one @ other.T / TEMPERATURE
            pairs = (one * other).sum(1).mean() / TEMPERATURE
            return (logsumexp(alike, 1).mean() + logsumexp(alike, 0).mean()) / 2 - pairs

        return {"loss": adam.minimize(loss_of, encoder, head)}

    def numbers(i, x):
        shapes = {"light": (len(x), 1, 1, 1), "kept": x.shape}
        names = [f"{one}-{what}" for one in ("one", "other") for what in shapes]
        return {name: told.random(name, shapes[name.split("-")[1]], "uniform", i) for name in names}

    return told.steps(step, [encoder, head, adam], numbers)
