import { describe, expect, it } from "vitest";
import { OptionError, StateError } from "../core/errors.js";
import { float } from "../core/options.js";
import { Variable } from "../engine/index.js";
import * as ops from "../ops/index.js";
import { ExponentialDecay, LearningRateSchedule, register as registerSchedule } from "../schedules/index.js";
import { Adam, deserialize, get, Optimizer, register, SGD, serialize, type UpdateRule } from "./index.js";
import { commonFields, type OptimizerOptions } from "./options.js";

const halving = (): ExponentialDecay =>
  new ExponentialDecay({ initialLearningRate: 1, decaySteps: 2, decayRate: 0.5, staircase: true });

const weight = (path: string): Variable => new Variable({ name: path.split("/").at(-1)!, path, shape: [2] });

describe("learningRate", () => {
  it("is read and assigned as float32", () => {
    const optimizer = new Adam();
    expect(optimizer.learningRate.numpy()).toBe(Math.fround(0.001));
    optimizer.learningRate.assign(0.1);
    expect(optimizer.learningRate.numpy()).toBe(Math.fround(0.1));
    optimizer.learningRate = 0.2;
    expect(optimizer.learningRate.numpy()).toBe(Math.fround(0.2));
    expect(() => (optimizer.learningRate = "0.3" as never)).toThrow('learningRate must be a number. Received: "0.3".');
    expect(optimizer.getConfig()["learning_rate"]).toBe(Math.fround(0.2));
    expect(() => optimizer.learningRate.assign(Number.NaN)).toThrow("learningRate must be a number. Received: NaN.");
  });

  it("follows a schedule or a function of the step, and says so when it is assigned", () => {
    const scheduled = new SGD({ learningRate: halving(), name: "sgd" });
    expect(scheduled.hasSchedule).toBe(true);
    expect(scheduled.learningRate.numpy()).toBe(1);
    scheduled.iteration = 5;
    expect(scheduled.learningRate.numpy()).toBe(0.25);
    expect(scheduled.variables.map(({ name }) => name)).toEqual(["sgd/iteration"]);
    expect(() => scheduled.learningRate.assign(0.5)).toThrow(StateError);
    expect(() => scheduled.learningRate.assign(0.5)).toThrow(
      "The learning rate of sgd follows ExponentialDecay, so it cannot be set. Received: assign(0.5). " +
        "Compile with an optimizer whose learningRate is a number, e.g. learningRate: 0.5.",
    );
    const computed = new SGD({ learningRate: (step) => 1 / (step + 1) });
    computed.iteration = 3;
    expect(computed.learningRate.numpy()).toBe(0.25);
  });

  it("from a function cannot be read back from a file, and the error says so", () => {
    const optimizer = new SGD({
      learningRate: function warm(step: number) {
        return step;
      },
    });
    expect(() => deserialize(serialize(optimizer))).toThrow('the learning rate was the function "warm"');
  });
});

describe("get", () => {
  it("takes names in any case, optimizers and dictionaries", () => {
    expect(get("adam")).toBeInstanceOf(Adam);
    expect(get("SGD")).toBeInstanceOf(SGD);
    expect(get("AdamW").getConfig()["weight_decay"]).toBe(0.004);
    const own = new SGD();
    expect(get(own)).toBe(own);
    expect(get({ class_name: "adam", config: { learning_rate: 0.5 } }).learningRate.numpy()).toBe(0.5);
  });

  it("suggests the nearest name for an unknown one", () => {
    expect(() => get("adamm", "compile.optimizer")).toThrow(OptionError);
    expect(() => get("adamm", "compile.optimizer")).toThrow('compile.optimizer: unknown name "adamm"');
    expect(() => get("adamm", "compile.optimizer")).toThrow('Did you mean "adam"?');
    expect(() => get(3)).toThrow("optimizer must be a name, an optimizer or its config. Received: 3.");
  });

  it("reads Keras 2's lr, decay and Custom>", () => {
    const optimizer = get({ class_name: "Custom>SGD", config: { lr: 0.5, decay: 0.1, momentum: 0.9, nesterov: true } });
    optimizer.iteration = 10;
    expect(optimizer.learningRate.numpy()).toBe(0.25);
    expect(get({ class_name: "Adam", config: { lr: 0.5, decay: 0 } }).hasSchedule).toBe(false);
  });
});

