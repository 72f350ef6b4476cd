import type { Json } from "../../core/stateful.js";

/** The layers of one description: how often each stands there, and the ids of those that stand there more than once. */
interface Sharing {
  readonly times: Map<object, number>;
  readonly ids: ReadonlyMap<object, number>;
}

let current: Sharing | null = null;

/**
 * Describes a model. A layer that the description has in several places gets Keras's `shared_object_id` in all of them,
 * so that one layer comes back. Descriptions inside one belong to it.
 */
export function withSharing<T>(describe: () => T): T {
  if (current !== null) return describe();
  const first: Sharing = { times: new Map(), ids: new Map() };
  const description = within(first, describe);
  const several = [...first.times].filter(([, times]) => times > 1);
  if (several.length === 0) return description;
  return within({ times: new Map(), ids: new Map(several.map(([layer], i) => [layer, i + 1])) }, describe);
}

/** Describes layers that are no part of the description underway. */
export function unshared<T>(describe: () => T): T {
  return within(null, describe);
}

/** Notes that the description has the layer here. @returns what else its dictionary says then */
export function sharedId(layer: object): { readonly [key: string]: Json } {
  if (current === null) return {};
  current.times.set(layer, (current.times.get(layer) ?? 0) + 1);
  const id = current.ids.get(layer);
  return id === undefined ? {} : { shared_object_id: id };
}

let restored: Map<number, object> | null = null;

/** Restores a description, or a part of one. @param restore gets what has been restored of it, by `shared_object_id` */
export function restoring<T>(restore: (known: Map<number, object>) => T): T {
  if (restored !== null) return restore(restored);
  restored = new Map();
  try {
    return restore(restored);
  } finally {
    restored = null;
  }
}

/** Restores a description that is no part of the one underway. */
export function restoringApart<T>(restore: () => T): T {
  const outer = restored;
  restored = null;
  try {
    return restore();
  } finally {
    restored = outer;
  }
}

function within<T>(sharing: Sharing | null, describe: () => T): T {
  const outer = current;
  current = sharing;
  try {
    return describe();
  } finally {
    current = outer;
  }
}
