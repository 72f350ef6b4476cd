"""Cases of models.py: losses, metrics and optimizers that the other files do not have."""

import numpy as np
from models import ROWS, Case, Data, case, dense_pair, regression


def shares(data, n):
    x = np.abs(data.x(n)) + 0.1
    return x / x.sum(-1, keepdims=True)


TRUTH = {
    "one-hot": lambda data, n: data.one_hot(n),
    "real": lambda data, n: data.x(n),
    "numbers": lambda data, n: data.rng.integers(0, n, ROWS).astype("int32"),
    "shares": shares,
    "signs": lambda data, n: 2 * data.one_hot(n) - 1,
}


def losing(name, loss, truth="one-hot", outputs=3, last="softmax", rate=0.05, metrics=(), **case_args):
    """A case of one loss."""

    def build(k):
        data = Data(name)
        model = dense_pair(k, outputs=outputs, last=last)
        model.compile(optimizer=k.optimizers.SGD(rate, momentum=0.5), loss=loss(k), metrics=[make(k) for make in metrics])
        return Case(model, data.x(6), TRUTH[truth](data, outputs), **case_args)

    build.__name__ = name
    return case(build)


losing("dice", lambda k: k.losses.Dice())
losing("dice_over_axes", lambda k: k.losses.Dice(axis=(1,), name="overlap"))
losing("tversky", lambda k: k.losses.Tversky(alpha=0.3, beta=0.7), metrics=[lambda k: k.metrics.F1Score(average="macro", name="f1")])
losing("focal", lambda k: k.losses.CategoricalFocalCrossentropy(alpha=0.3, gamma=1.5, label_smoothing=0.1))
losing("binary_focal", lambda k: k.losses.BinaryFocalCrossentropy(apply_class_balancing=True, gamma=1.2), last="sigmoid", metrics=[lambda k: k.metrics.FBetaScore(average="macro", beta=0.5, threshold=0.4, name="fbeta")])
losing("generalized_cross_entropy", lambda k: k.losses.CategoricalGeneralizedCrossEntropy(q=0.6), truth="numbers")
losing("categorical_hinge", lambda k: "categorical_hinge", last=None, metrics=[lambda k: k.metrics.CategoricalHinge(name="hinge")])
losing("hinges", lambda k: "squared_hinge", truth="signs", last="tanh", metrics=[lambda k: k.metrics.Hinge(), lambda k: k.metrics.SquaredHinge()])
losing("hinge", lambda k: k.losses.Hinge(reduction="sum"), truth="signs", last="tanh", rate=0.002)
losing("kl_divergence", lambda k: "kl_divergence", truth="shares", metrics=[lambda k: k.metrics.KLDivergence(name="kl")])
losing("poisson", lambda k: "poisson", last="exponential", metrics=[lambda k: k.metrics.Poisson(name="poisson")])
losing("log_cosh", lambda k: "log_cosh", truth="real", last=None, metrics=[lambda k: k.metrics.LogCoshError(), lambda k: k.metrics.RootMeanSquaredError()])
losing("cosine_similarity", lambda k: k.losses.CosineSimilarity(axis=-1), truth="real", last=None, metrics=[lambda k: k.metrics.CosineSimilarity(name="cosine")])
losing("msle", lambda k: "msle", last="softplus", metrics=[lambda k: k.metrics.MeanSquaredLogarithmicError(name="msle")])
losing("mape", lambda k: k.losses.MeanAbsolutePercentageError(), truth="signs", last=None, rate=0.0005)
losing("correlations", lambda k: "mse", truth="real", last=None, metrics=[lambda k: k.metrics.R2Score(name="r2"), lambda k: k.metrics.PearsonCorrelation(name="pearson"), lambda k: k.metrics.ConcordanceCorrelation(name="concordance")])
losing("correlations_by_output", lambda k: "mae", truth="real", last=None, metrics=[lambda k: k.metrics.R2Score(class_aggregation="variance_weighted_average", name="r2")], validation=True)


@case
def ctc(k):
    """Labels padded with -1 as in Keras, in sequences of logits."""
    data = Data("ctc")
    model = k.Sequential([k.layers.Input(shape=(8, 3)), k.layers.GRU(5, return_sequences=True), k.layers.Dense(5)])
    model.compile(optimizer=k.optimizers.SGD(0.02), loss=k.losses.CTC())
    labels = data.ids(4, 3) + 1
    labels[:, 2] *= data.rng.integers(0, 2, len(labels)).astype("int32")
    return Case(model, data.x(8, 3), labels)


@case
def circle_with_weights(k):
    data = Data("circle_with_weights")
    inputs = k.layers.Input(shape=(6,))
    model = k.Model(inputs, k.layers.UnitNormalization()(k.layers.Dense(4)(inputs)))
    loss = k.losses.Circle(gamma=4.0, margin=0.3, remove_diagonal=False)
    model.compile(optimizer=k.optimizers.SGD(0.01), loss=loss)
    return Case(model, data.x(6), data.labels(4), sample_weight=data.weights())


