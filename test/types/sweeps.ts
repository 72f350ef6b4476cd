// Compiled, never run: what an editor knows of a sweep's parameters.
import { callbacks, openRun, Sequential, sweep, sweeps, type Trial } from "pawl";

const result = await sweep({
  dir: "sweeps/a",
  parameters: {
    units: sweeps.choice([16, 32]),
    activation: sweeps.choice(["relu", "tanh"]),
    rate: sweeps.logUniform(1e-4, 1e-1),
    depth: sweeps.integer(1, 3),
  },
  trials: 4,
  async train({ parameters, epochs, run, number, seed }) {
    const units: 16 | 32 = parameters.units;
    const activation: "relu" | "tanh" = parameters.activation;
    const size: number = parameters.rate * parameters.depth * units * number * seed;
    // @ts-expect-error No such parameter.
    void parameters.width;
    // @ts-expect-error A number, no text.
    void parameters.rate.length;
    const model = new Sequential([]);
    const { dir, ...options } = run;
    const loop = await openRun(dir, { model }, options);
    await loop.close();
    await model.fit([size], [activation.length], { epochs, run: { ...run, every: { steps: 10 } }, callbacks: [] });
    return { score: size };
  },
});
const best: 16 | 32 = result.best.parameters.units;
void [best, result.best.value, result.trials[0]?.state, result.table()];

const options = sweeps.define({
  dir: new URL("sweeps/b", import.meta.url),
  parameters: { patience: sweeps.integer(1, 9) },
  searcher: "grid",
  scheduler: new sweeps.SuccessiveHalving({ reduction: 2 }),
  train: ({ parameters, run }) =>
    new Sequential([]).fit([1], [1], { run, callbacks: [new callbacks.EarlyStopping(parameters)] }),
});
const again: Promise<number> = sweep({ ...options, workers: 1 }).then(({ best }) => best.parameters.patience);
void again;

// @ts-expect-error A list is no range.
void (() => sweep({ dir: "a", parameters: { units: [1, 2] }, train: async () => undefined }));
// @ts-expect-error An option that there is not.
void (() => sweep({ dir: "a", parameters: { units: sweeps.integer(1, 2) }, trails: 3, train: async () => undefined }));

/** Trials as functions of one's own take them. */
export async function train(trial: Trial<{ readonly units: number }>): Promise<number> {
  return trial.parameters.units;
}
