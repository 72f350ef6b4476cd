import jax.numpy as jnp
import keras
from sides import Optimizer


class Picture(keras.Model):
    def __init__(self, shape):
        super().__init__()
        self.pixels = self.add_weight(shape=shape, name="picture")
        self.built = True


def networks():
    relu = {"padding": "same", "activation": "relu"}
    first = [keras.Input((56, 56, 1)), keras.layers.Conv2D(16, 3, **relu)]
    second = [keras.Input((56, 56, 16)), keras.layers.Conv2D(32, 3, strides=2, **relu)]
    return keras.Sequential(first), keras.Sequential(second)


def gram(features):
    return jnp.einsum("bijc,bijd->bcd", features, features) / (features.shape[1] * features.shape[2])


def steps(told):
    edges, shapes = networks()
    edges, shapes = told.net("edges", edges), told.net("shapes", shapes)
    picture = told.net("picture", Picture(told.weights["picture"][0].shape))
    adam = Optimizer(keras.optimizers.Adam(0.02), picture)

    def step(batch, *_):
        content, style = batch["x"]

        def loss_of(pixels):
            own, of_content, of_style = ([edges(x), shapes(edges(x))] for x in (pixels[0], content, style))
            kept = ((own[1] - of_content[1]) ** 2).mean()
            styled = sum(((gram(a) - gram(b)) ** 2).mean() for a, b in zip(own, of_style))
            return kept + styled * 1e4, {"content": kept, "style": styled}

        loss, parts = adam.minimize(loss_of, picture)
        return {"loss": loss, **parts}

    return told.steps(step, [edges, shapes, picture, adam])
