import keras
from jax.nn import softplus
from networks import LATENT, critic, generator
from sides import Optimizer


def steps(told):
    made = told.net("generator", generator(batch_norm=True))
    judge = told.net("discriminator", critic())
    adams = [Optimizer(keras.optimizers.Adam(2e-4, beta_1=0.5), net) for net in (judge, made)]

    def step(batch, numbers, _):
        x, latent = batch["x"], numbers["latent"]
        fake = made(latent)
        discriminator = adams[0].minimize(
            lambda weights: (softplus(-judge(x, weights)).mean() + softplus(judge(fake, weights)).mean()) / 2, judge
        )
        loss = adams[1].minimize(lambda weights: softplus(-judge(made(latent, weights))).mean(), made)
        return {"discriminator": discriminator, "generator": loss}

    numbers = lambda i, x: {"latent": told.random("latent", (len(x), LATENT), "normal", i)}
    return told.steps(step, [made, judge, *adams], numbers)
