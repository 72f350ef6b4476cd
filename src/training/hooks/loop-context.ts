import { StateError } from "../../core/errors.js";
import { bool, type Fields, resolveOptions, wrongOption } from "../../core/options.js";
import { pathField } from "../../core/path-of.js";
import type { Vfs } from "../../core/vfs.js";
import type { CallbackContext, Hook, RequestedSave, SaveRequest } from "./callback.js";

/** What the loop provides to hooks. */
export interface LoopServices {
  readonly files: Vfs;
  /** Writes text to the progress output. */
  print(text: string): void;
  flush(): Promise<void>;
  /** Called with each warning. */
  warned?(text: string): void;
}

const REQUEST: Fields<SaveRequest> = {
  path: pathField,
  weightsOnly: bool(false),
  overwrite: bool(true),
  async: bool(true),
  saved: {
    default: undefined as never,
    parse(value, where) {
      if (typeof value === "function") return value as () => void;
      throw wrongOption(where, "a function", value);
    },
  },
};

const SAVING: ReadonlySet<Hook> = new Set<Hook>(["onTrainBatchEnd", "onEpochEnd", "onTrainEnd"]);

/** The context that the hooks of one loop get. */
export class LoopContext implements CallbackContext {
  readonly files: Vfs;
  resumed: { readonly epoch: number } | null = null;
  /** The hook that runs now. */
  hook: Hook | null = null;
  /** The callback whose hook it is. */
  caller: unknown = null;
  readonly #services: LoopServices;
  readonly #said = new Set<string>();
  #requests: RequestedSave[] = [];

  constructor(services: LoopServices) {
    this.files = services.files;
    this.#services = services;
  }

  requestSave(given: SaveRequest): void {
    const request = resolveOptions("requestSave", REQUEST, given);
    if (this.hook === null || !SAVING.has(this.hook)) {
      throw new StateError({
        code: "save-outside-cut",
        what: `A save of ${request.path} cannot be requested ${this.hook === null ? "outside of hooks" : `in ${this.hook}`}`,
        expected: `one of ${[...SAVING].join(", ")}, where the state is whole`,
      });
    }
    this.#requests.push({ ...request, by: this.caller });
  }

  /** The saves requested since the last call. */
  takeRequests(): readonly RequestedSave[] {
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
    this.#services.warned?.(text);
  }
}
