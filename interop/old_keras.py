"""Optimizers of Keras before it was part of TensorFlow, run for real: their own source files on a backend of NumPy.

Those versions need TensorFlow 1 or Theano, which nobody can install any more; but all that their optimizers ask of a
backend is arithmetic on variables.
"""

import glob
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import types
import zipfile

import numpy as np

VERSIONS = ("1.2.2", "2.0.5", "2.1.0", "2.2.4", "2.3.1")


def version_of(text):
    return tuple(int(part) for part in text.split("."))


class Variable(np.lib.mixins.NDArrayOperatorsMixin):
    """A variable as TensorFlow 1 names it: unnamed ones are `Variable`, repeated names get a number."""

    def __init__(self, value, dtype="float32", name=None):
        self.value = np.asarray(value, dtype)
        self.name = name
        self.constraint = None

    __hash__ = object.__hash__

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.value, dtype)

    def __imul__(self, other):
        return self * other  # of tensors, not in place

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        inputs = [x.value if isinstance(x, Variable) else x for x in inputs]
        # Numbers of Python are float32 beside variables, as in TensorFlow.
        inputs = [np.float32(x) if isinstance(x, float) else x for x in inputs]
        return getattr(ufunc, method)(*inputs, **kwargs)


class Gradients(list):
    """`None in gradients` means whether one of them is None, as it does with tensors."""

    def __contains__(self, x):
        return any(gradient is x for gradient in self)


class Backend(types.ModuleType):
    """What optimizers use of `keras.backend`."""

    def __init__(self):
        super().__init__("backend")
        self.scopes = []
        self.taken = {}
        self.grads = None

    def named(self, name):
        full = "/".join([*self.scopes, name or "Variable"])
        count = self.taken.get(full, 0)
        self.taken[full] = count + 1
        return f"{full}_{count}:0" if count else f"{full}:0"

    def name_scope(self, name):
        backend = self

        class Scope:
            def __enter__(self):
                backend.scopes.append(name)

            def __exit__(self, *_):
                backend.scopes.pop()

        return Scope()

    def variable(self, value, dtype="float32", name=None):
        return Variable(value, dtype, self.named(name))

    def zeros(self, shape, dtype="float32", name=None):
        shape = (shape,) if isinstance(shape, int) else shape
        return self.variable(np.zeros(shape, dtype), dtype, name)

    def gradients(self, _loss, _params):
        return self.grads

    def get_value(self, x):
        return x.value

    def switch(self, condition, then, otherwise):
        return then if condition else otherwise

    def clip(self, x, low, high):
        return np.clip(x, np.float32(low), np.float32(high))

    def pow(self, x, power):
        return np.power(np.float32(x), np.float32(power))

    epsilon = staticmethod(lambda: 1e-7)
    floatx = staticmethod(lambda: "float32")
    symbolic = staticmethod(lambda function: function)
    backend = staticmethod(lambda: "numpy")
    int_shape = get_variable_shape = staticmethod(lambda x: x.value.shape)
    dtype = staticmethod(lambda x: str(x.value.dtype))
    cast = staticmethod(lambda x, dtype: np.asarray(x, dtype))
    cast_to_floatx = staticmethod(np.float32)
    update = staticmethod(lambda x, value: (x, value))
    update_add = staticmethod(lambda x, value: (x, x.value + value))
    square, sqrt, abs, maximum, sum = map(staticmethod, (np.square, np.sqrt, np.abs, np.maximum, np.sum))
    greater_equal = staticmethod(np.greater_equal)


def unpack(version, folder):
    """The package `keras` of that version in the folder; only its text is used."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, f"keras=={version}", "-d", folder], check=True, stderr=subprocess.DEVNULL)
    [path] = glob.glob(f"{folder}/*{version}*.*")
    opened = zipfile.ZipFile(path) if path.endswith(".whl") else tarfile.open(path)
    opened.extractall(f"{folder}/{version}")
    [source] = glob.glob(f"{folder}/{version}/**/keras/optimizers.py", recursive=True)
    return pathlib.Path(source).parent


def load(version):
    """The module `keras.optimizers` of that version, with a backend of its own."""
    with tempfile.TemporaryDirectory() as folder:
        source = (unpack(version, folder) / "optimizers.py").read_text()
    backend = Backend()
    package = f"old_keras_{version.replace('.', '_')}"

    def module(name, **attributes):
        made = types.ModuleType(f"{package}.{name}" if name else package)
        made.__dict__.update(attributes)
        sys.modules[made.__name__] = made
        return made

    # Reading and writing configs is what its other modules are for; updates need none of them.
    anything = dict(__getattr__=lambda name: lambda *args, **kwargs: None)
    module("", __path__=[], backend=backend)
    sys.modules[f"{package}.backend"] = backend
    module("legacy", interfaces=types.SimpleNamespace(legacy_get_updates_support=lambda function: function))
    module("utils", __path__=[])
    module("utils.generic_utils", **anything)
    optimizers = module("optimizers", __package__=package)
    exec(compile(source, f"keras {version} optimizers.py", "exec"), optimizers.__dict__)
    return optimizers, backend


class Training:
    """One optimizer of an old version on some weights, as `model.fit` of that version drives it."""

    def __init__(self, version, name, kwargs, weights, modules={}):
        if version not in modules:
            modules[version] = load(version)
        self.module, self.backend = modules[version]
        self.version = version_of(version)
        self.backend.taken = {}
        self.optimizer = getattr(self.module, name)(**kwargs)
        # Up to 2.0.5 Keras sorted the weights by name before it made slots of them.
        order = sorted(weights) if self.version <= (2, 0, 5) else list(weights)
        self.weights = {key: Variable(value, name=key) for key, value in weights.items()}
        self.params = [self.weights[key] for key in order]
        self.slots = None

    def get_updates(self):
        backend = self.backend
        if self.version <= (2, 0, 5):
            return self.optimizer.get_updates(self.params, {}, None)
        with backend.name_scope("training"), backend.name_scope(type(self.optimizer).__name__):
            return self.optimizer.get_updates(loss=None, params=self.params)

    def step(self, gradients):
        """One update; the slots that the graph is built with anew are those of the step before."""
        self.backend.grads = Gradients(np.asarray(gradients[param.name], "float32") for param in self.params)
        state, made = self.slots, []
        zeros = self.backend.zeros

        def kept(shape, dtype="float32", name=None):
            variable = zeros(shape, dtype, name) if state is None else state[len(made)]
            made.append(variable)
            return variable

        self.backend.zeros = kept
        updates = self.get_updates()
        self.backend.zeros = zeros
        self.slots = made
        for variable, value in updates:
            variable.value = np.asarray(value, variable.value.dtype)

    def entries(self):
        """The optimizer's weights as they are saved: name and value."""
        return [(variable.name, variable.value) for variable in self.optimizer.weights]

    def config(self):
        return {"class_name": type(self.optimizer).__name__, "config": self.optimizer.get_config()}
