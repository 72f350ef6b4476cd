import type { Engine, Program, ProgramSpec } from "./engine.js";

export class InterpreterEngine implements Engine {
  readonly name = "interpreter";
  readonly fingerprint: Readonly<Record<string, string>> = { library: "interpreter" };
  readonly sessionCount = 0;
  compile(_spec: ProgramSpec): Promise<Program> {
    return Promise.reject(new Error("waits for the interpreter"));
  }
}
