import { StateError } from "../../core/errors.js";
import { type Json, NO_STATE } from "../../core/stateful.js";
import { betweenRuns, Moment, soonBetweenRuns, type Variable } from "../../engine/index.js";
import { carriedStates } from "../../layers/index.js";
import type { Cursor } from "../data/cursor.js";
import type { HistoryMark } from "../hooks/history.js";
import type { CallbackState, Ending, TrainState } from "../state/train-state.js";
import type { Underway } from "../step/compiled-model.js";
import type { Cuts, Session } from "./session.js";

/** The state of a training at a cut, without large parts: these are copied only when they change. */
interface Standing {
  /** The state that the training starts from, until its first cut. */
  readonly state: TrainState | null;
  /** Before the first hook: no callback has a state of this training yet. */
  readonly isFirst: boolean;
  readonly iteration: number;
  readonly optimizerSteps: readonly number[];
  readonly epoch: number;
  readonly batch: number;
  readonly pass: number;
  readonly position: number | null;
  readonly data: Promise<Json> | null;
  readonly stopped: boolean;
  readonly ending: Ending | null;
  readonly history: HistoryMark;
}

/** A task that waits to read the model. */
interface Waiting {
  readonly look: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * The last cut of a running training. A save at any time writes this state, and after a failure the model returns to
 * it.
 *
 * While hooks change weights, optimizer, accumulators and the state of stateful layers, their values at the cut are
 * kept, see {@link Moment}. A step overwrites these values when no user hook runs between it and the next cut: a save
 * asked for meanwhile waits for that cut, which comes as soon as the step ends.
 */
export class LastCut implements Underway, Cuts {
  readonly #session: Session;
  readonly #moment: Moment;
  readonly #variables: readonly Variable[];
  #standing: Standing;
  /** A step is running that overwrites the values at the cut. */
  #isMoving = false;
  readonly #waiting: Waiting[] = [];
  #serving: Promise<void> | null = null;

  private constructor(session: Session) {
    const { trainer } = session.parts;
    this.#session = session;
    const slots = trainer.optimizers.flatMap(({ optimizer }) =>
      optimizer.variables.flatMap(({ variable }) => variable ?? []),
    );
    const { network } = trainer;
    this.#variables = [
      ...new Set([...network.weights, ...slots, ...session.measures.variables("train"), ...carriedStates(network)]),
    ];
    this.#moment = new Moment(this.#variables);
    this.#standing = this.#stand(session.parts.start.resumes ? trainer.state : null, true);
  }

  /**
   * Called before the first hook; the state that the training starts from counts as the last cut.
   * @throws {StateError} when another training uses weights of this model
   */
  static async begin(session: Session): Promise<LastCut> {
    const cut = new LastCut(session);
    await betweenRuns(() => {
      // A variable's old value can be kept for one training only.
      const taken = cut.#variables.find(({ moment }) => moment !== null);
      if (taken !== undefined) throw sharedWeights(session.parts.trainer.network.label, taken);
      cut.#moment.begin();
    });
    session.parts.trainer.underway = cut;
    return cut;
  }

