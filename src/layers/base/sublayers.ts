/**
 * The layers among the values of an object's properties: alone, or in lists, maps, sets and plain objects, however these
 * are nested, in their order.
 */
export function layersAmong<L>(values: readonly unknown[], isLayer: (value: unknown) => value is L): readonly L[] {
  const found = new Set<L>();
  const visited = new Set<object>();
  const collect = (value: unknown): void => {
    if (isLayer(value)) found.add(value);
    else if (typeof value === "object" && value !== null && !visited.has(value)) {
      visited.add(value);
      for (const item of itemsOf(value)) collect(item);
    }
  };
  values.forEach(collect);
  return [...found];
}

function itemsOf(value: object): Iterable<unknown> {
  if (Array.isArray(value) || value instanceof Set) return value;
  if (value instanceof Map) return value.values();
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? Object.values(value) : [];
}