describe("options", () => {
  it("are checked", () => {
    expect(() => new Adam({ clipnorm: 1, clipvalue: 2, name: "adam" })).toThrow(
      "Adam can clip gradients in one way only. Received: clipnorm: 1, clipvalue: 2. " +
        "Expected: one of clipnorm, clipvalue and globalClipnorm. Remove the others.",
    );
    expect(() => new Adam({ gradientAccumulationSteps: 1 })).toThrow(
      "Adam.gradientAccumulationSteps must be an integer >= 2. Received: 1.",
    );
    expect(() => new Adam({ learningrate: 1 } as object)).toThrow('Did you mean "learningRate"?');
    expect(() => new SGD({ learningRate: "fast" as unknown as number })).toThrow(
      'SGD.learningRate must be a number, a schedule or a function of the step. Received: "fast".',
    );
  });

  it("lossScaleFactor is kept, and changes nothing in float32", () => {
    expect(new Adam({ lossScaleFactor: 1024 }).getConfig()["loss_scale_factor"]).toBe(1024);
  });
});

describe("build", () => {
  it("keeps the slots of weights that are trained no longer, and refuses others", () => {
    const [a, b, other] = [weight("m/a"), weight("m/b"), weight("m/other")];
    const optimizer = new SGD({ momentum: 0.5, name: "sgd" });
    optimizer.build([a, b]);
    optimizer.build([b]);
    expect(optimizer.variables.map(({ name }) => name)).toEqual([
      "sgd/iteration",
      "sgd/learning_rate",
      "sgd/m_a_momentum",
      "sgd/m_b_momentum",
    ]);
    const scalars = { learningRate: ops.input("rate", []), iteration: ops.input("iteration", [], "int32") };
    const updates = optimizer.apply([ops.input("gradient", [2])], scalars);
    expect([...updates.keys()].map(({ path }) => path)).toEqual(["m/b", "sgd/m_b_momentum"]);
    expect(() => optimizer.build([other])).toThrow(
      'sgd was built for other variables than "m/other". Received: m/other. Expected: some of m/a, m/b. ' +
        "Compile with a new optimizer.",
    );
    expect(() => optimizer.apply([], scalars)).toThrow(
      "sgd needs one gradient for each of its weights. Received: 0 gradients. Expected: 1.",
    );
    expect(() => new SGD({ name: "sgd" }).apply([], scalars)).toThrow("sgd is not built");
    expect(() => optimizer.excludeFromWeightDecay({ names: ["b"] })).toThrow(StateError);
  });
});

describe("own classes", () => {
  class SignDescent extends Optimizer<OptimizerOptions> {
    static override readonly className: string = "SignDescent";
    static readonly fields = commonFields({ learningRate: 0.1 });

    rule({ learningRate }: Parameters<Optimizer["rule"]>[0]): UpdateRule<object> {
      return (param, gradient) => ({
        param: ops.subtract(param, ops.multiply(learningRate, ops.sign(gradient))),
        slots: {},
      });
    }
  }

  class Stairs extends LearningRateSchedule<{ top: number }> {
    static override readonly className = "Stairs";
    static readonly fields = { top: float() };

    at(step: number): number {
      return this.options.top - step;
    }
  }

  it("come back from files as themselves when they have the name of a built-in one", () => {
    class Adam extends SignDescent {
      static override readonly className = "Adam";
    }
    register(Adam, "mine");
    expect(deserialize(serialize(new Adam()))).toBeInstanceOf(Adam);
    expect(deserialize({ class_name: "mine>Adam", config: {} })).toBeInstanceOf(Adam);
    expect(deserialize({ class_name: "Adam", config: {} })).not.toBeInstanceOf(Adam);
  });

  it("go into files and come back once they are registered", () => {
    const optimizer = new SignDescent({ learningRate: new Stairs({ top: 8 }) });
    expect(() => serialize(optimizer)).toThrow("Register it first");
    register(SignDescent);
    registerSchedule(Stairs);
    const json = serialize(optimizer);
    expect(json).toMatchObject({ class_name: "SignDescent", registered_name: "Custom>SignDescent" });
    const again = deserialize(json);
    expect(again).toBeInstanceOf(SignDescent);
    again.iteration = 3;
    expect(again.learningRate.numpy()).toBe(5);
  });
});
