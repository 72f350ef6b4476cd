import { describe, expect, it } from "vitest";
import * as catalogue from "../../src/callbacks/catalogue.js";
import { parseTemplate } from "../../src/callbacks/template.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { type Callback, callbackName } from "../../src/training/hooks/callback.js";
import { ProgressLogger } from "../../src/training/hooks/progress.js";
import type { ProgressOutput } from "../../src/training/hooks/progress-output.js";
import type { Logs } from "../../src/training/state/logs.js";
import { FakeContext, FakeModel, paramsOf, runCallback, type Seen } from "./callback-run.js";
import { callbackCases } from "./callbacks.cases.js";
import { kerasFixture } from "./fixture.js";

interface Fixture {
  readonly sequences: Record<string, readonly Logs[]>;
  readonly cases: readonly {
    readonly kind: string;
    readonly path?: string;
    readonly options: Record<string, unknown>;
    readonly sequence: string;
    readonly trace: readonly Seen[];
    readonly printed: string;
    readonly weight: number;
  }[];
  readonly csv: readonly {
    rows: readonly Record<string, string>[];
    separator: string;
    append: boolean;
    text: string;
  }[];
  readonly progress: readonly {
    readonly verbose: 0 | 1 | 2;
    readonly steps: number | null;
    readonly epochs: number;
    readonly durations: readonly number[];
    readonly validated: boolean;
    readonly text: string;
  }[];
  readonly templates: readonly { template: string; text: string }[];
  readonly values: Record<string, number>;
}

const fixture = kerasFixture<Fixture>("callbacks");

const MAKERS: Record<string, (options: object, path?: string) => Callback> = {
  EarlyStopping: (options) => new catalogue.EarlyStopping(options),
  ReduceLROnPlateau: (options) => new catalogue.ReduceLROnPlateau(options),
  ModelCheckpoint: (options, path) => new catalogue.ModelCheckpoint(path!, options),
  LearningRateScheduler: (options) =>
    new catalogue.LearningRateScheduler((epoch, rate) => (epoch % 3 === 2 ? rate * 0.5 : rate), options),
};

describe("decisions and messages are Keras's", () => {
  const titled = fixture.cases.map(
    (row) => [`${row.kind} ${row.path ?? ""} ${JSON.stringify(row.options)} on ${row.sequence}`, row] as const,
  );

  it.each(titled)("%s", async (_title, { kind, path, options, sequence, trace, printed, weight }) => {
    const batches = kind === "ModelCheckpoint" ? 3 : 0;
    const ours = await runCallback(() => MAKERS[kind]!(options, path), fixture.sequences[sequence]!, { batches });
    expect(ours.trace).toEqual(trace);
    expect(ours.printed).toBe(printed);
    expect(ours.weight).toBe(weight);
  });
});

describe.each(Object.entries(callbackCases))("%s", (name, { make: makers }) => {
  it("has the name under which its state is stored", () => {
    for (const make of makers) expect(callbackName(make())).toBe(name);
  });

  describe.each(makers.map((make, i) => [i, make] as const))("case %i", (_i, make) => {
    it("lets some training continue, so that there is something to resume", async () => {
      const lengths = Object.values(fixture.sequences).map(async (epochs) => {
        return (await runCallback(make, epochs, { batches: 3 })).trace.length;
      });
      expect(Math.max(...(await Promise.all(lengths)))).toBeGreaterThan(2);
    });

    it.each(Object.keys(fixture.sequences))("decides the same when resumed at any epoch, on %s", async (sequence) => {
      const epochs = fixture.sequences[sequence]!;
      const straight = await runCallback(make, epochs, { batches: 3 });
      // A training that ends in its first epoch cannot be resumed, so it would test nothing.
      expect(straight.trace.length).toBeGreaterThan(1);
      for (let resumeAt = 1; resumeAt < straight.trace.length; resumeAt++) {
        expect(await runCallback(make, epochs, { batches: 3, resumeAt }), `resumed at ${resumeAt}`).toEqual(straight);
      }
    });
  });
});

