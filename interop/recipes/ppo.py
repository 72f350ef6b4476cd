import jax.numpy as jnp
import keras
from jax.nn import log_softmax
from sides import Optimizer


def network(outputs):
    return keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(32, activation="tanh"), keras.layers.Dense(outputs)]
    )


def steps(told):
    actor, critic = told.net("actor", network(2)), told.net("critic", network(1))
    adam = Optimizer(keras.optimizers.Adam(3e-3), actor, critic)

    def step(batch, *_):
        x = batch["x"]

        def loss_of(actor_weights, critic_weights):
            chances = log_softmax(actor(x["state"], actor_weights))
            ratio = jnp.exp(jnp.take_along_axis(chances, x["action"][:, None], 1)[:, 0] - x["chance"])
            policy = -jnp.minimum(ratio * x["advantage"], jnp.clip(ratio, 0.8, 1.2) * x["advantage"]).mean()
            value = ((critic(x["state"], critic_weights)[:, 0] - x["goal"]) ** 2).mean()
            entropy = -(jnp.exp(chances) * chances).sum(1).mean()
            return policy + 0.5 * value - 0.01 * entropy, {"policy": policy, "value": value, "entropy": entropy}

        loss, parts = adam.minimize(loss_of, actor, critic)
        return {"loss": loss, **parts}

    return told.steps(step, [actor, critic, adam])
