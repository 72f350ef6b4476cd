import { OptionError } from "../core/errors.js";
import { nearest } from "../core/spelling.js";
import { Callback, type Hook } from "../training/hooks/callback.js";

/** Any of the hooks, as functions. */
export type LambdaHooks = { readonly [H in Hook]?: Callback[H] };

/** A callback made of functions. It remembers nothing across a resume; subclass Callback for that. */
export class LambdaCallback extends Callback {
  static readonly className = "LambdaCallback";

  /** @throws {OptionError} for hooks that do not exist, with the nearest spelling, and for what is no function */
  constructor(hooks: LambdaHooks) {
    super();
    const known = Object.getOwnPropertyNames(Callback.prototype).filter((name) => /^on[A-Z]/u.test(name));
    for (const [name, hook] of Object.entries(hooks)) {
      if (hook === undefined) continue;
      if (!known.includes(name) || typeof hook !== "function") {
        const guess = nearest(name, known);
        throw new OptionError({
          code: "unknown-hook",
          what: known.includes(name)
            ? `LambdaCallback.${name} must be a function`
            : `LambdaCallback has no hook "${name}"`,
          ...(known.includes(name) ? { received: typeof hook } : { expected: `one of ${known.join(", ")}` }),
          ...(known.includes(name) || guess === undefined ? {} : { fix: `Did you mean "${guess}"?` }),
        });
      }
      Object.defineProperty(this, name, { value: hook, enumerable: true });
    }
  }
}