  take(): Promise<void> | null {
    const taken = soonBetweenRuns(() => this.#take());
    if (taken === null && this.#standing.data === null && this.#waiting.length === 0) return null;
    return this.#taken(taken);
  }

  async #taken(taken: Promise<void> | null): Promise<void> {
    await taken;
    // Before more data is read.
    await this.#standing.data;
    while (this.#waiting.length > 0) await this.#serve();
  }

  #take(): void {
    this.#isMoving = false;
    this.#moment.take();
    this.#session.callbacks.forgetStates();
    this.#standing = this.#stand(null, false);
  }

  stepBegins(): void {
    if (this.#session.callbacks.canFailAfterSteps) return;
    this.#isMoving = true;
    this.#moment.isOpen = false;
  }

  stepFailed(): void {
    this.#isMoving = false;
    this.#moment.isOpen = true;
  }

  atCut<T>(task: () => T): Promise<Awaited<T>> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        try {
          resolve(task() as Awaited<T>);
        } catch (error) {
          reject(error);
        }
      };
      this.#waiting.push({ look, fail: reject });
      void this.#serve();
    });
  }

  async restoreVariables(): Promise<void> {
    await betweenRuns(() => this.#moment.restore());
  }

  async end(failed: boolean): Promise<void> {
    const { callbacks, parts } = this.#session;
    const { trainer } = parts;
    const orNothing = <T>(value: Promise<T>, nothing: T) => (failed ? value.catch(() => nothing) : value);
    try {
      // After a finished step that overwrote the values at the cut, nothing can fail but the output of progress.
      if (this.#isMoving) await orNothing(this.#taken(soonBetweenRuns(() => this.#take())), undefined);
      while (this.#waiting.length > 0) await this.#serve();
      const { isFirst, optimizerSteps } = this.#standing;
      const states = isFirst ? [] : await orNothing(callbacks.statesAtCut(), []);
      const data = await orNothing(this.#standing.data ?? Promise.resolve(null), null);
      await betweenRuns(() => {
        const whole = this.#moment.inside(() => this.#state(states, data));
        this.#moment.restore();
        trainer.goBack(whole, optimizerSteps);
      });
    } finally {
      trainer.underway = null;
      await betweenRuns(() => this.#moment.end());
    }
  }

  #serve(): Promise<void> {
    this.#serving ??= this.#look()
      .catch((error: unknown) => {
        for (const { fail } of this.#waiting.splice(0)) fail(error);
      })
      .finally(() => {
        this.#serving = null;
        // A task that came after the last look would else wait for a cut that may itself wait for the task.
        if (this.#waiting.length > 0 && !this.#isMoving) void this.#serve();
      });
    return this.#serving;
  }

  /** Runs all waiting tasks, if no step is running; else the next cut does. */
  async #look(): Promise<void> {
    const { callbacks, parts } = this.#session;
    const { trainer } = parts;
    while (this.#waiting.length > 0 && !this.#isMoving) {
      const standing = this.#standing;
      const states = standing.isFirst ? [] : await callbacks.statesAtCut();
      const data = await standing.data;
      await betweenRuns(() => {
        if (standing !== this.#standing || this.#isMoving) return;
        this.#moment.inside(() =>
          trainer.asOf(this.#state(states, data ?? null), standing.optimizerSteps, () => {
            for (const { look } of this.#waiting.splice(0)) look();
          }),
        );
      });
    }
  }

  #stand(state: TrainState | null, isFirst: boolean): Standing {
    const { trainer, source } = this.#session.parts;
    const { epoch, batch, pass, stopped, history } = this.#session;
    // A pass of which no batch was taken has not begun.
    const cursor = this.#session.cursor?.position === 0 ? null : this.#session.cursor;
    const unused = this.#session.cursor !== null && cursor === null;
    return {
      state,
      isFirst,
      iteration: trainer.iteration,
      optimizerSteps: trainer.optimizerSteps,
      epoch,
      batch,
      pass: unused ? pass - 1 : pass,
      position: cursor?.position ?? null,
      data: state !== null || cursor === null || source.dataset.seek === "index" ? null : positionOf(cursor),
      stopped,
      ending: this.#session.ending,
      history: history.mark,
    };
  }

  /** The whole state. Call it inside the moment only. */
  #state(callbacks: readonly CallbackState[], data: Json): TrainState {
    const { trainer, identity, machine } = this.#session.parts;
    const { state, isFirst: _, history, optimizerSteps: __, ...standing } = this.#standing;
    if (state !== null) return state;
    return {
      ...trainer.state,
      ...standing,
      metrics: standing.batch === 0 ? {} : this.#session.measures.getState(),
      callbacks,
      history: this.#session.historyUpTo(history),
      data: data == null ? NO_STATE : { json: data, tensors: {} },
      identity,
      machine,
    };
  }
}

async function positionOf(cursor: Cursor): Promise<Json> {
  return structuredClone(await cursor.getState());
}

function sharedWeights(label: string, { path }: Variable): StateError {
  return new StateError({
    code: "training-shared",
    what: `${label} shares "${path}" with a model that is in training, and two trainings of one weight would depend on the clock`,
    fix: "Await the first fit before the next",
  });
}
