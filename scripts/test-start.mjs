// The main job as a new user sees it: all of MNIST by `npm start`; then again in another run folder with Ctrl-C in the
// middle and a second start, which must end with the very same weights.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const work = mkdtempSync(join(tmpdir(), "pawl-start-"));
const epochs = process.env.EPOCHS ?? "5";

/** @param interruptAfter milliseconds after the first epoch line, or undefined */
function start(folder, interruptWhen) {
  return new Promise((resolve) => {
    const began = performance.now();
    const child = spawn(process.execPath, ["scripts/example.mjs", "examples/mnist.ts"], {
      cwd: root,
      env: { ...process.env, PAWL_RUN: join(work, folder), EPOCHS: epochs },
    });
    let output = "";
    let interrupted = false;
    const onData = (chunk) => {
      output += chunk;
      if (!interrupted && interruptWhen?.test(output)) {
        interrupted = true;
        setTimeout(() => child.kill("SIGINT"), 1500);
      }
    };
    child.stdout.on("data", onData);
    child.stderr.on("data", onData);
    child.on("close", (code) => resolve({ code, output, seconds: (performance.now() - began) / 1000 }));
  });
}

function must(condition, what, output) {
  if (condition) return console.log(`ok: ${what}`);
  console.log(output);
  console.error(`failed: ${what}`);
  process.exit(1);
}

const digestOf = (output) => /SHA-256 of the final weights.*: (\w+)/.exec(output)?.[1];
try {
  const whole = await start("whole");
  const accuracy = Number(/Test accuracy: ([\d.]+) %/.exec(whole.output)?.[1]);
  must(
    whole.code === 0 && accuracy >= 98.5,
    `${accuracy} % of the test digits after ${epochs} epochs in ${whole.seconds.toFixed(0)} s`,
    whole.output,
  );

  const stopped = await start("stopped", /Epoch 2\//);
  must(stopped.code === 130, "Ctrl-C in the second epoch ends with exit code 130", stopped.output);
  must(/go on|continue|again/i.test(stopped.output), "and says how to go on", stopped.output);

  const resumed = await start("stopped");
  must(
    resumed.code === 0 && !resumed.output.includes(`Epoch 1/${epochs}`),
    "the second start goes on where it was",
    resumed.output,
  );
  must(
    digestOf(whole.output) !== undefined && digestOf(resumed.output) === digestOf(whole.output),
    `final weights are the same: ${digestOf(resumed.output)}`,
    whole.output + resumed.output,
  );

  const finished = await start("whole");
  must(
    finished.code === 0 && digestOf(finished.output) === digestOf(whole.output),
    "a finished run trains nothing and stands",
    finished.output,
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
