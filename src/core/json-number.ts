import type { Json } from "./stateful.js";

/** JSON has no NaN and no infinities: they are written as strings. */
export function numberToJson(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/** What {@link numberToJson} wrote. */
export function numberFromJson(value: Json): number {
  return typeof value === "number" ? value : Number(value);
}

/** Whether {@link numberToJson} wrote this for a number that JSON does not have. */
export function isNumberName(value: Json): value is string {
  return value === "NaN" || value === "Infinity" || value === "-Infinity";
}
