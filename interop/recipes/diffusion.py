import jax.numpy as jnp
import keras
from sides import Optimizer

LAST = 1.5


class Denoiser(keras.Model):
    def __init__(self):
        super().__init__()
        silu = {"padding": "same", "activation": "silu"}
        self.first = keras.layers.Conv2D(16, 3, **silu)
        self.clock = keras.layers.Dense(16)
        self.second = keras.layers.Conv2D(16, 3, strides=2, **silu)
        self.third = keras.layers.Conv2DTranspose(16, 4, strides=2, **silu)
        self.last = keras.layers.Conv2D(1, 3, padding="same")

    def call(self, inputs):
        picture, angle = inputs
        waves = jnp.concatenate([jnp.sin(angle), jnp.cos(angle), jnp.cos(angle * 4)], -1)
        wide = self.first(picture) + self.clock(waves)
        deep = self.third(self.second(wide))
        return self.last(jnp.concatenate([wide, deep], -1))


def steps(told):
    model = Denoiser()
    model([jnp.zeros((2, 14, 14, 1)), jnp.zeros((2, 1, 1, 1))])
    denoiser = told.net("model", model)
    adam = Optimizer(keras.optimizers.Adam(), denoiser)

    def step(batch, numbers, _):
        noise, angle = numbers["noise"], numbers["angle"] * LAST
        mixed = (batch["x"] * 2 - 1) * jnp.cos(angle) + noise * jnp.sin(angle)
        return {"loss": adam.minimize(lambda weights: ((denoiser([mixed, angle], weights) - noise) ** 2).mean(), denoiser)}

    def numbers(i, x):
        return {
            "noise": told.random("noise", x.shape, "normal", i),
            "angle": told.random("angle", (len(x), 1, 1, 1), "uniform", i),
        }

    return told.steps(step, [denoiser, adam], numbers)
