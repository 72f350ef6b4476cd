#!/usr/bin/env python3
"""Which of Keras's public examples and guides can be written with Pawl: reads what each one uses, compares that with
what Pawl exports, and writes docs/keras-examples.md.

    interop/.venv/bin/python interop/keras_examples.py FOLDER COMMIT [--list]

FOLDER is a checkout of keras-team/keras-io (or a copy) with examples/ and guides/. Pawl's names are those of dist/.
"""

import argparse
import ast
import collections
import json
import os
import re
import subprocess

from keras_examples_names import (
    DATA_MODULES,
    ELSEWHERE,
    FOREIGN,
    KERAS_OPS,
    OUTSIDE_OF_MODELS,
    PLAIN_KERAS,
    TENSORFLOW,
    WORKING_ALIKE,
)

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..")
# Kinds of parts that are classes or functions by name, in both libraries.
KINDS = ["layers", "losses", "metrics", "optimizers", "callbacks", "initializers", "regularizers", "constraints", "activations"]


def pawl_names():
    """What dist/ exports, by kind."""
    program = """
        const pawl = await import("./dist/index.js");
        const names = { top: Object.keys(pawl), Model: Object.getOwnPropertyNames(pawl.Model.prototype) };
        const inside = ([name, value]) => typeof value === "object" ? Object.keys(value).map((key) => `${name}.${key}`) : [];
        for (const [kind, value] of Object.entries(pawl)) {
            if (typeof value === "object") names[kind] = [...Object.keys(value), ...Object.entries(value).flatMap(inside)];
        }
        console.log(JSON.stringify(names));
    """
    out = subprocess.run(["node", "--input-type=module", "-e", program], cwd=ROOT, capture_output=True, check=True, text=True)
    return {kind: set(names) for kind, names in json.loads(out.stdout).items()}


class Uses(ast.NodeVisitor):
    """Dotted names that a program uses, each with whether it stands in a class of layers, models, losses and the like."""

    def __init__(self, tree):
        self.alias = {}
        self.names = set()
        self.modules = set()
        self.methods = set()
        self.bases = set()
        self.depth = 0
        self.visit(tree)

    def visit_Import(self, node):
        for name in node.names:
            self.modules.add(name.name.split(".")[0])
            self.alias[name.asname or name.name.split(".")[0]] = name.name if name.asname else name.name.split(".")[0]

    def visit_ImportFrom(self, node):
        if node.module is None or node.level:
            return
        self.modules.add(node.module.split(".")[0])
        for name in node.names:
            self.alias[name.asname or name.name] = f"{node.module}.{name.name}"

    def visit_ClassDef(self, node):
        for base in node.bases:
            dotted = self.dotted(base)
            if dotted:
                self.bases.add(dotted)
        for item in node.body:
            if isinstance(item, ast.FunctionDef):
                self.methods.add(item.name)
        self.depth += 1
        self.generic_visit(node)
        self.depth -= 1

    def visit_Attribute(self, node):
        dotted = self.dotted(node)
        if dotted is None:
            return self.generic_visit(node)
        self.names.add((dotted, self.depth > 0))

    def visit_Name(self, node):
        if node.id in self.alias:
            self.names.add((normal(self.alias[node.id]), self.depth > 0))

    def dotted(self, node):
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self.alias:
            return None
        return normal(".".join([self.alias[node.id], *reversed(parts)]))


def normal(name):
    """One spelling for the three ways in which Keras is imported."""
    for prefix in ("tensorflow.keras", "keras_core", "tf_keras"):
        if name == prefix or name.startswith(prefix + "."):
            name = "keras" + name[len(prefix) :]
    return re.sub(r"^tensorflow\.(losses|metrics|optimizers|initializers)\b", r"keras.\1", name)


