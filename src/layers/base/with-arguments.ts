import { OptionError } from "../../core/errors.js";
import { checkArguments, notOptions } from "../../core/options.js";
import { classNameOf } from "../../core/parts.js";
import { isPlainObject, valueText } from "../../core/value-text.js";
import { layerFields } from "../options/layer-options.js";

/**
 * The options of a layer of which some stand before the others as arguments.
 * @param cls the class that is made, `new.target`
 * @param args these arguments by their names, in order
 * @throws {OptionError} when one object stands in their place, one of them is an option too, or the options are none
 */
export function withArguments<A extends object, O extends object>(cls: object, args: A, options: O | undefined): A & O {
  const owner = classNameOf(cls);
  const names = Object.keys(args);
  checkArguments(owner, names, Object.values(args)[0]);
  checkOptions(cls, options);
  const twice = names.find((name) => options !== undefined && Object.hasOwn(options, name));
  if (twice !== undefined) {
    throw new OptionError({
      code: "argument-twice",
      what: `${owner} got ${twice} twice, as an argument and as an option`,
      received: `${valueText(args[twice as keyof A])} and ${valueText((options as Record<string, unknown>)[twice])}`,
      expected: `${twice} before the options alone`,
      fix: "Take it out of the options",
    });
  }
  return { ...args, ...options } as A & O;
}

/** @throws {OptionError} when something else than an options object was given to a class of layers */
export function checkOptions(cls: object, options: unknown): void {
  if (options === undefined || isPlainObject(options)) return;
  const { fields } = cls as { readonly fields?: object };
  const table = { ...fields, ...layerFields } as typeof layerFields;
  const positional = (cls as { readonly positional?: readonly string[] }).positional ?? [];
  const named = Object.entries(table).filter(([name]) => !positional.includes(name));
  throw notOptions(classNameOf(cls), options, Object.fromEntries(named));
}
