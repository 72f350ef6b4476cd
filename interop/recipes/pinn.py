import math

import jax
import keras
from sides import Optimizer

VISCOSITY = 0.01 / math.pi


def steps(told):
    dense = [keras.layers.Dense(20, activation="tanh") for _ in range(3)]
    u = told.net("u", keras.Sequential([keras.Input((2,)), *dense, keras.layers.Dense(1)]))
    adam = Optimizer(keras.optimizers.Adam(0.005), u)

    def step(batch, *_):
        (inside, edge), y = batch["x"], batch["y"]

        def loss_of(weights):
            by_input = jax.grad(lambda points: u(points, weights).sum())
            first = by_input(inside)
            second = jax.grad(lambda points: by_input(points)[:, 0].sum())(inside)[:, 0]
            residual = first[:, 1] + u(inside, weights)[:, 0] * first[:, 0] - VISCOSITY * second
            equation, edges = (residual**2).mean(), ((u(edge, weights) - y) ** 2).mean()
            return equation + edges, {"equation": equation, "edges": edges}

        loss, parts = adam.minimize(loss_of, u)
        return {"loss": loss, **parts}

    return told.steps(step, [u, adam])
