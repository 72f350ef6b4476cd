"""Networks that several recipes have."""

import keras

LATENT = 32


def generator(batch_norm):
    layers = [keras.layers.Dense(7 * 7 * 16, use_bias=False), keras.layers.BatchNormalization(), keras.layers.LeakyReLU()]
    if not batch_norm:
        layers = [keras.layers.Dense(7 * 7 * 16, activation="relu")]
    return keras.Sequential(
        [
            keras.Input((LATENT,)),
            *layers,
            keras.layers.Reshape((7, 7, 16)),
            keras.layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
        ]
    )


def critic():
    return keras.Sequential(
        [
            keras.Input((14, 14, 1)),
            keras.layers.Conv2D(16, 4, strides=2, padding="same"),
            keras.layers.LeakyReLU(),
            keras.layers.Conv2D(32, 4, strides=2, padding="same"),
            keras.layers.LeakyReLU(),
            keras.layers.Flatten(),
            keras.layers.Dense(1),
        ]
    )
