import jax
import jax.numpy as jnp
import keras
from sides import Optimizer

RATE = 0.05


class Parts(keras.Model):
    """Holds the weights; the network is a function of them."""

    def __init__(self):
        super().__init__()
        shapes = [(1, 32), (1, 32), (32, 32), (1, 32), (32, 1), (1, 1)]
        self.parts = [self.add_weight(shape=shape, name=f"part_{i}") for i, shape in enumerate(shapes)]
        self.built = True


def curve(x, parts):
    for i in (0, 2):
        x = jnp.tanh(x @ parts[i] + parts[i + 1])
    return x @ parts[4] + parts[5]


def after_one_step(parts, seen, told, asked, wanted):
    """Of one task."""
    slopes = jax.grad(lambda parts: ((curve(seen, parts) - told) ** 2).mean())(parts)
    return ((curve(asked, [part - RATE * slope for part, slope in zip(parts, slopes)]) - wanted) ** 2).mean()


def steps(told):
    net = told.net("model", Parts())
    adam = Optimizer(keras.optimizers.Adam(0.005), net)
    every_task = jax.vmap(after_one_step, (None, 0, 0, 0, 0))

    def step(batch, *_):
        return {"loss": adam.minimize(lambda parts: every_task(parts, *batch["x"], batch["y"]).mean(), net)}

    return told.steps(step, [net, adam])