class Judge:
    def __init__(self):
        import keras

        self.pawl = pawl_names()
        self.keras = keras

    def in_pawl(self, path):
        kind, name = path.split(".", 1)
        return name in self.pawl.get(kind, ())

    def in_keras(self, name):
        """Whether Keras 3 has it, so that it belongs to what is still to be built of Keras."""
        value = self.keras
        for part in name.split(".")[1:]:
            if not hasattr(value, part):
                return False
            value = getattr(value, part)
        return True

    def need(self, name, is_inside):
        """What is missing for a dotted name: None, or (what, whether it is a part of Keras that is to come)."""
        parts = name.split(".")
        if parts[0] == "keras":
            return self.need_of_keras(name, parts)
        if parts[0] == "tensorflow":
            return self.need_of_tensorflow(name, is_inside)
        return None

    def need_of_keras(self, name, parts):
        if name in ELSEWHERE:
            return self.missing_unless(ELSEWHERE[name], name)
        if any(re.fullmatch(pattern, name) for pattern in PLAIN_KERAS):
            return None
        kind = parts[1]
        if kind in KINDS and len(parts) >= 3:
            return self.part(kind, parts, name)
        if kind == "ops" and len(parts) >= 3:
            op = ".".join(parts[2:]).removeprefix("nn.").removeprefix("numpy.").removeprefix("reduce_")
            return self.missing_unless([op_path(op)], name)
        # Members of a module (applications.vgg19.VGG19) and of a class (FeatureSpace.cross) come with it.
        if kind in ("applications", "utils", "random") and len(parts) >= 3:
            found = [f"{kind}.{camel(part)}" for part in parts[2:]]
            return self.missing_unless(found, name)
        if kind == "models" and len(parts) == 3:
            return self.missing_unless([f"top.{camel(parts[2])}"], name)
        return (name, self.in_keras(name))

    def part(self, kind, parts, name):
        if kind == "optimizers" and parts[2] == "schedules":
            return None if len(parts) == 3 else self.missing_unless([f"schedules.{parts[3]}"], name)
        if kind == "optimizers" and parts[2] in ("legacy", "experimental"):
            parts = [*parts[:2], *parts[3:]]
        found = WORKING_ALIKE.get(".".join(parts[1:3]), [f"{kind}.{parts[2]}", f"{kind}.{camel('_' + parts[2])}"])
        return self.missing_unless(found, ".".join(["keras", *parts[1:3]]))

    def missing_unless(self, paths, name):
        if not paths or any(self.in_pawl(path) for path in paths):
            return None
        name = name.replace("backend.ctc_batch_cost", "ops.ctc_loss").replace("backend.ctc_decode", "ops.ctc_decode")
        return (name.removeprefix("keras."), self.in_keras(name))

    def need_of_tensorflow(self, name, is_inside):
        short = name.removeprefix("tensorflow.")
        if not is_inside and any(re.match(pattern, short) for pattern in OUTSIDE_OF_MODELS):
            return None
        if short == "tensorflow" or any(re.fullmatch(pattern, short) for pattern in DATA_MODULES):
            return None
        if short in TENSORFLOW:
            found = TENSORFLOW[short]
            return None if not found or self.in_pawl(camel(found)) else (found, self.in_keras(f"keras.{found}") or "radients" in found)
        for prefix in ("math.", "nn.", "linalg.", ""):
            if short.startswith(prefix):
                bare = short.removeprefix(prefix).replace("reduce_", "")
                if self.in_pawl(op_path(bare)):
                    return None
                if hasattr(self.keras.ops, bare):
                    return (f"ops.{bare}", True)
        return (f"tf.{short}", False)


def op_path(op):
    """Where Pawl has an operation of Keras, if it has it."""
    found = KERAS_OPS.get(op, camel(op))
    return found if "." in found and not found.startswith("image.") else f"ops.{found}"


def camel(name):
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


def judge_file(judge, path):
    with open(path, encoding="utf8") as file:
        uses = Uses(ast.parse(file.read()))
    foreign = sorted(uses.modules & set(FOREIGN))
    missing = {}
    for name, is_inside in uses.names:
        need = judge.need(name, is_inside)
        if need:
            missing[need[0]] = missing.get(need[0], False) or need[1]
    own = []
    if "train_step" in uses.methods:
        own.append("training step")
    if any(name.endswith("GradientTape") for name, _ in uses.names):
        own.append("gradients")
    if any(re.fullmatch(r"keras(\.models)?\.Model", base) for base in uses.bases):
        own.append("model class")
    if any(re.fullmatch(r"keras\.layers\.Layer", base) for base in uses.bases):
        own.append("layer class")
    return {
        "foreign": foreign,
        "toCome": sorted(name for name, is_keras in missing.items() if is_keras),
        "missing": sorted(name for name, is_keras in missing.items() if not is_keras),
        "own": own,
    }


