const LONGEST = 80;

/** Any value as messages show it: short, on one line, and without running the value's own code. */
export function valueText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return shortened(JSON.stringify(value));
    case "bigint":
      return shortened(`${value}n`);
    case "function":
      return isClass(value) ? `the class ${value.name}` : value.name === "" ? "a function" : `function ${value.name}`;
    case "object":
      return value === null ? "null" : showObject(value);
    default:
      return Object.is(value, -0) ? "-0" : String(value);
  }
}

function showObject(value: object): string {
  if (Array.isArray(value)) return showList(value);
  const name = className(value);
  if (ArrayBuffer.isView(value)) return "length" in value ? `a ${name} of ${value.length}` : `a ${name}`;
  return name === null || name === "Object" ? json(value, "an object") : `a ${name}`;
}

function showList(list: readonly unknown[]): string {
  const plain = list.length <= 20 && list.every((item) => typeof item !== "object" || item === null);
  return plain ? shortened(`[${list.map(valueText).join(", ")}]`) : json(list, `a list of ${list.length}`);
}

function json(value: object, otherwise: string): string {
  try {
    const text = JSON.stringify(value, (_, item: unknown) => {
      if (item === value || Array.isArray(item) || isPlainObject(item)) return item;
      return typeof item === "object" && item !== null ? valueText(item) : typeof item === "bigint" ? `${item}n` : item;
    });
    return text.length <= LONGEST ? text : otherwise === "an object" ? shortened(text) : otherwise;
  } catch {
    return otherwise;
  }
}

/** Whether it is a plain object, of this or another realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The class name of an object; null if it has none. */
function className(value: object): string | null {
  const prototype = Object.getPrototypeOf(value) as { readonly constructor?: unknown } | null;
  const made = prototype?.constructor;
  return typeof made === "function" && made.name !== "" ? made.name : null;
}

/** Whether a function is a class, callable only with `new`. */
export function isClass(value: unknown): boolean {
  if (typeof value !== "function") return false;
  return typeof value.prototype === "object" && /^class\b/u.test(Function.prototype.toString.call(value));
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
