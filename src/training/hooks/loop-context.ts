import { StateError } from "../../core/errors.js";
import type { Vfs } from "../../core/vfs.js";
import type { CallbackContext, Hook, SaveRequest } from "./callback.js";

/** What the loop offers to hooks. */
export interface LoopServices {
  readonly files: Vfs;
  /** Writes text to where progress goes. */
  print(text: string): void;
  flush(): Promise<void>;
}

const SAVING: ReadonlySet<Hook> = new Set<Hook>(["onTrainBatchEnd", "onEpochEnd", "onTrainEnd"]);

/** The context that the hooks of one loop get. */
export class LoopContext implements CallbackContext {
  readonly files: Vfs;
  resumed: { readonly epoch: number } | null = null;
  /** The hook that runs now. */
  hook: Hook | null = null;
  readonly #services: LoopServices;
  readonly #said = new Set<string>();
  #requests: SaveRequest[] = [];

  constructor(services: LoopServices) {
    this.files = services.files;
    this.#services = services;
  }

  requestSave(request: SaveRequest): void {
    if (this.hook === null || !SAVING.has(this.hook)) {
      throw new StateError({
        code: "save-outside-cut",
        what: `A save of ${request.path} cannot be requested ${this.hook === null ? "outside of hooks" : `in ${this.hook}`}`,
        expected: `one of ${[...SAVING].join(", ")}, where the state is whole`,
      });
    }
    this.#requests.push(request);
  }

  /** The saves requested since the last call. */
  takeRequests(): readonly SaveRequest[] {
    const requests = this.#requests;
    if (requests.length > 0) this.#requests = [];
    return requests;
  }

  flush(): Promise<void> {
    return this.#services.flush();
  }

  print(text: string): void {
    this.#services.print(text);
  }

  warn(text: string): void {
    if (this.#said.has(text)) return;
    this.#said.add(text);
    console.warn(text);
  }
}
