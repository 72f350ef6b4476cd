import jax
import jax.numpy as jnp
import keras
from jax.nn import relu
from sides import Optimizer

PARTS = 16


def networks():
    same = {"padding": "same", "activation": "relu"}
    body = [keras.Input((14, 14, 1)), keras.layers.Conv2D(16, 3, **same), keras.layers.Conv2D(16, 3, strides=2, **same)]
    head = [keras.Input((7, 7, 16)), keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10)]
    return keras.Sequential(body), keras.Sequential(head)


def steps(told):
    body, head = networks()
    body, head = told.net("body", body), told.net("head", head)
    adam = Optimizer(keras.optimizers.Adam(0.01), body, head)

    def step(batch, *_):
        x, y = batch["x"], batch["y"]

        def loss_of(body_weights, head_weights):
            logits = head(body(x, body_weights), head_weights)
            return keras.losses.sparse_categorical_crossentropy(y, logits, from_logits=True).mean()

        return {"loss": adam.minimize(loss_of, body, head)}

    told.nets = body, head
    return told.steps(step, [body, head, adam])


def outputs(told, x):
    """Of the trained network: the heat map of Grad-CAM, and the attributions of integrated gradients."""
    body, head = told.nets
    maps = body(x)
    chosen = head(maps).argmax(1)[:, None]
    score = lambda maps: jnp.take_along_axis(head(maps), chosen, 1).sum()
    heat = relu((maps * jax.grad(score)(maps).mean((1, 2), keepdims=True)).sum(3))
    slopes = [jax.grad(lambda x: score(body(x)))(x * ((k + 0.5) / PARTS)) for k in range(PARTS)]
    return [heat, x * sum(slopes) / PARTS]
