"""Trainings with steps of their own, in Keras on JAX: the stateless way, compiled as a whole, state given up to the next
step; random numbers from JAX's own keys. What own-steps.mjs is in Pawl."""

import jax
import jax.numpy as jnp
import keras
import numpy as np


def state_of(models, optimizers):
    """Weights, other variables, and the optimizers' variables, as values."""
    for optimizer, trained in optimizers:
        optimizer.build([variable for model in trained for variable in model.trainable_variables])
    return (
        [[variable.value for variable in model.trainable_variables] for model in models],
        [[variable.value for variable in optimizer.variables] for optimizer, _ in optimizers],
        jnp.zeros((), "int32"),
    )


def caller(model):
    rest = [variable.value for variable in model.non_trainable_variables]
    return lambda weights, x: model.stateless_call(weights, rest, x, training=True)[0]


def epoch_of(step, state, data, batch):
    """A function that trains an epoch. `step(state, batch)` gives the next state and a loss."""
    compiled = jax.jit(step, donate_argnums=0)
    held = [state]
    rows = (data[0] if isinstance(data, tuple) else data).shape[0]

    def epoch():
        losses = []
        for start in range(0, rows, batch):
            held[0], loss = compiled(held[0], jax.tree.map(lambda array: array[start : start + batch], data))
            losses.append(loss)
        return float(sum(losses))

    return epoch


def wgan(batch, steps):
    generator = keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(7 * 7 * 64, activation="relu"),
            keras.layers.Reshape((7, 7, 64)),
            keras.layers.Conv2DTranspose(32, 4, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
        ]
    )
    critic = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 4, strides=2, padding="same"),
            keras.layers.LeakyReLU(0.2),
            keras.layers.Conv2D(64, 4, strides=2, padding="same"),
            keras.layers.LeakyReLU(0.2),
            keras.layers.Flatten(),
            keras.layers.Dense(1),
        ]
    )
    make, judge = caller(generator), caller(critic)
    adams = [keras.optimizers.Adam(1e-4) for _ in range(2)]

    def step(state, x):
        (made, judged), (made_slots, judged_slots), count = state
        keys = jax.random.split(jax.random.fold_in(jax.random.key(0), count))
        noise = jax.random.normal(keys[0], (x.shape[0], 64))
        fake = make(made, noise)
        mixed = x + jax.random.uniform(keys[1], (x.shape[0], 1, 1, 1)) * (fake - x)

        def critic_loss(weights):
            slopes = jax.grad(lambda inputs: judge(weights, inputs).sum())(mixed)
            penalty = ((jnp.sqrt((slopes**2).sum((1, 2, 3))) - 1) ** 2).mean()
            return judge(weights, fake).mean() - judge(weights, x).mean() + 10 * penalty

        loss, gradients = jax.value_and_grad(critic_loss)(judged)
        judged, judged_slots = adams[0].stateless_apply(judged_slots, gradients, judged)

        def train_generator(made, slots):
            gradients = jax.grad(lambda weights: -judge(judged, make(weights, noise)).mean())(made)
            return adams[1].stateless_apply(slots, gradients, made)

        is_fifth = (count + 1) % 5 == 0
        made, made_slots = jax.lax.cond(is_fifth, train_generator, lambda *same: same, made, made_slots)
        return ([made, judged], [made_slots, judged_slots], count + 1), loss

    models = [generator, critic]
    state = state_of(models, [(adams[1], [generator]), (adams[0], [critic])])
    data = np.random.default_rng(0).random((batch * steps, 28, 28, 1), dtype="float32")
    return epoch_of(step, state, data, batch)


def vae(batch, steps):
    image = keras.Input((28, 28, 1))
    relu = {"strides": 2, "padding": "same", "activation": "relu"}
    flat = keras.layers.Flatten()(keras.layers.Conv2D(64, 3, **relu)(keras.layers.Conv2D(32, 3, **relu)(image)))
    features = keras.layers.Dense(16, activation="relu")(flat)
    encoder = keras.Model(image, [keras.layers.Dense(2)(features), keras.layers.Dense(2)(features)])
    decoder = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(7 * 7 * 64, activation="relu"),
            keras.layers.Reshape((7, 7, 64)),
            keras.layers.Conv2DTranspose(64, 3, **relu),
            keras.layers.Conv2DTranspose(32, 3, **relu),
            keras.layers.Conv2DTranspose(1, 3, padding="same", activation="sigmoid"),
        ]
    )
    encode, decode = caller(encoder), caller(decoder)
    adam = keras.optimizers.Adam()

    def step(state, x):
        weights, [slots], count = state
        noise = jax.random.normal(jax.random.fold_in(jax.random.key(0), count), (x.shape[0], 2))

        def loss_of(weights):
            mean, log_variance = encode(weights[0], x)
            made = decode(weights[1], mean + noise * jnp.exp(log_variance / 2))
            reconstruction = keras.losses.binary_crossentropy(x, made).sum((1, 2)).mean()
            return reconstruction + ((mean**2 + jnp.exp(log_variance) - log_variance - 1).sum(1) / 2).mean()

        loss, gradients = jax.value_and_grad(loss_of)(weights)
        flat, slots = adam.stateless_apply(slots, [*gradients[0], *gradients[1]], [*weights[0], *weights[1]])
        split = len(weights[0])
        return ([flat[:split], flat[split:]], [slots], count + 1), loss

    state = state_of([encoder, decoder], [(adam, [encoder, decoder])])
    data = np.random.default_rng(0).random((batch * steps, 28, 28, 1), dtype="float32")
    return epoch_of(step, state, data, batch)


def dqn(batch, steps):
    def network():
        dense = [keras.layers.Dense(128, activation="relu") for _ in range(2)]
        return keras.Sequential([keras.Input((8,)), *dense, keras.layers.Dense(4)])

    online, target = network(), network()
    value_of = caller(online)
    adam = keras.optimizers.Adam()

    def step(state, moves):
        (weights, old), [slots], count = state
        now, action, reward, following, on = jnp.split(moves, [8, 9, 10, 18], axis=1)
        goal = reward + on * value_of(old, following).max(1, keepdims=True) * 0.99

        def loss_of(weights):
            value = jnp.take_along_axis(value_of(weights, now), action.astype("int32"), 1)
            return keras.losses.huber(goal, value).mean()

        loss, gradients = jax.value_and_grad(loss_of)(weights)
        weights, slots = adam.stateless_apply(slots, gradients, weights)
        is_tenth = (count + 1) % 10 == 0
        old = [jnp.where(is_tenth, new, kept) for new, kept in zip(weights, old)]
        return ([weights, old], [slots], count + 1), loss

    random = np.random.default_rng(0)
    data = random.random((batch * steps, 19), dtype="float32")
    data[:, 8] = random.integers(0, 4, len(data))
    return epoch_of(step, state_of([online, target], [(adam, [online])]), data, batch)


STEPS = {"wgan": wgan, "vae": vae, "dqn": dqn}
