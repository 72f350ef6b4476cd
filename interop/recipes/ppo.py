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
        state, action, before, advantage, goal = jnp.split(batch["x"], [4, 5, 6, 7], axis=1)

        def loss_of(actor_weights, critic_weights):
            chances = log_softmax(actor(state, actor_weights))
            ratio = jnp.exp(jnp.take_along_axis(chances, action.astype("int32"), 1) - before)
            policy = -jnp.minimum(ratio * advantage, jnp.clip(ratio, 0.8, 1.2) * advantage).mean()
            value = ((critic(state, critic_weights) - goal) ** 2).mean()
            entropy = -(jnp.exp(chances) * chances).sum(1).mean()
            return policy + 0.5 * value - 0.01 * entropy, {"policy": policy, "value": value, "entropy": entropy}

        loss, parts = adam.minimize(loss_of, actor, critic)
        return {"loss": loss, **parts}

    return told.steps(step, [actor, critic, adam])
