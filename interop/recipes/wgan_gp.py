import jax
import keras
from networks import LATENT, critic, generator
from sides import Optimizer


def steps(told):
    made = told.net("generator", generator(batch_norm=False))
    judge = told.net("critic", critic())
    adams = [Optimizer(keras.optimizers.Adam(2e-4, beta_1=0.5, beta_2=0.9), net) for net in (judge, made)]

    def step(batch, numbers, is_fifth):
        x = batch["x"]
        fake = made(numbers["noise"])
        mixed = x + numbers["mix"] * (fake - x)

        def critic_loss(weights):
            slopes = jax.grad(lambda inputs: judge(inputs, weights).sum())(mixed)
            penalty = (((slopes**2).sum((1, 2, 3)) ** 0.5 - 1) ** 2).mean()
            return judge(fake, weights).mean() - judge(x, weights).mean() + 10 * penalty, penalty

        def generator_loss(weights):
            return -judge(made(numbers["noise"], weights)).mean()

        loss, penalty = adams[0].minimize(critic_loss, judge)
        logs = {"critic": loss, "generator": generator_loss(made.weights), "penalty": penalty}
        if is_fifth:
            adams[1].minimize(generator_loss, made)
        return logs

    def numbers(i, x):
        return {
            "noise": told.random("noise", (len(x), LATENT), "normal", i),
            "mix": told.random("mix", (len(x), 1, 1, 1), "uniform", i),
        }

    return told.steps(step, [made, judge, *adams], numbers, every=5)
