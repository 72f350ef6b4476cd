import jax.numpy as jnp
import keras
from jax.nn import relu
from sides import Optimizer

MARGIN = 1


def steps(told):
    layers = [keras.layers.Flatten(), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(16)]
    tower = told.net("tower", keras.Sequential([keras.Input((14, 14, 1)), *layers]))
    adam = Optimizer(keras.optimizers.Adam(), tower)

    def step(batch, *_):
        x, y = batch["x"], batch["y"]
        same = y[:, None] == y[None, :]

        def loss_of(weights):
            place = tower(x, weights)
            squares = (place**2).sum(1, keepdims=True)
            far = jnp.sqrt(jnp.maximum(squares + squares.T - 2 * place @ place.T, 1e-6))
            worst, nearest = jnp.where(same, far, 0).max(1), jnp.where(same, 1e6, far).min(1)
            return relu(worst - nearest + MARGIN).mean(), (nearest - worst).mean()

        loss, margin = adam.minimize(loss_of, tower)
        return {"loss": loss, "margin": margin}

    return told.steps(step, [tower, adam])