@case
def confusion_metrics(k):
    data = Data("confusion_metrics")
    model = dense_pair(k, last="sigmoid")
    m = k.metrics
    metrics = [
        m.TruePositives(thresholds=0.4, name="tp"), m.TrueNegatives(name="tn"), m.FalsePositives(name="fp"), m.FalseNegatives(name="fn"),
        m.SensitivityAtSpecificity(0.5, num_thresholds=40, name="sensitivity"), m.SpecificityAtSensitivity(0.5, num_thresholds=40, name="specificity"),
        m.PrecisionAtRecall(0.6, num_thresholds=40, name="precision_at"), m.RecallAtPrecision(0.4, num_thresholds=40, name="recall_at"),
        m.AUC(num_thresholds=30, curve="PR", summation_method="majoring", name="pr"),
    ]
    model.compile(optimizer=k.optimizers.SGD(0.1), loss="binary_crossentropy", metrics=metrics)
    return Case(model, data.x(6), data.binary(), validation=True)


@case
def multi_label_metrics(k):
    data = Data("multi_label_metrics")
    model = dense_pair(k, outputs=3, last="sigmoid")
    m = k.metrics
    metrics = [
        m.AUC(num_thresholds=20, multi_label=True, name="auc"),
        m.Precision(class_id=1, name="precision"), m.Recall(top_k=2, name="recall"), m.F1Score(average="weighted", threshold=0.5, name="f1"),
    ]
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=metrics, weighted_metrics=[m.BinaryAccuracy(name="hits"), m.BinaryCrossentropy(name="bce")])
    return Case(model, data.x(6), data.binary(3), sample_weight=data.weights())


@case
def metrics_of_nothing_but_names(k):
    data = Data("metrics_of_nothing_but_names")
    model = dense_pair(k, outputs=2)
    names = ["mae", "mse", "mape", "msle", "cosine_similarity", "mean_squared_error"]
    model.compile(optimizer="sgd", loss="mse", metrics=names)
    return Case(model, data.x(6), np.abs(data.x(2)))


@case
def adafactor(k):
    """Factored for kernels, whole for biases. Keras cannot write its .h5: two of its variables have one name."""
    made = regression(k, "adafactor", k.optimizers.Adafactor(0.02, relative_step=True))
    made.keras_writes_h5 = False
    return made


@case
def adafactor_plain(k):
    optimizer = k.optimizers.Adafactor(0.02, beta_2_decay=-0.7, clip_threshold=0.9, relative_step=False, weight_decay=0.01)
    made = regression(k, "adafactor_plain", optimizer)
    made.keras_writes_h5 = False
    return made


@case
def muon_beside_embeddings(k):
    data = Data("muon_beside_embeddings")
    ids = k.Input((5,), dtype="int32")
    x = k.layers.Flatten()(k.layers.Embedding(9, 4)(ids))
    model = k.Model(ids, k.layers.Dense(1)(k.layers.Dense(6, activation="tanh")(x)))
    optimizer = k.optimizers.Muon(0.01, adam_lr_ratio=0.2, exclude_embeddings=True, ns_steps=4, momentum=0.9)
    model.compile(optimizer=optimizer, loss="mse")
    return Case(model, data.ids(9, 5), data.x(1))


@case
def lamb_decayed(k):
    rate = k.optimizers.schedules.PolynomialDecay(0.02, 8, 0.001, power=0.5)
    return regression(k, "lamb_decayed", k.optimizers.Lamb(rate, weight_decay=0.02, beta_2=0.9))


@case
def nadam_averaged(k):
    return regression(k, "nadam_averaged", k.optimizers.Nadam(0.01, use_ema=True, ema_momentum=0.6, clipvalue=0.3))


@case
def ftrl_shrinking(k):
    optimizer = k.optimizers.Ftrl(0.05, l2_regularization_strength=0.01, l2_shrinkage_regularization_strength=0.02, beta=0.1, learning_rate_power=-0.6)
    return regression(k, "ftrl_shrinking", optimizer)


@case
def adadelta_accumulating(k):
    return regression(k, "adadelta_accumulating", k.optimizers.Adadelta(0.7, rho=0.9, gradient_accumulation_steps=2, global_clipnorm=0.8))


@case
def loss_scale_adam(k):
    """TensorFlow names the slots of the optimizer inside in the scope of the one around it."""
    inner = k.optimizers.Adam(0.01, amsgrad=True)
    return regression(k, "loss_scale_adam", k.optimizers.LossScaleOptimizer(inner, initial_scale=64.0, dynamic_growth_steps=3))
