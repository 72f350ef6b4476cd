import jax.numpy as jnp
import keras
from sides import Optimizer

DISCOUNT = 0.97


def network():
    layers = [keras.layers.Dense(32, activation="relu"), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(2)]
    return keras.Sequential([keras.Input((4,)), *layers])


def steps(told):
    online, target = told.net("online", network()), told.net("target", network())
    adam = Optimizer(keras.optimizers.Adam(), online)

    def step(batch, _, is_tenth):
        x = batch["x"]
        goal = x["reward"] + x["on"] * target(x["next"]).max(1) * DISCOUNT

        def loss_of(weights):
            value = jnp.take_along_axis(online(x["state"], weights), x["action"][:, None], 1)[:, 0]
            return keras.losses.huber(goal[:, None], value[:, None]).mean()

        loss = adam.minimize(loss_of, online)
        if is_tenth:
            target.weights = online.weights
        return {"loss": loss}

    return told.steps(step, [online, target, adam], every=10)
