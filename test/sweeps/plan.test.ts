import { expect, test } from "vitest";
import type { Searcher, Told } from "../../src/sweep/catalogue.js";
import { Plan } from "../../src/sweep/plan.js";
import type { Stage } from "../../src/sweep/schedulers/scheduler.js";
import { SuccessiveHalving } from "../../src/sweep/schedulers/successive-halving.js";
import { Whole } from "../../src/sweep/schedulers/whole.js";
import { integer } from "../../src/sweep/space.js";
import type { ResolvedSweep } from "../../src/sweep/sweep-options.js";
import type { TrialEnd } from "../../src/sweep/trial.js";

/** Asks for one more than the best so far, two trials at a time. */
class Climber implements Searcher {
  readonly batch = 2;
  readonly heard: Told[] = [];
  #best = 0;

  getConfig() {
    return { className: "Climber" };
  }

  ask({ trial }: { readonly trial: number }) {
    return { units: this.#best + 1 + (trial % 2) };
  }

  tell(told: Told): void {
    this.heard.push(told);
    if (told.value !== null) this.#best = Math.max(this.#best, Number(told.parameters["units"]));
  }
}

const sweep = (more: Partial<ResolvedSweep> = {}): ResolvedSweep => ({
  dir: "a",
  parameters: { units: integer(1, 99) },
  train: async () => undefined,
  objective: "loss",
  mode: "min",
  trials: 5,
  epochs: 4,
  searcher: new Climber(),
  scheduler: new Whole(),
  seed: 0,
  workers: 1,
  retries: 0,
  onFailure: "record",
  retryFailed: false,
  onChange: "refuse",
  verbose: 0,
  program: null,
  ...more,
});

const endOf = (stage: Stage, more: Partial<TrialEnd> = {}): TrialEnd => ({
  ...stage,
  run: `trial-000${stage.trial}`,
  parent: null,
  value: 10 - stage.trial,
  message: null,
  trained: stage.epochs,
  step: stage.epochs,
  stopped: false,
  file: null,
  state: null,
  ...more,
});

/** Ends the open stages, the `pick`-th first, until none is left. */
function finish(plan: Plan, pick: (count: number) => number, more: (stage: Stage) => Partial<TrialEnd> = () => ({})) {
  const order: string[] = [];
  for (;;) {
    const open = plan.stages().filter((stage) => plan.endOf(stage) === undefined);
    if (open.length === 0) return order;
    const stage = open[pick(open.length)]!;
    order.push(`${stage.trial}.${stage.stage} ${stage.parameters["units"]}`);
    plan.add(endOf(stage, more(stage)));
  }
}

test("a searcher that learns is asked a batch at a time, and told in the order of trials, whoever ends first", () => {
  const [first, last] = [new Climber(), new Climber()];
  const one = finish(new Plan(sweep({ searcher: first }), []), () => 0);
  const two = finish(new Plan(sweep({ searcher: last }), []), (count) => count - 1);
  expect(one).toEqual(["0.0 1", "1.0 2", "2.0 3", "3.0 4", "4.0 5"]);
  expect(two).toEqual(["1.0 2", "0.0 1", "3.0 4", "2.0 3", "4.0 5"]);
  expect(last.heard).toEqual(first.heard);
  expect(first.heard.map(({ trial, value }) => [trial, value])).toEqual([0, 1, 2, 3, 4].map((i) => [i, 10 - i]));
});

test("a plan that goes on from a record in any order is the plan of a sweep that never stopped", () => {
  const whole = new Plan(sweep(), []);
  finish(whole, () => 0);
  const ends = whole.stages().map((stage) => whole.endOf(stage)!);
  for (let count = 0; count <= ends.length; count++) {
    const plan = new Plan(
      sweep(),
      [...ends]
        .sort((a, b) => a.trial - b.trial)
        .slice(0, count)
        .reverse(),
    );
    finish(plan, (open) => open - 1);
    expect(plan.stages()).toEqual(whole.stages());
  }
});

test("a trial that a callback has ended is not trained further, and its value counts in the rungs to come", () => {
  const scheduler = new SuccessiveHalving({ reduction: 2 });
  const plan = new Plan(
    sweep({
      scheduler,
      trials: 4,
      searcher: { ...new Climber(), batch: null, getConfig: () => ({}), ask: ({ trial }) => ({ units: trial + 1 }) },
    }),
    [],
  );
  const order = finish(
    plan,
    () => 0,
    ({ trial, stage }) => ({ stopped: trial === 3 && stage === 0 }),
  );
  expect(order.map((each) => each.split(" ")[0])).toEqual(["0.0", "1.0", "2.0", "2.1", "3.0"]);
  const last = plan.stages().find(({ stage }) => stage === 2)!;
  expect(plan.endOf(last)).toMatchObject({ trial: 3, stage: 0, trained: 1 });
});

test("with more epochs than are recorded, trials are trained further", () => {
  const before = new Plan(sweep({ trials: 2 }), []);
  finish(before, () => 0);
  const ends = before.stages().map((stage) => before.endOf(stage)!);
  const plan = new Plan(sweep({ trials: 2, epochs: 9 }), ends);
  expect(finish(plan, () => 0)).toEqual(["0.0 1", "1.0 2"]);
  expect(() => new Plan(sweep({ trials: 2, epochs: 3 }), ends).stages()).toThrow(
    'The sweep in "a" has another trial 0 than it would have now. Received: {"units":1} for 3 epochs. Expected: what is ' +
      'recorded: {"units":1} for 4 epochs. Give the old options, or another folder.',
  );
});