def short(names, most=6):
    text = ", ".join(f"`{name}`" for name in names[:most])
    return text + (f" and {len(names) - most} more" if len(names) > most else "")


def page(files, commit):
    able = {path: one for path, one in files.items() if not one["foreign"]}
    today = [path for path, one in able.items() if not one["toCome"] and not one["missing"]]
    then = [path for path, one in able.items() if not one["missing"]]
    wanted = collections.Counter(name for one in able.values() for name in one["toCome"])
    lines = [
        "# Keras's examples in Pawl",
        "",
        "Made by `interop/keras_examples.py`, which reads what each of Keras's public examples and guides imports and calls,",
        f"and compares it with what Pawl exports. Source: keras-io at `{commit[:12]}`.",
        "",
        f"Of {len(files)} programs, {len(files) - len(able)} need a library beside Keras that does a part of the model's or the",
        f"training's work. Of the other **{len(able)}**:",
        "",
        "| | programs |",
        "| --- | ---: |",
        f"| everything that they use is there today | {len(today)} |",
        f"| the same, once the parts of Keras are there that are still to be built | {len(then)} |",
        f"| use something that is neither in Pawl nor in Keras 3 | {len(able) - len(then)} |",
        "",
        f"Among these {len(able)}, {sum('training step' in one['own'] for one in able.values())} have a training step of their own,"
        f" {sum('gradients' in one['own'] for one in able.values())} take gradients themselves,"
        f" {sum('model class' in one['own'] for one in able.values())} have a class of models.",
        "",
        "What a program does before and after its model (reading and decoding files, also by Keras's own readers, `tf.data`, plots) is not",
        "counted: Pawl takes arrays, data sets and generators. Names show what a program is made of, not that its port was run;",
        "`examples/` has thirteen of the kinds, run and compared with Keras.",
        "",
        "## Most wanted of what is still to be built",
        "",
        "| part of Keras | programs that use it |",
        "| --- | ---: |",
        *[f"| `{name}` | {count} |" for name, count in sorted(wanted.items(), key=lambda item: (-item[1], item[0])) if count > 1],
        "",
        "## All of them",
        "",
        "| program | of its own | still to be built | elsewhere only |",
        "| --- | --- | --- | --- |",
    ]
    for path, one in sorted(files.items()):
        elsewhere = [*one["foreign"], *([] if one["foreign"] else one["missing"])]
        to_come = [] if one["foreign"] else one["toCome"]
        lines.append(f"| {path.removesuffix('.py')} | {', '.join(one['own'])} | {short(to_come)} | {short(elsewhere)} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("commit")
    parser.add_argument("--list", action="store_true", help="print what is missing instead of writing the page")
    options = parser.parse_args()
    os.environ.setdefault("KERAS_BACKEND", "jax")
    judge = Judge()
    files = {}
    for top in ("examples", "guides"):
        for folder, _, names in os.walk(os.path.join(options.folder, top)):
            for name in sorted(names):
                if name.endswith(".py"):
                    path = os.path.relpath(os.path.join(folder, name), options.folder)
                    files[path] = judge_file(judge, os.path.join(folder, name))
    if options.list:
        able = [one for one in files.values() if not one["foreign"]]
        print(len(files), len(able), sum(not one["missing"] for one in able), sum(not one["missing"] and not one["toCome"] for one in able))
        for kind in ("missing", "toCome"):
            counts = collections.Counter(name for one in able for name in one[kind])
            print(kind, counts.most_common(400))
        print("foreign", collections.Counter(name for one in files.values() for name in one["foreign"]))
        return
    with open(os.path.join(ROOT, "docs", "keras-examples.md"), "w", encoding="utf8") as file:
        file.write(page(files, options.commit))


if __name__ == "__main__":
    main()
