// Pictures a second of `map` with decoding and augmentation on two cores: Pawl beside tf.data, in turns of one run.
// node bench/data/pictures.mjs [--count 20000] [--rounds 5] [--kind jpeg|png] [--folder FOLDER]
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { makePictures } from "./make-pictures.mjs";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "20000" },
    rounds: { type: "string", default: "5" },
    kind: { type: "string", default: "jpeg" },
    folder: { type: "string" },
  },
});
const [count, rounds] = [Number(values.count), Number(values.rounds)];
const here = import.meta.dirname;
const folder = values.folder ?? join(tmpdir(), `pawl-pictures-${values.kind}`);
await makePictures(folder, count, values.kind);

const python = join(here, "../../interop/.venv/bin/python");
const SIDES = {
  "Pawl, 2 workers": [process.execPath, [join(here, "pictures_pawl.mjs")], "2"],
  "Pawl, 1 worker": [process.execPath, [join(here, "pictures_pawl.mjs")], "1"],
  "tf.data, 2 threads": [python, [join(here, "pictures_tf.py")], "2"],
};

/** A process that answers each line with its pictures a second. */
function contender([command, args, workers]) {
  const child = spawn(command, [...args, folder, String(count), workers, values.kind], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async turn() {
      child.stdin.write("\n");
      return Number((await answers.next()).value);
    },
    end: () => child.stdin.end(),
  };
}

const sides = Object.entries(SIDES).map(([name, side]) => ({ name, found: [], ...contender(side) }));
for (let round = 0; round <= rounds; round++) {
  for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
    const rate = await side.turn();
    // The first turn warms up.
    if (round > 0) side.found.push(rate);
  }
}
for (const { name, found, end } of sides) {
  const sorted = found.toSorted((a, b) => b - a);
  console.log(
    `${name}: ${sorted[0].toFixed(0)} pictures a second at best, ${sorted[sorted.length >> 1].toFixed(0)} in the middle`,
  );
  end();
}
