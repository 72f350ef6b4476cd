"""Random models of real Keras: what Pawl and Keras must agree about beyond the cases that somebody thought of.

A model is a pure function of its seed. What makes a comparison meaningless is avoided: random masks (rates are 0),
values that explode, and trainings so sensitive that rounding errors decide (measured by training a disturbed twin).
"""

import random

import numpy as np

ACTIVATIONS = (
    "elu selu gelu silu softplus softsign hard_sigmoid hard_silu mish leaky_relu relu relu6 tanh sigmoid linear celu "
    "log_sigmoid log_softmax softmax soft_shrink hard_tanh hard_shrink tanh_shrink squareplus sparse_plus "
    "sparse_sigmoid sparsemax threshold swish hard_swish exponential"
).split()
SMOOTH = "tanh sigmoid softplus gelu silu mish elu softsign".split()
INITIALIZERS = (
    "glorot_uniform glorot_normal he_normal he_uniform lecun_normal lecun_uniform orthogonal random_normal "
    "random_uniform truncated_normal"
).split()


class Skip(Exception):
    """This seed makes no model worth comparing."""


class Generator:
    def __init__(self, k, seed, backend):
        self.k, self.seed = k, seed
        self.r = random.Random(seed)
        self.rng = np.random.default_rng(seed)
        self.jax = backend == "jax"
        self.applied = []  # (layer, shapes it took) to share
        self.named = 0

    # ---- parts

    def maybe(self, p):
        return self.r.random() < p

    def pick(self, *options):
        return self.r.choice(options)

    def activation(self, p=0.7):
        k = self.k
        if not self.maybe(p):
            return None
        name = self.r.choice(ACTIVATIONS) if self.maybe(0.6) else self.r.choice(SMOOTH)
        if name == "exponential" and not self.maybe(0.3):
            name = "tanh"
        return getattr(k.activations, name) if self.maybe(0.15) and name != "linear" else name

    def initializer(self):
        k, i = self.k, self.k.initializers
        if self.maybe(0.6):
            return self.r.choice(INITIALIZERS)
        return self.pick(
            lambda: i.VarianceScaling(
                self.pick(1.0, 0.5),
                self.pick("fan_in", "fan_out", "fan_avg"),
                self.pick("uniform", "normal", "truncated_normal", "untruncated_normal"),
                seed=self.pick(None, 3),
            ),
            lambda: i.RandomUniform(-0.2, 0.3, seed=self.pick(None, 5)),
            lambda: i.RandomNormal(0.01, 0.2),
            lambda: i.TruncatedNormal(stddev=0.2, seed=7),
            lambda: i.GlorotUniform(seed=1),
            lambda: i.HeNormal(),
            lambda: i.Orthogonal(gain=0.7),
        )()

    def bias_initializer(self):
        i = self.k.initializers
        return self.pick("zeros", "ones", "zeros", i.Constant(0.1), i.RandomUniform(-0.1, 0.1, seed=4), "random_normal")

    def regularizer(self):
        g = self.k.regularizers
        return self.pick(
            lambda: "l2",
            lambda: "l1",
            lambda: "L1L2",
            lambda: g.L1(0.003),
            lambda: g.L2(0.02),
            lambda: g.L1L2(l1=0.002, l2=0.01),
            lambda: g.L1L2(l2=0.01),
        )()

    def constraint(self):
        c = self.k.constraints
        return self.pick(
            lambda: "non_neg",
            lambda: "max_norm",
            lambda: "unit_norm",
            lambda: c.MaxNorm(self.pick(0.5, 1.0, 2), axis=self.pick(0, 0, -1)),
            lambda: c.NonNeg(),
            lambda: c.UnitNorm(axis=self.pick(0, -1)),
            lambda: c.MinMaxNorm(0.2, 0.9, rate=self.pick(1.0, 0.5), axis=self.pick(0, -1)),
        )()

    def common(self, p=0.1):
        """name, trainable, dtype."""
        options = {}
        if self.maybe(0.15):
            self.named += 1
            options["name"] = f"{self.pick('my', 'Block', 'a.b', 'part-x')}_{self.named}"
        if self.maybe(p):
            options["trainable"] = False
        return options

    def weighty(self, kernel="kernel", matrix=False):
        options = {f"{kernel}_initializer": self.initializer()} if self.maybe(0.5) else {}
        if self.maybe(0.15):
            options[f"{kernel}_regularizer"] = self.regularizer()
            if matrix and self.maybe(0.2):
                options[f"{kernel}_regularizer"] = self.k.regularizers.OrthogonalRegularizer(
                    0.01, mode=self.pick("rows", "columns")
                )
        if self.maybe(0.12):
            options[f"{kernel}_constraint"] = self.constraint()
        return options

    def biased(self):
        if self.maybe(0.2):
            return {"use_bias": False}
        options = {}
        if self.maybe(0.3):
            options["bias_initializer"] = self.bias_initializer()
        if self.maybe(0.07):
            options["bias_regularizer"] = self.regularizer()
        if self.maybe(0.07):
            options["bias_constraint"] = self.pick("non_neg", "max_norm")
        return options

    def penalized(self):
        # Keras on JAX weighs them in another way than on TensorFlow.
        return {"activity_regularizer": self.regularizer()} if not self.jax and self.maybe(0.07) else {}

    # ---- layers by rank (of the whole shape, batch included)

    def dense(self, rank):
        return self.k.layers.Dense(
            self.r.randint(1, 7) if self.maybe(0.9) else 1,
            activation=self.activation(),
            **self.weighty(matrix=True),
            **self.biased(),
            **self.penalized(),
            **self.common(),
        )

    def norm(self, shape):
        l, rank = self.k.layers, len(shape)
        axes = list(range(1, rank))
        kind = self.r.random()
        affine = {}
        if self.maybe(0.2):
            affine["center"] = False
        if self.maybe(0.2):
            affine["scale"] = False
        if self.maybe(0.2):
            affine["epsilon"] = self.pick(0.01, 1e-5)
        if self.maybe(0.1) and affine.get("scale", True):
            affine["gamma_regularizer"] = self.regularizer()
        if self.maybe(0.1) and affine.get("center", True):
            affine["beta_constraint"] = "non_neg"
        if self.maybe(0.2):
            affine["gamma_initializer"] = self.k.initializers.RandomUniform(0.5, 1.5, seed=2)
        if kind < 0.45:
            if rank > 2 and self.maybe(0.25):
                affine["axis"] = self.r.choice(axes + [-1])
            if self.maybe(0.4):
                affine["momentum"] = self.pick(0.5, 0.9)
            return l.BatchNormalization(**affine, **self.common())
        if kind < 0.7:
            if rank > 2 and self.maybe(0.6):
                affine["axis"] = self.pick(-1, 1, self.r.sample(axes, self.r.randint(1, len(axes))), [-1, -2])
            return l.LayerNormalization(**affine, **self.common())
        if kind < 0.8:
            options = {"axis": self.pick(-1, axes[-1])}
            if rank > 2 and self.maybe(0.3):
                options["axis"] = [rank - 2, rank - 1]
            return l.RMSNormalization(epsilon=self.pick(1e-6, 0.01), **options, **self.common())
        if kind < 0.9:
            return l.UnitNormalization(axis=self.pick(-1, axes[0]), **self.common())
        divisors = [g for g in (1, 2, 3, 4, 5, 6) if shape[-1] % g == 0] + [-1]
        affine.pop("beta_constraint", None)
        return l.GroupNormalization(groups=self.r.choice(divisors), **affine, **self.common())

    def pointwise(self, shape):
        l, rank = self.k.layers, len(shape)
        choices = [
            lambda: l.Activation(self.activation(1.0), **self.common()),
            lambda: l.ReLU(self.pick(None, 6.0, 1), self.pick(0.0, 0.1), self.pick(0.0, 0.2), **self.common()),
            lambda: l.LeakyReLU(self.pick(0.3, 0.05, 0.2)),
            lambda: l.ELU(self.pick(1.0, 0.5)),
            lambda: l.PReLU(
                alpha_initializer=self.k.initializers.Constant(0.2),
                **(
                    {"shared_axes": self.r.sample(range(1, rank), self.r.randint(1, rank - 1))}
                    if rank > 2 and self.maybe(0.5)
                    else {}
                ),
                **({"alpha_regularizer": self.regularizer()} if self.maybe(0.2) else {}),
            ),
            lambda: (
                l.Softmax(axis=self.pick(-1, 1, rank - 1))
                if rank == 2 or self.maybe(0.6)
                else l.Softmax(axis=self.pick([1, 2], [-1, -2]))
            ),
            lambda: l.Dropout(0.0, **({"seed": 3} if self.maybe(0.5) else {})),
            lambda: l.GaussianNoise(0.0),
            lambda: l.GaussianDropout(0.0),
            lambda: l.AlphaDropout(0.0),
        ]
        choices += [lambda: l.Identity(), lambda: l.Rescaling(self.pick(0.5, 2), self.pick(0.0, -0.5, 1))]
        if not self.jax:
            choices += [lambda: l.ActivityRegularization(l1=self.pick(0.0, 0.01), l2=0.01)]
        return self.r.choice(choices)()

    def reshaping(self, shape):
        l, rank = self.k.layers, len(shape)
        size = int(np.prod(shape[1:]))
        choices = [lambda: l.Flatten()]
        if size > 1:
            first = self.r.choice([d for d in range(1, size + 1) if size % d == 0])
            choices += [
                lambda: l.Reshape((first, size // first)),
                lambda: l.Reshape((first, -1)),
                lambda: l.Reshape((-1,)),
                lambda: l.Reshape((1, first, size // first)),
                lambda: l.Reshape((first, 1, -1)),
            ]
        if rank == 2:
            choices += [lambda: l.RepeatVector(self.r.randint(1, 4))] * 2
        if rank > 2:
            axes = list(range(1, rank))
            self.r.shuffle(axes)
            choices += [lambda: l.Permute(tuple(axes))] * 2
            if self.maybe(0.3):
                choices += [lambda: l.Flatten(data_format="channels_first")]
        return self.r.choice(choices)()

    def spatial(self, shape):
        """A layer over 1, 2 or 3 spatial axes."""
        l, n = self.k.layers, len(shape) - 2
        first = self.jax and self.maybe(0.3)
        form = (
            {"data_format": "channels_first"}
            if first
            else ({"data_format": "channels_last"} if self.maybe(0.2) else {})
        )
        channels = shape[1] if first else shape[-1]
        sizes = shape[2:] if first else shape[1:-1]
        smallest = min(sizes)

        def per_axis(low, high):
            if self.maybe(0.5):
                return self.r.randint(low, high)
            return tuple(self.r.randint(low, high) for _ in range(n))

        def tall(value):
            return value if isinstance(value, tuple) else (value,) * n

        padding = self.pick("same", "valid")
        kernel = per_axis(1, 3)
        strides, dilation = 1, 1
        if self.maybe(0.3):
            # one stride for all axes where several backends insist on it
            strides = per_axis(1, 3)
        elif self.maybe(0.3):
            dilation = per_axis(1, 2)
        needed = [(a - 1) * b + 1 for a, b in zip(tall(kernel), tall(dilation))]
        if padding == "valid" and any(a > b for a, b in zip(needed, sizes)):
            padding = "same"
        kind = self.r.random()
        activation = {"activation": self.activation(0.5)}
        if kind < 0.35:
            options = {"strides": strides, "dilation_rate": dilation, "padding": padding}
            filters = self.r.randint(1, 6)
            if n == 1 and self.maybe(0.3):
                options["padding"] = "causal" if not first else padding
            if self.jax and self.maybe(0.3):
                groups = self.r.choice([g for g in (1, 2, 3, 4) if channels % g == 0])
                options["groups"], filters = groups, groups * self.r.randint(1, 3)
            if not self.jax and max(tall(strides)) > 1 and max(tall(dilation)) > 1:
                options["dilation_rate"] = 1
            if not self.jax and n == 3:
                # TensorFlow computes strides beyond the kernel wrongly, and dilation not at all.
                options["dilation_rate"] = 1
                options["strides"] = tuple(min(a, b) for a, b in zip(tall(strides), tall(kernel)))
            made = getattr(l, f"Conv{n}D")
            return made(
                filters,
                kernel,
                **options,
                **form,
                **activation,
                **self.weighty(),
                **self.biased(),
                **self.penalized(),
                **self.common(),
            )
        if kind < 0.43 and n < 3:
            options = {"padding": padding}
            if self.maybe(0.4):
                one = self.r.randint(1, 2)
                options["strides"] = one if self.maybe(0.5) else (one,) * n
            elif dilation != 1 and n == 2:
                options["dilation_rate"] = dilation if not isinstance(dilation, tuple) else dilation
            made = getattr(l, f"DepthwiseConv{n}D")
            return made(
                kernel,
                depth_multiplier=self.pick(1, 2),
                **options,
                **form,
                **activation,
                **self.weighty("depthwise"),
                **self.biased(),
                **self.common(),
            )
        if kind < 0.5 and n < 3:
            options = {"padding": padding}
            if self.maybe(0.3):
                options["strides"] = self.r.randint(1, 2)
            made = getattr(l, f"SeparableConv{n}D")
            return made(
                self.r.randint(1, 5),
                kernel,
                depth_multiplier=self.pick(1, 2),
                **options,
                **form,
                **activation,
                **self.weighty("depthwise"),
                **self.weighty("pointwise"),
                **self.biased(),
                **self.common(),
            )
        if kind < 0.58:
            made = getattr(l, f"Conv{n}DTranspose")
            options = {"strides": per_axis(1, 2), "padding": padding}
            if self.jax and self.maybe(0.2):
                options = {"dilation_rate": 2, "padding": padding}
            elif self.maybe(0.2) and options["strides"] == 2:
                options["output_padding"] = (1 if n == 1 else (1,) * n) if min(tall(kernel)) > 1 else None
            return made(
                self.r.randint(1, 4),
                kernel,
                **options,
                **form,
                **activation,
                **self.weighty(),
                **self.biased(),
                **self.common(),
            )
        if kind < 0.75:
            pool = per_axis(1, 3)
            padding = self.pick("same", "valid")
            if any(a > b for a, b in zip(tall(pool), sizes)):
                padding = "same"
            options = {"padding": padding}
            if self.maybe(0.5):
                options["strides"] = self.r.randint(1, 2) if self.maybe(0.6) or not self.jax else per_axis(1, 2)
            return getattr(l, f"{self.pick('Max', 'Average')}Pooling{n}D")(pool, **options, **form)
        if kind < 0.83:
            keep = {"keepdims": True} if self.maybe(0.3) else {}
            return getattr(l, f"Global{self.pick('Max', 'Average')}Pooling{n}D")(**keep, **form)
        if n == 1:
            form = {}
            first = False
            sizes, smallest = shape[1:-1], shape[1]
        if kind < 0.89:
            borders = (
                self.r.randint(0, 2)
                if self.maybe(0.3)
                else tuple(
                    (self.r.randint(0, 2), self.r.randint(0, 2)) if n > 1 else self.r.randint(0, 2)
                    for _ in range(max(n, 2))
                )
            )
            if n > 1 and self.maybe(0.3):
                borders = tuple(self.r.randint(0, 2) for _ in range(n))
            return getattr(l, f"ZeroPadding{n}D")(borders, **form)
        if kind < 0.94 and smallest > 1:
            left = self.r.randint(0, 1)
            borders = (
                tuple((left, 0) if self.maybe(0.5) else (0, 1 - left) for _ in range(n)) if n > 1 else (left, 1 - left)
            )
            return getattr(l, f"Cropping{n}D")(borders, **form)
        if kind < 0.98:
            options = dict(form)
            if n == 2 and self.maybe(0.4):
                options["interpolation"] = "nearest"
            if n == 2 and first and not self.jax:
                options = {}
            size = self.r.randint(1, 2) if n == 1 else tuple(self.r.randint(1, 2) for _ in range(n))
            return getattr(l, f"UpSampling{n}D")(size, **options)
        return getattr(l, f"SpatialDropout{n}D")(0.0)

    def recurrent(self):
        options = {"return_sequences": True} if self.maybe(0.6) else {}
        if self.maybe(0.3):
            options["go_backwards"] = True
        if self.maybe(0.2):
            options["unit_forget_bias"] = False
        if self.maybe(0.3):
            options["recurrent_activation"] = self.pick("hard_sigmoid", "tanh", "softsign")
        if self.maybe(0.3):
            options["activation"] = self.r.choice(SMOOTH)
        return self.k.layers.LSTM(
            self.r.randint(1, 5),
            **options,
            **self.weighty(),
            **self.weighty("recurrent"),
            **self.biased(),
            **self.penalized(),
            **self.common(),
        )

    def attention(self, x, pool):
        options = {"use_bias": False} if self.maybe(0.2) else {}
        if self.maybe(0.2):
            options["use_gate"] = True
        if self.maybe(0.2):
            options["output_shape"] = self.r.randint(1, 4)
        if self.maybe(0.2):
            options["sliding_window"] = self.r.randint(1, 4)
        layer = self.k.layers.MultiHeadAttention(
            self.r.randint(1, 3), self.r.randint(1, 4), **options, **self.weighty(), **self.common()
        )
        others = [y for y in pool if len(y.shape) == 3 and y.shape[1] <= 8]
        value = x if self.maybe(0.6) else self.r.choice(others)
        causal = {"use_causal_mask": True} if self.maybe(0.4) else {}
        if self.maybe(0.2):
            return layer(x, value, value, **causal)
        return layer(x, value, **causal)

    def layer(self, shape):
        rank = len(shape)
        size = int(np.prod(shape[1:]))
        if size > 300:
            if rank > 2:
                n = rank - 2
                return self.pick(
                    lambda: getattr(self.k.layers, f"GlobalAveragePooling{n}D")(),
                    lambda: getattr(self.k.layers, f"MaxPooling{n}D")(2, padding="same"),
                )()
            return self.k.layers.Dense(4)
        kind = self.r.random()
        if rank == 2:
            if kind < 0.5:
                return self.dense(rank)
            if kind < 0.65:
                return self.norm(shape)
            return self.pointwise(shape) if kind < 0.85 else self.reshaping(shape)
        if rank == 3 and kind < 0.15:
            return self.recurrent()
        if kind < 0.55 and rank <= 5:
            return self.spatial(shape)
        if kind < 0.65:
            return self.dense(rank)
        if kind < 0.77:
            return self.norm(shape)
        return self.pointwise(shape) if kind < 0.88 else self.reshaping(shape)

    # ---- topology

    def apply(self, layer, x):
        y = layer(x)
        if isinstance(x, list):
            return y
        if not isinstance(layer, self.k.layers.Embedding):  # other values are no ids
            self.applied.append((layer, tuple(x.shape[1:])))
        if any(d is None or d < 1 for d in y.shape[1:]):
            raise Skip("empty shape")
        return y

    def input(self):
        k = self.k
        shape = self.pick(
            lambda: (self.r.randint(1, 8),),
            lambda: (self.r.randint(1, 8),),
            lambda: (self.r.randint(2, 6), self.r.randint(1, 4)),
            lambda: (self.r.randint(3, 8), self.r.randint(3, 8), self.r.randint(1, 4)),
            lambda: (self.r.randint(3, 8), self.r.randint(3, 8), self.r.randint(1, 4)),
            lambda: (self.r.randint(2, 4), self.r.randint(2, 4), self.r.randint(2, 4), self.r.randint(1, 3)),
        )()
        return k.Input(shape, **({"name": f"in_{self.r.randint(0, 99999)}"} if self.maybe(0.3) else {}))

    def ids(self):
        k, vocabulary = self.k, self.r.randint(3, 12)
        length = self.r.randint(1, 5)
        i = k.Input((length,), dtype=self.pick("int32", "int32", "float32"))
        options = self.weighty("embeddings")
        layer = k.layers.Embedding(vocabulary, self.r.randint(1, 5), **options, **self.common())
        y = self.apply(layer, i)
        return i, y, vocabulary

    def merge(self, pool):
        l = self.k.layers
        a = self.r.choice(pool)
        same = [t for t in pool if tuple(t.shape) == tuple(a.shape)]
        kind = self.r.random()
        if kind < 0.55:
            count = self.r.randint(2, 3)
            chosen = [self.r.choice(same) for _ in range(count)]
            if self.maybe(0.2):
                rank = len(a.shape)
                spread = [
                    t
                    for t in pool
                    if len(t.shape) == rank and all(x == y or 1 in (x, y) for x, y in zip(t.shape[1:], a.shape[1:]))
                ]
                chosen = [a, self.r.choice(spread)]
            name = self.pick("Add", "Multiply", "Average", "Maximum", "Minimum", "Subtract")
            if name == "Subtract":
                chosen = chosen[:2]
            layer = getattr(l, name)
            return layer(**self.common())(chosen)
        axis = self.r.randint(1, len(a.shape) - 1)
        fits = [
            t
            for t in pool
            if len(t.shape) == len(a.shape)
            and all(x == y for i, (x, y) in enumerate(zip(t.shape, a.shape)) if i != axis)
        ]
        chosen = [a] + [self.r.choice(fits) for _ in range(self.r.randint(1, 2))]
        return l.Concatenate(axis=self.pick(axis, axis - len(a.shape)), **self.common())(chosen)

    def submodel(self, shape, depth):
        """A nested model that takes one tensor of this shape."""
        k = self.k
        name = {"name": f"inner_{self.r.randint(0, 999)}"} if self.maybe(0.5) else {}
        if self.maybe(0.5):
            model = k.Sequential(**name)
            model.add(k.Input(shape))
            current = (None, *shape)
            for _ in range(self.r.randint(1, 3)):
                layer = self.submodel(current[1:], depth - 1) if depth > 1 and self.maybe(0.3) else self.layer(current)
                model.add(layer)
                current = tuple(model.output_shape)
                if any(d is None or d < 1 for d in current[1:]):
                    raise Skip("empty shape")
        else:
            i = k.Input(shape)
            saved, self.applied = self.applied, []
            x = self.grow([i], self.r.randint(1, 3), depth - 1)[-1]
            self.applied = saved
            if x is i:
                raise Skip("nothing in the nested model")
            model = k.Model(i, x, **name)
        if self.maybe(0.15):
            model.trainable = False
        return model

    def grow(self, pool, steps, depth):
        pool = list(pool)
        for _ in range(steps):
            kind = self.r.random()
            x = pool[-1] if self.maybe(0.75) else self.r.choice(pool)
            if kind < 0.12 and len(pool) > 1:
                y = self.merge(pool)
            elif kind < 0.22 and self.applied:
                fits = [layer for layer, shape in self.applied if shape == tuple(x.shape[1:])]
                if not fits:
                    continue
                y = self.apply(self.r.choice(fits), x)
            elif kind < 0.27 and len(x.shape) == 3 and x.shape[1] <= 8:
                y = self.attention(x, pool)
            elif kind < 0.34 and depth > 0:
                y = self.apply(self.submodel(tuple(x.shape[1:]), depth), x)
            else:
                y = self.apply(self.layer(tuple(x.shape)), x)
            pool.append(y)
        return pool

    # ---- targets

    def head(self, x, rows):
        """output, what fit needs to know about it"""
        k, l, rng = self.k, self.k.layers, self.rng
        if len(x.shape) > 2 and self.maybe(0.75):
            x = l.Flatten()(x)
        lead = (rows, *x.shape[1:-1])
        named = {"name": f"out_{self.r.randint(0, 99999)}"} if self.maybe(0.5) else {}
        L, M = k.losses, k.metrics
        kind = self.pick(
            "regression", "regression", "positive", "binary", "binary", "categorical", "sparse", "sparse", "hinge"
        )
        reduction = (
            {}
            if self.maybe(0.7)
            else {"reduction": self.pick("sum", "mean", "sum_over_batch_size", "mean_with_sample_weight")}
        )
        if self.maybe(0.1):
            reduction["name"] = "my_loss"
        many = self.r.randint(1, 3)

        def chosen(options):
            return self.r.choice(options)()

        if kind == "regression":
            y = l.Dense(many, **named)(x)
            target = rng.standard_normal((*lead, many)).astype("float32")
            loss = chosen(
                [
                    lambda: "mse",
                    lambda: "mean_squared_error",
                    lambda: "mae",
                    lambda: "mean_absolute_error",
                    lambda: "huber",
                    lambda: "log_cosh",
                    lambda: L.MeanSquaredError(**reduction),
                    lambda: L.MeanAbsoluteError(**reduction),
                    lambda: L.Huber(**reduction),
                    lambda: L.LogCosh(**reduction),
                    lambda: L.CosineSimilarity(**reduction) if many > 1 else L.MeanSquaredError(),
                    lambda: "mape" if self.maybe(0.3) else "mse",
                ]
            )
            metrics = [
                lambda: "mae",
                lambda: "mse",
                lambda: "mean_absolute_error",
                lambda: M.RootMeanSquaredError(),
                lambda: M.MeanAbsoluteError(name="err"),
                lambda: "cosine_similarity",
                lambda: M.CosineSimilarity(),
                lambda: M.LogCoshError(),
            ]
            if len(lead) == 1:
                metrics += [
                    lambda: M.R2Score(class_aggregation=self.pick("uniform_average", "variance_weighted_average"))
                ] + ([lambda: M.PearsonCorrelation(axis=-1)] if many > 2 else [])
            if self.maybe(0.15) and many == 1:
                target = target[..., 0]
        elif kind == "positive":
            y = l.Dense(many, activation="softplus", **named)(x)
            target = rng.uniform(0.1, 3.0, (*lead, many)).astype("float32")
            loss = chosen(
                [
                    lambda: "poisson",
                    lambda: "msle",
                    lambda: L.Poisson(**reduction),
                    lambda: L.MeanSquaredLogarithmicError(**reduction),
                    lambda: "mean_squared_logarithmic_error",
                    lambda: L.MeanAbsolutePercentageError(**reduction),
                ]
            )
            metrics = [
                lambda: "poisson",
                lambda: "msle",
                lambda: M.MeanSquaredLogarithmicError(),
                lambda: M.Poisson(),
                lambda: "mape",
            ]
        elif kind == "binary":
            logits = self.maybe(0.3)
            y = l.Dense(many, activation=None if logits else "sigmoid", **named)(x)
            target = rng.integers(0, 2, (*lead, many)).astype(self.pick("float32", "int32"))
            if logits:
                loss = chosen(
                    [
                        lambda: L.BinaryCrossentropy(
                            from_logits=True, label_smoothing=self.pick(0.0, 0.1), **reduction
                        ),
                        lambda: L.BinaryFocalCrossentropy(from_logits=True, **reduction),
                    ]
                )
                metrics = [
                    lambda: M.BinaryAccuracy(threshold=0.0),
                    lambda: M.BinaryCrossentropy(from_logits=True),
                    lambda: M.AUC(from_logits=True, num_thresholds=20),
                ]
            else:
                options = [
                    lambda: "binary_crossentropy",
                    lambda: "binary_crossentropy",
                    lambda: "bce",
                    lambda: L.BinaryCrossentropy(label_smoothing=self.pick(0.0, 0.2), **reduction),
                    lambda: L.BinaryFocalCrossentropy(
                        gamma=self.pick(2.0, 1.5), apply_class_balancing=self.maybe(0.5), **reduction
                    ),
                    lambda: "binary_focal_crossentropy",
                ]
                options += [
                    lambda: L.Dice(**reduction),
                    lambda: L.Tversky(0.3, 0.7, **reduction),
                    lambda: "dice" if self.maybe(0.3) else "bce",
                ]
                loss = chosen(options)
                metrics = [
                    lambda: "accuracy",
                    lambda: "acc",
                    lambda: "binary_accuracy",
                    lambda: M.BinaryAccuracy(threshold=0.4),
                    lambda: M.Precision(),
                    lambda: M.Recall(),
                    lambda: M.Precision(thresholds=[0.3, 0.6], name="several"),
                    lambda: M.AUC(num_thresholds=50),
                    lambda: M.AUC(curve="PR", summation_method=self.pick("interpolation", "minoring", "majoring")),
                    lambda: M.FalsePositives(),
                    lambda: M.TrueNegatives(thresholds=0.3),
                    lambda: M.PrecisionAtRecall(0.5, num_thresholds=40),
                    lambda: M.SensitivityAtSpecificity(0.5),
                    lambda: "binary_crossentropy",
                    lambda: M.F1Score(threshold=0.5) if len(lead) == 1 and target.dtype == "float32" else "accuracy",
                    lambda: "AUC",
                    lambda: "Precision",
                    lambda: M.RecallAtPrecision(0.6),
                    lambda: M.SpecificityAtSensitivity(0.4),
                    lambda: M.TruePositives(),
                    lambda: M.FalseNegatives(),
                    lambda: (
                        M.AUC(multi_label=True, num_labels=many, num_thresholds=15)
                        if many > 1 and len(lead) == 1
                        else "acc"
                    ),
                ]
        elif kind in ("categorical", "sparse"):
            classes = self.r.randint(2, 5)
            logits = self.maybe(0.3)
            y = l.Dense(classes, activation=None if logits else "softmax", **named)(x)
            ids = rng.integers(0, classes, lead)
            if kind == "categorical":
                target = np.eye(classes, dtype="float32")[ids]
                options = [
                    lambda: L.CategoricalCrossentropy(
                        from_logits=logits, label_smoothing=self.pick(0.0, 0.1), **reduction
                    ),
                    lambda: L.CategoricalFocalCrossentropy(from_logits=logits, alpha=self.pick(0.25, 0.5), **reduction),
                ]
                if not logits:
                    options += [
                        lambda: "categorical_crossentropy",
                        lambda: "kl_divergence" if self.maybe(0.3) else "categorical_crossentropy",
                        lambda: L.KLDivergence(**reduction),
                        lambda: "categorical_hinge",
                        lambda: L.CategoricalHinge(**reduction),
                    ]
                    options += [lambda: "categorical_crossentropy"]
                metrics = [
                    lambda: "accuracy",
                    lambda: "categorical_accuracy",
                    lambda: M.TopKCategoricalAccuracy(k=2),
                    lambda: M.CategoricalCrossentropy(from_logits=logits),
                    lambda: M.CategoricalHinge(),
                    lambda: M.CategoricalAccuracy(name="right"),
                    lambda: "acc",
                ]
                if not logits:
                    metrics += [
                        lambda: M.KLDivergence(),
                        lambda: "mse",
                        lambda: M.Recall(class_id=0),
                        lambda: M.Precision(top_k=1) if len(lead) == 1 else "acc",
                    ]
                    if len(lead) == 1:
                        metrics += [
                            lambda: M.F1Score(average=self.pick(None, "micro", "macro", "weighted")),
                            lambda: M.FBetaScore(beta=2.0),
                        ]
            else:
                target = ids.astype(self.pick("int32", "float32", "uint8", "int64"))
                if self.maybe(0.6):
                    target = target[..., None]
                ignore = {"ignore_class": 0} if self.maybe(0.15) else {}
                loss_options = [lambda: L.SparseCategoricalCrossentropy(from_logits=logits, **ignore, **reduction)]
                if not logits:
                    loss_options += [lambda: "sparse_categorical_crossentropy"] * 2
                options = loss_options
                metrics = [
                    lambda: "accuracy",
                    lambda: "acc",
                    lambda: "sparse_categorical_accuracy",
                    lambda: M.SparseTopKCategoricalAccuracy(k=2),
                    lambda: M.SparseCategoricalCrossentropy(from_logits=logits),
                    lambda: "sparse_top_k_categorical_accuracy",
                ]
            loss = chosen(options)
        else:
            y = l.Dense(many, activation="tanh", **named)(x)
            target = (rng.integers(0, 2, (*lead, many)) * self.pick(1, 2)).astype("float32")
            if target.max() > 1:
                target = target - 1
            loss = chosen(
                [
                    lambda: "hinge",
                    lambda: "squared_hinge",
                    lambda: L.Hinge(**reduction),
                    lambda: L.SquaredHinge(**reduction),
                ]
            )
            metrics = [lambda: "hinge", lambda: M.Hinge(), lambda: M.SquaredHinge(), lambda: "squared_hinge"]
        picked = [chosen(metrics) for _ in range(self.r.randint(0, 3))]
        names = set()
        unique = []
        for metric in picked:
            label = {"acc": "accuracy"}.get(metric, metric) if isinstance(metric, str) else metric.name
            if label not in names:
                names.add(label)
                unique.append(metric)
        weighted = [chosen(metrics)] if self.maybe(0.2) else []
        weighted = [
            m for m in weighted if ({"acc": "accuracy"}.get(m, m) if isinstance(m, str) else m.name) not in names
        ]
        return y, target, loss, unique, weighted, kind, lead

    # ---- optimizers

    def schedule(self):
        s = self.k.optimizers.schedules
        return self.pick(
            lambda: s.ExponentialDecay(0.02, self.pick(3, 10), 0.7, staircase=self.maybe(0.5)),
            lambda: s.CosineDecay(0.02, 8, alpha=self.pick(0.0, 0.1)),
            lambda: s.CosineDecay(0.001, 8, warmup_target=0.02, warmup_steps=4),
            lambda: s.CosineDecayRestarts(0.02, 3, t_mul=self.pick(2.0, 1.5), m_mul=0.9, alpha=self.pick(0.0, 0.1)),
            lambda: s.InverseTimeDecay(0.02, 2, 0.5, staircase=self.maybe(0.5)),
            lambda: s.PiecewiseConstantDecay([2, 5, 8], [0.02, 0.01, 0.005, 0.001]),
            lambda: s.PolynomialDecay(0.02, 6, 0.001, power=self.pick(1.0, 2.0, 0.5), cycle=self.maybe(0.4)),
        )()

    def optimizer(self):
        o = self.k.optimizers
        if self.maybe(0.12):
            return self.pick("sgd", "adam", "rmsprop", "adamw", "nadam", "adagrad", "Adam", "adamax")
        small = self.pick(0.01, 0.005, 0.02)
        rate = self.schedule() if self.maybe(0.3) else small
        c = {}
        kind = self.r.random()
        if kind < 0.12:
            c["clipnorm"] = self.pick(0.1, 1.0)
        elif kind < 0.24:
            c["clipvalue"] = self.pick(0.05, 0.5)
        elif kind < 0.36:
            c["global_clipnorm"] = self.pick(0.1, 1.0)
        if self.maybe(0.2):
            c["weight_decay"] = self.pick(0.01, 0.1)
        if self.maybe(0.2):
            c.update(use_ema=True, ema_momentum=self.pick(0.9, 0.5), ema_overwrite_frequency=self.pick(None, 2, 3))
        if self.maybe(0.2):
            c["gradient_accumulation_steps"] = self.pick(2, 3)
        if self.maybe(0.1):
            c["name"] = "my_optimizer"
        made = [
            lambda: o.SGD(rate, momentum=self.pick(0.0, 0.9, 0.5), nesterov=self.maybe(0.3), **c),
            lambda: o.SGD(rate, **c),
            lambda: o.Adam(
                rate,
                beta_1=self.pick(0.9, 0.5),
                beta_2=self.pick(0.999, 0.9),
                epsilon=self.pick(1e-7, 1e-3),
                amsgrad=self.maybe(0.4),
                **c,
            ),
            lambda: o.Adam(rate, epsilon=1e-4, **c),
            lambda: o.AdamW(rate, epsilon=1e-4, amsgrad=self.maybe(0.3), **{"weight_decay": 0.02, **c}),
            lambda: o.RMSprop(
                rate,
                rho=self.pick(0.9, 0.7),
                momentum=self.pick(0.0, 0.5),
                epsilon=self.pick(1e-7, 1e-3),
                centered=self.maybe(0.3),
                **c,
            ),
            lambda: o.Adagrad(rate, **c),
            lambda: o.Adadelta(rate, **c),
            lambda: o.Adamax(rate, epsilon=1e-4, **c),
            lambda: o.Nadam(rate, epsilon=1e-4, **c),
            lambda: o.Ftrl(
                rate,
                l1_regularization_strength=self.pick(0.0, 0.001),
                l2_regularization_strength=self.pick(0.0, 0.01),
                beta=self.pick(0.0, 0.1),
                **c,
            ),
        ]
        made += [lambda: o.Lion(0.001, **c), lambda: o.Lamb(rate, epsilon=1e-4, **c)]
        return self.r.choice(made)()

    # ---- all together

    def make(self):
        k = self.k
        self.rows = rows = self.pick(11, 17, 24, 1, 33)
        self.batch = self.pick(4, 8, 16, 10, 32)
        inputs, x, pool = [], [], []
        for _ in range(self.pick(1, 1, 1, 2, 2, 3)):
            if self.maybe(0.2):
                i, y, vocabulary = self.ids()
                pool.append(y)
                data = self.rng.integers(0, vocabulary, (rows, *i.shape[1:]))
                x.append(data.astype("int32" if "int" in str(i.dtype) else "float32"))
            else:
                i = self.input()
                pool.append(i)
                x.append(self.rng.standard_normal((rows, *i.shape[1:])).astype("float32"))
            inputs.append(i)
        sequential = len(inputs) == 1 and self.maybe(0.35) and pool[0] is inputs[0]
        if sequential:
            layers, current = [], tuple(inputs[0].shape)
            model = k.Sequential(name=f"seq_{self.seed}" if self.maybe(0.3) else None)
            if self.maybe(0.85):
                model.add(k.Input(current[1:]))
                for _ in range(self.r.randint(1, 6)):
                    model.add(self.submodel(current[1:], 2) if self.maybe(0.1) else self.layer(current))
                    current = tuple(model.output_shape)
                    if any(d is None or d < 1 for d in current[1:]):
                        raise Skip("empty shape")
                # the head, by way of a functional one
                probe = k.Input(current[1:])
                y, *rest = self.head(probe, rows)
                for layer in k.Model(probe, y).layers[1:]:
                    model.add(layer)
            else:
                if len(current) < 3:
                    model.add(self.dense(2))
                probe = k.Input(current[1:])
                if len(current) < 3:
                    probe = k.Input((model.layers[0].units,))
                y, *rest = self.head(probe, rows)
                for layer in k.Model(probe, y).layers[1:]:
                    model.add(layer)
                model.build((None, *current[1:]))
            heads = [(y, *rest)]
        else:
            pool = self.grow(pool, self.r.randint(1, 9), 2)
            count = self.pick(1, 1, 1, 2, 2, 3)
            sources = [pool[-1]] + [self.r.choice(pool) for _ in range(count - 1)]
            # Every input must count: what is not connected is joined into the first head.
            heads = [self.head(source, rows) for source in sources]
            outputs = [head[0] for head in heads]
            used = [i for i in inputs if self.reaches(outputs, i)]
            x = [data for i, data in zip(inputs, x) if any(i is u for u in used)]
            inputs = used
            if not inputs:
                raise Skip("no input")
            single_in = inputs[0] if len(inputs) == 1 and self.maybe(0.8) else inputs
            single_out = outputs[0] if len(outputs) == 1 and self.maybe(0.85) else outputs
            model = k.Model(single_in, single_out, **({"name": f"net_{self.seed}"} if self.maybe(0.4) else {}))
        if model.count_params() > 6000:
            raise Skip("large")
        self.compile(model, heads)
        y = [head[1] for head in heads]
        self.weights_of(heads)
        many_outputs = len(heads) > 1
        self.model = model
        self.x = x[0] if len(x) == 1 else x
        self.y = y if many_outputs else y[0]
        self.validation = self.maybe(0.3)
        self.epochs = self.pick(0, 1, 1, 2, 2)
        self.more = self.pick(1, 2, 2)
        return self

    def reaches(self, outputs, i):
        """Whether the input counts for an output."""
        seen, stack = set(), list(outputs)
        while stack:
            tensor = stack.pop()
            if tensor is i:
                return True
            if id(tensor) in seen:
                continue
            seen.add(id(tensor))
            history = tensor._keras_history
            stack += history.operation._inbound_nodes[history.node_index].input_tensors
        return False

    def weights_of(self, heads):
        self.sample_weight = self.class_weight = None
        one = len(heads) == 1
        # Keras multiplies losses of rank 3 and weights of rank 1 as they stand.
        if all(len(head[6]) <= 2 for head in heads) and self.maybe(0.25):

            def weight(head):
                lead = head[6]
                shape = (self.rows,)
                if len(lead) == 2 and self.maybe(0.5):
                    shape = lead
                return self.rng.uniform(0.0, 2.0, shape).astype("float32")

            weights = [weight(head) for head in heads]
            self.sample_weight = weights[0] if one else weights
        elif one and len(heads[0][6]) == 1 and self.maybe(0.35):
            kind, target = heads[0][5], heads[0][1]
            if kind in ("categorical", "sparse") or (kind == "binary" and target.shape[-1] == 1):
                classes = target.shape[-1] if kind == "categorical" else int(target.max()) + 1
                self.class_weight = {c: self.pick(0.5, 2.0, 1) for c in range(max(2, classes)) if self.maybe(0.8)} or {
                    0: 2.0
                }

    def compile(self, model, heads):
        names = list(model.output_names) if hasattr(model, "output_names") else [model.layers[-1].name]
        losses = [head[2] for head in heads]
        metrics = [head[3] for head in heads]
        weighted = [head[4] for head in heads]
        arguments = {"optimizer": self.optimizer()}
        if len(heads) == 1:
            arguments["loss"] = losses[0] if self.maybe(0.9) else self.pick([losses[0]], {names[0]: losses[0]})
            if metrics[0] or self.maybe(0.3):
                arguments["metrics"] = metrics[0]
            if weighted[0]:
                arguments["weighted_metrics"] = weighted[0]
        else:
            by_name = self.maybe(0.5)
            arguments["loss"] = dict(zip(names, losses)) if by_name else losses
            if self.maybe(0.5):
                values = [self.pick(0.3, 1.0, 2.0) for _ in losses]
                arguments["loss_weights"] = dict(zip(names, values)) if by_name else values
            if any(metrics):
                arguments["metrics"] = dict((n, m) for n, m in zip(names, metrics) if m) if by_name else metrics
            if any(weighted) and by_name:
                arguments["weighted_metrics"] = dict((n, m) for n, m in zip(names, weighted) if m)
        if len(set(names)) != len(names):
            raise Skip("one name twice")
        # TensorFlow's graphs do not know the rows of a batch, so that they weigh the batches of an epoch alike.
        self.eager = not self.jax
        if self.eager:
            arguments["run_eagerly"] = True
        model.compile(**arguments)
