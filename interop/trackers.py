"""The script for W&B, trackio and Aim in docs/other-tools.md, run against stand-ins of their interfaces.

    interop/.venv/bin/python interop/trackers.py

The record it reads has what a kill and a line that was given up leave behind: each epoch must come once, in order.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))

# What the packages' documentation says of the calls; every call is written down.
WANDB = """
import json, os
def put(*call):
    with open(os.environ["CALLS"], "a") as file:
        file.write(json.dumps(call) + "\\n")
def init(*, project, name=None):
    put("init", project, name)
def log(data, step=None):
    assert isinstance(step, int) and all(isinstance(value, float) for value in data.values())
    put("log", step, data)
def finish():
    put("finish")
"""
AIM = """
import json, os
from wandb import put
class Run:
    def __init__(self, run_hash=None, *, repo=None, experiment=None):
        put("init", experiment)
    def track(self, value, name=None, step=None, epoch=None, *, context=None):
        assert isinstance(value, float) and isinstance(name, str) and isinstance(step, int)
        put("log", step, {name: value})
    def close(self):
        put("finish")
"""


def start(step, turns_back):
    return {"event": "start", "step": step, "turnsBack": turns_back}


def epoch(step, loss):
    return {"event": "epoch", "step": step, "epoch": step // 2 - 1, "rates": {"learning_rate": 0.5}, "logs": {"loss": loss}}


RECORD = [start(0, False), epoch(2, 3.0), epoch(4, 2.0), epoch(6, 9.0), start(4, True), epoch(6, 1.0), start(4, False), epoch(6, 1.0), epoch(8, "NaN")]
EXPECTED = {2: 3.0, 4: 2.0, 6: 1.0, 8: "nan"}


def main():
    with open(os.path.join(here, "../docs/other-tools.md")) as file:
        (script,) = re.findall(r"```python\n(.*?)```", file.read(), re.S)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"to_tracker.py": script, "wandb.py": WANDB, "trackio.py": WANDB, "aim.py": AIM}.items():
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
        record = os.path.join(folder, "log.jsonl")
        with open(record, "w") as file:
            file.write("".join(json.dumps(event) + "\n" for event in RECORD) + '{"event":"epo')
        for tool in ["wandb", "trackio", "aim"]:
            calls = os.path.join(folder, f"{tool}.calls")
            env = {**os.environ, "CALLS": calls, "PYTHONPATH": folder}
            subprocess.run([sys.executable, os.path.join(folder, "to_tracker.py"), tool, record, "first"], check=True, env=env)
            with open(calls) as file:
                made = [json.loads(line) for line in file]
            assert made[0][0] == "init" and made[-1] == ["finish"] and "first" in made[0], made
            logged = [(step, str(data["loss"])) for kind, step, *rest in made[1:-1] for data in rest if "loss" in data]
            assert logged == [(step, str(loss)) for step, loss in EXPECTED.items()], logged
            rates = [step for _, step, data in made[1:-1] if data.get("learning_rate") == 0.5]
            assert rates == list(EXPECTED), rates
        print("wandb, trackio, aim: each epoch once, in order")


main()