describe("CSVLogger", () => {
  it.each(fixture.csv)(
    "writes Keras's bytes, separator $separator, append $append",
    async ({ rows, separator, append, text }) => {
      const context = new FakeContext();
      for (let run = 0; run < (append ? 2 : 1); run++) {
        const logger = new catalogue.CSVLogger("folder/log.csv", { separator, append });
        await logger.onTrainBegin({}, context);
        for (const [epoch, row] of rows.entries()) {
          const logs = Object.entries(row).map(([key, value]) => [
            key,
            value === "inf" ? Number.POSITIVE_INFINITY : Number(value),
          ]);
          await logger.onEpochEnd(epoch, Object.fromEntries(logs), context);
        }
      }
      expect(new TextDecoder().decode(await context.files.readFile("folder/log.csv"))).toBe(text);
    },
  );

  it("continues after the epochs that a resume keeps, without a torn line", async () => {
    const files = memoryVfs();
    await files.writeFile(
      "log.csv",
      new TextEncoder().encode("epoch,a,b\r\n0,1.0,2.0\r\n1,3.0,4.0\r\n2,5.0,6.0\r\n3,7"),
    );
    const context = new FakeContext(files);
    context.resumed = { epoch: 2 };
    const logger = new catalogue.CSVLogger("log.csv");
    await logger.onTrainBegin({}, context);
    await logger.onEpochEnd(2, { b: 0.5, c: 9 }, context);
    expect(new TextDecoder().decode(await files.readFile("log.csv"))).toBe(
      "epoch,a,b\r\n0,1.0,2.0\r\n1,3.0,4.0\r\n2,NA,0.5\r\n",
    );
  });

  it("quotes values that need it", async () => {
    const context = new FakeContext();
    const logger = new catalogue.CSVLogger("log.csv");
    await logger.onTrainBegin({}, context);
    await logger.onEpochEnd(0, { 'val_a,"b"': 1 }, context);
    expect(new TextDecoder().decode(await context.files.readFile("log.csv"))).toBe('epoch,"val_a,""b"""\r\n0,1.0\r\n');
    context.resumed = { epoch: 1 };
    const again = new catalogue.CSVLogger("log.csv");
    await again.onTrainBegin({}, context);
    await again.onEpochEnd(1, { 'val_a,"b"': 2 }, context);
    expect(new TextDecoder().decode(await context.files.readFile("log.csv"))).toMatch(/\r\n1,2\.0\r\n$/u);
  });

  it("refuses separators of several characters", () => {
    expect(() => new catalogue.CSVLogger("a.csv", { separator: ", " })).toThrow(
      'CSVLogger.separator must be one character. Received: ", ".',
    );
  });
});

describe("progress", () => {
  const show = (output: ProgressOutput, row: Fixture["progress"][number]): void => {
    const { verbose, steps, epochs, durations, validated } = row;
    let now = 1000;
    const logger = new ProgressLogger(output, () => now);
    logger.setParams(paramsOf({ verbose, steps, epochs }));
    logger.onTrainBegin();
    for (let epoch = 0; epoch < epochs; epoch++) {
      logger.onEpochBegin(epoch);
      let value = 0;
      for (const [batch, seconds] of durations.entries()) {
        logger.onTrainBatchBegin(batch);
        now += seconds;
        value = 0.7 / (1 + epoch * durations.length + batch);
        logger.onTrainBatchEnd(batch, { accuracy: 1 - value, loss: value ** 4 });
      }
      now += 0.3;
      const end: Logs = { accuracy: 1 - value, loss: value ** 4 };
      if (validated) Object.assign(end, { val_accuracy: 0.03125, val_loss: -0.25 });
      logger.onEpochEnd(epoch, end);
    }
  };
  const written = (
    row: Fixture["progress"][number],
    isTerminal: boolean,
    colors: boolean,
    columns: number | null = null,
  ): string => {
    let text = "";
    const write = (part: string): void => {
      text += part;
    };
    show({ write, isTerminal, colors, columns }, row);
    return text;
  };
  const titled = fixture.progress.map(
    (row) => [`verbose ${row.verbose}, ${row.epochs} epochs of ${row.steps} steps`, row] as const,
  );

  it.each(titled)("is Keras's text on a terminal: %s", (_title, row) => {
    expect(written(row, true, true)).toBe(row.text);
  });

  it.each(titled)("is the same without styles when colours are off: %s", (_title, row) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: styles are escape sequences
    expect(written(row, true, false)).toBe(row.text.replace(/\x1b\[\d+m/gu, ""));
  });

  it.each(titled.filter(([, row]) => row.verbose > 0))("is one line per epoch elsewhere: %s", (_title, row) => {
    const line = fixture.progress.find(
      (other) => other.verbose === 2 && other.steps === row.steps && other.epochs === row.epochs,
    )!;
    expect(written(row, false, false)).toBe(line.text);
  });

  it.each(titled)("breaks no word and overwrites whole lines in a narrow terminal: %s", (_title, row) => {
    const words = new Set(written(row, true, false).split(/[\s\b]+/u));
    for (const columns of [200, 60, 40, 24]) {
      const text = written(row, true, false, columns);
      for (const line of text.split(/[\n\r]/u)) {
        expect(line.replaceAll("\b", "").length).toBeLessThan(columns);
        for (const word of line.split(/[\s\b]+/u)) if (!/[━…]/u.test(word)) expect(words).toContain(word);
      }
    }
  });
});

