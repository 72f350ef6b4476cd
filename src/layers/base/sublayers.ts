/** The layers among the values of an object's properties: alone, in arrays, or in plain objects. */
export function layersAmong<L>(values: readonly unknown[], isLayer: (value: unknown) => value is L): readonly L[] {
  const found = new Set<L>();
  const collect = (value: unknown): void => {
    if (isLayer(value)) found.add(value);
    else if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
      for (const item of Object.values(value)) if (isLayer(item)) found.add(item);
    }
  };
  values.forEach(collect);
  return [...found];
}
