import keras
from sides import Optimizer

TEMPERATURE = 3


def network(units):
    layers = [keras.layers.Flatten(), keras.layers.Dense(units, activation="relu"), keras.layers.Dense(10)]
    return keras.Sequential([keras.Input((14, 14, 1)), *layers])


def steps(told):
    teacher, student = told.net("teacher", network(128)), told.net("student", network(16))
    adam = Optimizer(keras.optimizers.Adam(0.005), student)

    def soft(logits):
        return keras.ops.softmax(logits / TEMPERATURE)

    def step(batch, *_):
        x, y = batch["x"], batch["y"]
        right = soft(teacher(x))

        def loss_of(weights):
            answers = student(x, weights)
            taught = keras.losses.kl_divergence(right, soft(answers))
            labelled = keras.losses.sparse_categorical_crossentropy(y, answers, from_logits=True)
            accuracy = keras.metrics.sparse_categorical_accuracy(y, answers).mean()
            return (0.1 * labelled + 0.9 * TEMPERATURE**2 * taught).mean(), accuracy

        loss, accuracy = adam.minimize(loss_of, student)
        return {"loss": loss, "accuracy": accuracy}

    return told.steps(step, [teacher, student, adam])