describe("templates of paths", () => {
  it.each(fixture.templates)("$template", ({ template, text }) => {
    const parsed = parseTemplate(template, "ModelCheckpoint.filepath", ["epoch", "batch"]);
    expect(parsed.format(new Map(Object.entries(fixture.values)))).toBe(text);
  });

  it.each([
    ["{epoch", 'a single "{" stands alone; write "{{" for the character'],
    ["a}b", 'a single "}" stands alone; write "}}" for the character'],
    ["{}", "a placeholder needs a name"],
    ["{epoch.x}", '"epoch.x" is no name of a placeholder'],
    ["{epoch!r}", '"epoch!r" is no name of a placeholder'],
    ["{epoch:zz}", '"zz" is no format for {epoch}'],
    ["{val_loss:02d}", 'the format "d" of {val_loss} does not fit a number with decimals'],
    ["{epoch:.2d}", "the whole number {epoch} takes no precision"],
  ])("%s fails before training", (template, message) => {
    expect(() => parseTemplate(template, "ModelCheckpoint.filepath", ["epoch", "batch"])).toThrow(
      `ModelCheckpoint.filepath: ${message}. Received: ${JSON.stringify(template)}.`,
    );
  });
});

/** Begins a training with a callback and returns what it throws. */
async function began(
  callback: Callback,
  params = paramsOf(),
  context = new FakeContext(),
  model = new FakeModel(),
): Promise<FakeContext> {
  callback.setParams(params);
  callback.setModel(model);
  await callback.onTrainBegin({}, context);
  return context;
}

describe("monitors", () => {
  const training = paramsOf({ logs: paramsOf().logs.filter(({ key }) => !key.startsWith("val_")) });

  it.each([
    ["EarlyStopping", () => new catalogue.EarlyStopping()],
    ["ReduceLROnPlateau", () => new catalogue.ReduceLROnPlateau()],
    ["ModelCheckpoint", () => new catalogue.ModelCheckpoint("a.keras", { saveBestOnly: true })],
  ])("that will not come are errors before training: %s", async (name, make) => {
    await expect(began(make(), training)).rejects.toThrow(
      `${name} monitors "val_loss", which this training does not have. Expected: one of "accuracy", "loss". Give fit validationData or validationSplit, or monitor "loss".`,
    );
    await expect(began(make(), { ...training, logsMayGrow: true })).resolves.toBeTruthy();
  });

  it("that are misspelled are errors with the nearest spelling", async () => {
    await expect(began(new catalogue.EarlyStopping({ monitor: "val_acuracy" }))).rejects.toThrow(
      'Did you mean "val_accuracy"?',
    );
  });

  it("do not matter to checkpoints that save everything", async () => {
    await expect(began(new catalogue.ModelCheckpoint("a.keras"), training)).resolves.toBeTruthy();
  });

  it("need a mode if neither direction is known to be better", async () => {
    const logs = [...paramsOf().logs, { key: "mean", direction: null, batch: true } as const];
    await expect(began(new catalogue.EarlyStopping({ monitor: "mean" }), paramsOf({ logs }))).rejects.toThrow(
      'EarlyStopping cannot tell whether more or less of "mean" is better. Pass mode: "max" or mode: "min".',
    );
    await expect(
      began(new catalogue.EarlyStopping({ monitor: "mean", mode: "min" }), paramsOf({ logs })),
    ).resolves.toBeTruthy();
  });

  it("of several outputs have known directions, where Keras needs a mode", async () => {
    const logs = [
      { key: "a_loss", direction: "min", batch: true },
      { key: "a_mae", direction: "min", batch: true },
    ] as const;
    for (const { key } of logs) {
      await expect(began(new catalogue.EarlyStopping({ monitor: key }), paramsOf({ logs }))).resolves.toBeTruthy();
    }
  });

  it("at batch ends must be known there", async () => {
    const checkpoint = new catalogue.ModelCheckpoint("a.keras", { saveBestOnly: true, saveFreq: 2 });
    await expect(began(checkpoint)).rejects.toThrow(
      'ModelCheckpoint monitors "val_loss" at the end of batches, where it is not known. Expected: one of "accuracy", "loss".',
    );
  });

  it("that never appear cause a warning, and nothing is saved as best", async () => {
    const checkpoint = new catalogue.ModelCheckpoint("a.keras", { saveBestOnly: true, monitor: "mine", mode: "max" });
    const context = await began(checkpoint, paramsOf({ logsMayGrow: true }));
    checkpoint.onEpochEnd(0, { loss: 1 }, context);
    expect(context.requests).toEqual([]);
    expect(context.warnings).toEqual(['ModelCheckpoint monitors "mine", which is not in the logs. There are "loss".']);
  });

  it("that skip an epoch cause none", async () => {
    const stopping = new catalogue.EarlyStopping();
    const context = await began(stopping);
    await stopping.onEpochEnd(0, { loss: 1 }, context);
    expect(context.warnings).toEqual([]);
    expect(stopping.wait).toBe(0);
  });

  it("recover from NaN", async () => {
    const stopping = new catalogue.EarlyStopping({ monitor: "loss", patience: 5 });
    const context = await began(stopping);
    for (const [epoch, loss] of [Number.NaN, 2, 3].entries()) await stopping.onEpochEnd(epoch, { loss }, context);
    expect([stopping.best, stopping.bestEpoch, stopping.wait]).toEqual([2, 1, 1]);
  });
});

