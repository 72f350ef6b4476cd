import { type Field, type Fields, resolveOptions, wrongOption } from "../core/options.js";
import { Callback, type Hook } from "../training/hooks/callback.js";

type AnyHook = Callback[Hook];

/** Hooks as functions, each optional. Default: do nothing. */
export type LambdaHooks = { readonly [H in keyof Callback as Extract<H, Hook>]?: Callback[H] };

const hookField: Field<AnyHook | undefined> = {
  default: undefined,
  parse(value, where) {
    if (typeof value === "function") return value as AnyHook;
    throw wrongOption(where, "a function", value, "Leave the hook out, or give it a function");
  },
};

const HOOKS = Object.getOwnPropertyNames(Callback.prototype).filter((name) => /^on[A-Z]/u.test(name));
const FIELDS = Object.fromEntries(HOOKS.map((hook) => [hook, hookField])) as unknown as Fields<LambdaHooks>;

/** A callback made of functions. It has no state to resume; subclass Callback for that. */
export class LambdaCallback extends Callback {
  static readonly className: string = "LambdaCallback";

  /** @throws {OptionError} for unknown hooks, with the nearest spelling, and for values that are not functions */
  constructor(hooks: LambdaHooks) {
    super();
    for (const [name, hook] of Object.entries(resolveOptions("LambdaCallback", FIELDS, hooks))) {
      if (hook !== undefined) Object.defineProperty(this, name, { value: hook, enumerable: true });
    }
  }
}
