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

    def step(batch, _, is_twentieth):
        state, action, reward, following, on = jnp.split(batch["x"], [4, 5, 6, 10], axis=1)
        goal = reward[:, 0] + on[:, 0] * target(following).max(1) * DISCOUNT

        def loss_of(weights):
            value = jnp.take_along_axis(online(state, weights), action.astype("int32"), 1)[:, 0]
            return keras.losses.huber(goal[:, None], value[:, None]).mean()

        loss = adam.minimize(loss_of, online)
        if is_twentieth:
            target.weights = online.weights
        return {"loss": loss}

    return told.steps(step, [online, target, adam], every=20)