describe("ModelCheckpoint", () => {
  it("checks extensions", () => {
    expect(() => new catalogue.ModelCheckpoint("a.ckpt")).toThrow(
      'ModelCheckpoint cannot save a model to this kind of file. Received: "a.ckpt". Expected: a path that ends in ".keras" or ".h5".',
    );
    expect(() => new catalogue.ModelCheckpoint("a.keras", { saveWeightsOnly: true })).toThrow(
      'ends in ".weights.h5" or ".h5"',
    );
    expect(() => new catalogue.ModelCheckpoint("w.h5", { saveWeightsOnly: true })).not.toThrow();
  });

  it("checks options", () => {
    expect(() => new catalogue.ModelCheckpoint("a.h5", { saveFreq: 0 })).toThrow(
      'ModelCheckpoint.saveFreq must be "epoch" or a number of batches. Received: 0.',
    );
    expect(() => new catalogue.ModelCheckpoint("a.h5", { saveBestonly: true } as never)).toThrow(
      'Did you mean "saveBestOnly"?',
    );
    expect(() => new catalogue.ModelCheckpoint("a.h5", { mode: "mox" } as never)).toThrow('Did you mean "max"?');
  });

  it("checks placeholders before training", async () => {
    await expect(began(new catalogue.ModelCheckpoint("{epoch}-{val_los:.2f}.h5"))).rejects.toThrow(
      "ModelCheckpoint.filepath: there is no value for {val_los}. Expected: one of {epoch}, {accuracy}, {loss}, {val_accuracy}, {val_loss}. Did you mean {val_loss}?",
    );
    await expect(began(new catalogue.ModelCheckpoint("{batch}.h5"))).rejects.toThrow(
      "Set saveFreq to a number of batches",
    );
    await expect(began(new catalogue.ModelCheckpoint("{val_loss}.h5", { saveFreq: 3 }))).rejects.toThrow(
      "there is no value for {val_loss} at the end of batches",
    );
  });

  it("saves nothing, with a warning, when an epoch lacks a value of the path", async () => {
    const checkpoint = new catalogue.ModelCheckpoint("{val_loss:.1f}.h5");
    const context = await began(checkpoint);
    checkpoint.onEpochEnd(0, { loss: 1 }, context);
    expect(context.requests).toEqual([]);
    expect(context.warnings[0]).toContain(
      "ModelCheckpoint saved nothing at the end of epoch 1: these logs have no {val_loss}",
    );
  });

  it("does not replace others' files with overwrite: false", async () => {
    const context = new FakeContext();
    await context.files.writeFile("m_4.h5", new Uint8Array(1));
    const options = { overwrite: false };
    await expect(began(new catalogue.ModelCheckpoint("m_{epoch}.h5", options), paramsOf(), context)).rejects.toThrow(
      'ModelCheckpoint would overwrite "m_4.h5", which this run did not write. Choose another path',
    );
    await expect(began(new catalogue.ModelCheckpoint("m_{epoch}.h5"), paramsOf(), context)).resolves.toBeTruthy();
    const checkpoint = new catalogue.ModelCheckpoint("m.h5", options);
    await began(checkpoint, paramsOf(), context);
    checkpoint.onEpochEnd(0, { loss: 1 }, context);
    checkpoint.onEpochEnd(1, { loss: 1 }, context);
    expect(context.requests.map(({ overwrite }) => overwrite)).toEqual([false, true]);
  });

  it("refuses a folder as its path", async () => {
    const context = new FakeContext();
    await context.files.makeFolder("m.h5");
    await expect(began(new catalogue.ModelCheckpoint("m.h5"), paramsOf(), context)).rejects.toThrow(
      'ModelCheckpoint.filepath "m.h5" is a folder. Give the path of a file.',
    );
  });

  it("keeps the newest files, and the newest with a finite loss", async () => {
    const context = new FakeContext();
    const checkpoint = new catalogue.ModelCheckpoint("m{epoch}.h5", { maxToKeep: 2 });
    await began(checkpoint, paramsOf(), context);
    const left: string[][] = [];
    for (const [epoch, loss] of [3, 2, Number.NaN, Number.NaN, Number.NaN, 1, 1].entries()) {
      checkpoint.onEpochEnd(epoch, { loss }, context);
      const [request] = context.requests.splice(0);
      await context.files.writeFile(request!.path, new Uint8Array(1));
      await request!.saved?.();
      left.push(await context.files.list(""));
    }
    expect(left).toEqual([
      ["m1.h5"],
      ["m1.h5", "m2.h5"],
      ["m2.h5", "m3.h5"],
      ["m2.h5", "m3.h5", "m4.h5"],
      ["m2.h5", "m4.h5", "m5.h5"],
      ["m5.h5", "m6.h5"],
      ["m6.h5", "m7.h5"],
    ]);
  });
});

