import { keepCounts } from "./keep-counts.js";

/** No class has a longer name; a longer one in a file is not worth the time. */
const LONGEST_CLASS = 500;

/**
 * Keras's snake case of a class name: `Conv1D` -> `conv1d`, `PReLU` -> `p_re_lu`, `BatchNormalization` ->
 * `batch_normalization` (keras.src.utils.naming.to_snake_case).
 */
export function snakeCase(className: string): string {
  return className
    .slice(0, LONGEST_CLASS)
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** Classes that Keras exports under another name than they have themselves. */
const OWN_NAMES: Readonly<Record<string, string>> = { GroupQueryAttention: "GroupedQueryAttention" };

/** A class's own name in Keras, by which old formats know it. */
export function ownClassName(className: string): string {
  return Object.hasOwn(OWN_NAMES, className) ? OWN_NAMES[className]! : className;
}

/** What objects of a class are called without a name of their own, and where they lie in files. */
export function objectName(className: string): string {
  return snakeCase(ownClassName(className));
}

/** `batchSize` -> `batch_size`: the on-disk spelling of an option. Digits stay attached (`beta1` needs an explicit name). */
export function optionToKeras(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const counters = new Map<string, number>();

/** A name not yet used in this process: `dense`, `dense_1`, `dense_2`, … counted as in Keras. */
export function uniqueName(className: string): string {
  const prefix = objectName(className);
  const count = counters.get(prefix) ?? 0;
  counters.set(prefix, count + 1);
  return count === 0 ? prefix : `${prefix}_${count}`;
}

/** Resets all counters of {@link uniqueName} (Keras's `clear_session`). */
export function resetNames(): void {
  counters.clear();
}

/** Runs `body` without counting the names it gives. */
export function keepNames<T>(body: () => T): T {
  return keepCounts(counters, body);
}
