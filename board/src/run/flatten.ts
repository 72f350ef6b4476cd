/** Most lines that a setting is shown in. */
const MOST = 500;

/** A tree of settings as paths and texts. */
export function flattened(value: unknown, path = "", out: [string, string][] = []): [string, string][] {
  if (out.length >= MOST) return out;
  const inside = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const plain = Array.isArray(value) && value.every((one) => typeof one !== "object" || one === null);
  if (inside.length === 0 || plain) {
    if (path !== "") out.push([path, plain && Array.isArray(value) ? value.join(", ") : textOf(value)]);
    return out;
  }
  for (const [key, member] of inside) flattened(member, path === "" ? key : `${path}.${key}`, out);
  return out;
}

function textOf(value: unknown): string {
  if (value === null) return "none";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
