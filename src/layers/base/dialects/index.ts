import { type KeyTable, translated } from "../../../core/dialect.js";
import type { Config } from "../../../core/parts.js";
import { KERAS_1, KERAS_1_COMMON } from "./keras1.js";
import { KERAS_2, KERAS_2_COMMON } from "./keras2.js";

export { modernClass } from "./classes.js";

/**
 * A layer's config in today's words, whichever Keras wrote it.
 * @param cls the layer's class; what was true of a class above it is true of it
 */
export function modernConfig(cls: { readonly className: string }, config: Config, where: string): Config {
  return translated(
    config,
    where,
    ...tablesOf(cls, KERAS_2),
    ...tablesOf(cls, KERAS_1),
    KERAS_2_COMMON,
    KERAS_1_COMMON,
  );
}

function tablesOf(
  cls: { readonly className?: string },
  tables: { readonly [className: string]: KeyTable },
): KeyTable[] {
  const found: KeyTable[] = [];
  for (let at = cls; typeof at === "function"; at = Object.getPrototypeOf(at) as typeof cls) {
    const { className } = at as { readonly className?: string };
    if (className !== undefined && Object.hasOwn(tables, className)) found.push(tables[className]!);
  }
  return found;
}