describe("learning rate callbacks", () => {
  it("refuse an optimizer with a schedule before training", async () => {
    for (const make of [() => new catalogue.ReduceLROnPlateau(), () => new catalogue.LearningRateScheduler(() => 1)]) {
      const callback = make();
      await expect(began(callback, paramsOf(), new FakeContext(), new FakeModel(true))).rejects.toThrow(
        `${callbackName(callback)} sets the learning rate, but the optimizer "sgd" follows a schedule. Give the optimizer a number as learningRate, or leave the callback out.`,
      );
    }
  });

  it("refuse values that are not rates", async () => {
    const callback = new catalogue.LearningRateScheduler(() => Number.NaN);
    const context = await began(callback);
    expect(() => callback.onEpochBegin(0, {}, context)).toThrow(
      "The schedule of LearningRateScheduler gave no learning rate for epoch 0. Received: NaN. Expected: a finite number.",
    );
    expect(() => new catalogue.ReduceLROnPlateau({ factor: 1 })).toThrow(
      "ReduceLROnPlateau.factor must be a number below 1. Received: 1.",
    );
    expect(() => new catalogue.LearningRateScheduler(3 as never)).toThrow(
      "must be a function of (epoch, learningRate)",
    );
  });
});

describe("TerminateOnNaN", () => {
  it("stops, or throws", async () => {
    const callback = new catalogue.TerminateOnNaN();
    const model = new FakeModel();
    const context = await began(callback, paramsOf(), new FakeContext(), model);
    callback.onTrainBatchEnd(0, { loss: 1 }, context);
    expect(model.stopTraining).toBe(false);
    callback.onTrainBatchEnd(1, { loss: Number.NEGATIVE_INFINITY }, context);
    expect(model.stopTraining).toBe(true);
    expect(context.printed).toBe("Batch 1: Invalid loss, terminating training\n");
    const strict = new catalogue.TerminateOnNaN({ raiseError: true });
    await began(strict);
    expect(() => strict.onTrainBatchEnd(4, { loss: Number.NaN }, context)).toThrow(
      "The loss of batch 4 is nan. Lower the learning rate, clip gradients (clipnorm), or look for invalid values in the data.",
    );
  });
});

describe("LambdaCallback", () => {
  it("refuses unknown hooks", () => {
    expect(() => new catalogue.LambdaCallback({ onEpochEnds: () => {} } as never)).toThrow(
      /LambdaCallback has no option "onEpochEnds"\..*Did you mean "onEpochEnd"\?$/u,
    );
    expect(() => new catalogue.LambdaCallback({ onEpochEnd: 3 } as never)).toThrow(
      "LambdaCallback.onEpochEnd must be a function",
    );
  });
});
