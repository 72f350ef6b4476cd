// The processes that are measured.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const here = import.meta.dirname;
const node = (script) => ({ command: process.execPath, args: [join(here, script)] });
const keras = (backend, python) => ({
  command: python,
  args: [join(here, "keras_worker.py")],
  env: { KERAS_BACKEND: backend, CUDA_VISIBLE_DEVICES: "" },
  isKeras: true,
});

const python = join(here, "../interop/.venv/bin/python");
/** Made by hand, for it is large: python3.11 -m venv bench/.venv && bench/.venv/bin/pip install torch keras */
const torchPython = join(here, ".venv/bin/python");

/** `share` of a model's steps; slow ones are measured twice: nobody waits for their figure. */
export const contenders = [
  { name: "Pawl", ...node("pawl.mjs") },
  { name: "Keras (JAX)", ...keras("jax", python) },
  { name: "Keras (TensorFlow)", ...keras("tensorflow", python) },
  ...(existsSync(torchPython) ? [{ name: "Keras (PyTorch)", ...keras("torch", torchPython) }] : []),
  { name: "TensorFlow.js", ...node("tfjs.mjs"), share: 1 / 8, isSlow: true },
  { name: "jax-js", ...node("jaxjs.mjs"), share: 1 / 8, isSlow: true },
];

/** Starts a contender; `ask` gives its answer `{ ms }` or `{ error }`. */
export async function start({ name, command, args, env }) {
  const child = spawn(command, args, {
    stdio: ["pipe", "pipe", process.env.BENCH_DEBUG ? "inherit" : "ignore"],
    env: { ...process.env, ...env },
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${name} ended without an answer; BENCH_DEBUG=1 shows what it says`);
      if (value.startsWith("{")) return JSON.parse(value);
    }
  };
  const { versions, importMs } = await next();
  return {
    versions,
    importMs,
    ask: (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return next();
    },
    /** MB of memory at the process's highest; null where the system does not tell. */
    highest: () => {
      const status = `/proc/${child.pid}/status`;
      if (!existsSync(status)) return null;
      return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, "utf8"))[1]) / 1000;
    },
    stop: () => {
      child.stdin.end();
      child.kill();
      return ended;
    },
  };
}
