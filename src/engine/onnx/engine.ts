import { reachable } from "../../graph/walk.js";
import type { Engine, Program, ProgramSpec } from "../engine.js";
import { ratesOf } from "../profile/rates.js";
import { recorder } from "../profile/recorder.js";
import { prepare } from "../program-graph.js";
import type { Machine } from "../session.js";
import { channelBlockOf } from "./channel-blocks.js";
import { latin1 } from "./graph-builder.js";
import { inBlocks } from "./in-blocks.js";
import { type HeldSession, OnnxProgram } from "./program.js";
import { modelsOf } from "./step.js";
import { stepsOf } from "./steps.js";

interface SharedSession {
  readonly session: Awaited<ReturnType<Machine["createSession"]>>;
  users: number;
}

/** Runs graphs as ONNX models on a machine; sessions of identical models are shared between programs. */
export class OnnxEngine implements Engine {
  readonly name: string;
  readonly fingerprint: Readonly<Record<string, string>>;
  readonly #machine: Machine;
  readonly #sessions = new Map<string, SharedSession>();
  #created = 0;
  /** Found out when the first graph with convolutions comes. */
  #channelBlock: Promise<number> | undefined;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.name = machine.name;
    this.fingerprint = machine.fingerprint;
  }

  get sessionCount(): number {
    return this.#created;
  }

  async compile(spec: ProgramSpec): Promise<Program> {
    if (recorder !== null) recorder.rates ??= await ratesOf(this.#machine);
    const wanted = [...Object.values(spec.results), ...spec.updates.values()];
    const convolves = reachable(wanted).some(({ op }) => op === "conv" || op === "convInput");
    if (convolves) this.#channelBlock ??= channelBlockOf(this.#machine);
    const block = convolves ? await this.#channelBlock! : 0;
    const graph = prepare(spec, (outputs) => inBlocks(outputs, block));
    const steps = stepsOf(graph.plan);
    const sessions = new Map<Uint8Array, HeldSession>();
    try {
      for (const model of steps.flatMap(modelsOf)) sessions.set(model, await this.#hold(model));
    } catch (error) {
      for (const held of sessions.values()) held.release();
      throw error;
    }
    return new OnnxProgram(graph, steps, sessions, this.#machine);
  }

  async #hold(model: Uint8Array): Promise<HeldSession> {
    const key = latin1(model);
    let shared = this.#sessions.get(key);
    if (shared === undefined) {
      const session = await this.#machine.createSession(model);
      // Another program may have made the same session in the meantime.
      shared = this.#sessions.get(key);
      if (shared === undefined) {
        this.#created++;
        this.#sessions.set(key, (shared = { session, users: 0 }));
      } else session.dispose();
    }
    const held = shared;
    held.users++;
    return {
      session: held.session,
      release: () => {
        if (--held.users > 0) return;
        this.#sessions.delete(key);
        held.session.dispose();
      },
    };
  }
}
