"""What the Python sides share: arrays and results as JSON, comparisons."""

import json
import math

import numpy as np

PREDICTION_TOLERANCE = 1e-5
LOSS_TOLERANCE = 1e-4


def to_json(value):
    if value is None:
        return None
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {"named": {key: to_json(item) for key, item in value.items()}}
    array = np.asarray(value)
    return {"shape": list(array.shape), "dtype": str(array.dtype), "data": array.ravel().tolist()}


def from_json(value):
    if value is None:
        return None
    if isinstance(value, list):
        return [from_json(item) for item in value]
    if "named" in value:
        return {key: from_json(item) for key, item in value["named"].items()}
    return np.asarray(value["data"], dtype=value["dtype"]).reshape(value["shape"])


def as_list(value):
    """The arrays of a structure; those of a dictionary in the order of its keys."""
    if isinstance(value, dict):
        return [value[key] for key in sorted(value)]
    return list(value) if isinstance(value, (list, tuple)) else [value]


def largest_difference(received, expected):
    """Largest difference relative to the largest magnitude; infinite when the shapes differ or something is NaN."""
    worst = 0.0
    if len(as_list(received)) != len(as_list(expected)):
        return math.inf
    for a, b in zip(as_list(received), as_list(expected)):
        a, b = np.asarray(a, "float64"), np.asarray(b, "float64")
        if a.shape != b.shape or not (np.isfinite(a).all() and np.isfinite(b).all()):
            return math.inf
        if a.size:
            worst = max(worst, float(np.max(np.abs(a - b)) / max(1e-6, float(np.max(np.abs(b))))))
    return worst


class Results:
    """Checks of one side, kept until the runner prints them all."""

    def __init__(self):
        self.rows = []

    def add(self, case, check, ok, detail=""):
        self.rows.append({"case": case, "check": check, "ok": bool(ok), "detail": str(detail)})

    def close(self, case, check, received, expected, tolerance):
        difference = largest_difference(received, expected)
        self.add(case, check, difference <= tolerance, f"off by {difference:.1e}")

    def history(self, case, check, received, expected, tolerance=LOSS_TOLERANCE):
        if sorted(received) != sorted(expected):
            self.add(case, check, False, f"keys {sorted(received)} instead of {sorted(expected)}")
            return
        worst = max((largest_difference([received[key]], [expected[key]]) for key in expected), default=0.0)
        self.add(case, check, worst <= tolerance, f"off by {worst:.1e}")

    def write(self, path):
        with open(path, "w") as file:
            json.dump(self.rows, file)
