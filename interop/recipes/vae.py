import jax.numpy as jnp
import keras
from sides import Optimizer

LATENT = 4


def networks():
    image = keras.Input((14, 14, 1))
    flat = keras.layers.Flatten()(keras.layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(image))
    features = keras.layers.Dense(32, activation="relu")(flat)
    encoder = keras.Model(image, [keras.layers.Dense(LATENT)(features), keras.layers.Dense(LATENT)(features)])
    decoder = keras.Sequential(
        [
            keras.Input((LATENT,)),
            keras.layers.Dense(7 * 7 * 16, activation="relu"),
            keras.layers.Reshape((7, 7, 16)),
            keras.layers.Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid"),
        ]
    )
    return encoder, decoder


def steps(told):
    encoder, decoder = networks()
    encoder, decoder = told.net("encoder", encoder), told.net("decoder", decoder)
    adam = Optimizer(keras.optimizers.Adam(), encoder, decoder)

    def step(batch, numbers, _):
        x, noise = batch["x"], numbers["noise"]

        def loss_of(encoder_weights, decoder_weights):
            mean, log_variance = encoder(x, encoder_weights)
            made = decoder(mean + noise * jnp.exp(log_variance / 2), decoder_weights)
            reconstruction = keras.losses.binary_crossentropy(x, made).sum((1, 2)).mean()
            divergence = ((mean**2 + jnp.exp(log_variance) - log_variance - 1).sum(1) / 2).mean()
            return reconstruction + divergence, {"reconstruction": reconstruction, "divergence": divergence}

        loss, parts = adam.minimize(loss_of, encoder, decoder)
        return {"loss": loss, **parts}

    numbers = lambda i, x: {"noise": told.random("noise", (len(x), LATENT), "normal", i)}
    return told.steps(step, [encoder, decoder, adam], numbers)
