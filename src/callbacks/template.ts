import { OptionError } from "../core/errors.js";
import { exponential, fixed, general, repr } from "../core/python-number.js";

/** Values of a template: integers for counters, floats for other fields. */
export type TemplateValues = ReadonlyMap<string, number>;

/** A parsed text with placeholders like `{epoch:02d}` and `{val_loss:.2f}`, as Python's `str.format` reads them. */
export interface Template {
  /** Names of the placeholders, each once, in order. */
  readonly fields: readonly string[];
  /** The text with the values put in; every field must have one. */
  format(values: TemplateValues): string;
}

interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | null;
  readonly type: string;
}

const SPEC = /^(?:(.)?([<>^=]))?([-+ ]?)(0?)(\d*)([,_]?)(?:\.(\d+))?([a-zA-Z%]?)$/su;
const WHOLE_TYPES = ["", "d", "n", "b", "o", "x", "X", "e", "E", "f", "F", "g", "G", "%"];
const FLOAT_TYPES = ["", "n", "e", "E", "f", "F", "g", "G", "%"];

/**
 * Parses a template, and checks formats against the kind of value: `{val_loss:02d}` fails here, not after an epoch.
 * @param where for messages, e.g. "ModelCheckpoint.filepath"
 * @param whole names of the integer fields
 * @throws {OptionError}
 */
export function parseTemplate(text: string, where: string, whole: readonly string[]): Template {
  const parts: (string | { name: string; spec: Spec })[] = [];
  const fail = (why: string): OptionError =>
    new OptionError({
      code: "template",
      what: `${where}: ${why}`,
      received: JSON.stringify(text),
      expected: "placeholders as in Python's str.format, e.g. {epoch:02d} or {val_loss:.2f}",
    });
  for (const [piece] of text.matchAll(/\{\{|\}\}|\{[^{}]*\}|[^{}]+|[{}]/gu)) {
    if (piece === "{{" || piece === "}}") parts.push(piece[0]!);
    else if (piece === "{" || piece === "}")
      throw fail(`a single "${piece}" stands alone; write "${piece}${piece}" for the character`);
    else if (piece.startsWith("{")) parts.push(placeholder(piece.slice(1, -1), whole, fail));
    else parts.push(piece);
  }
  const fields = [...new Set(parts.flatMap((part) => (typeof part === "string" ? [] : [part.name])))];
  return {
    fields,
    format: (values) =>
      parts
        .map((part) =>
          typeof part === "string" ? part : show(values.get(part.name)!, part.spec, whole.includes(part.name)),
        )
        .join(""),
  };
}

function placeholder(
  body: string,
  whole: readonly string[],
  fail: (why: string) => OptionError,
): { name: string; spec: Spec } {
  const colon = body.indexOf(":");
  const name = colon < 0 ? body : body.slice(0, colon);
  if (!/^[A-Za-z_][\w-]*$/u.test(name)) {
    throw fail(name === "" ? "a placeholder needs a name" : `"${name}" is no name of a placeholder`);
  }
  const text = colon < 0 ? "" : body.slice(colon + 1);
  const match = SPEC.exec(text);
  const types = whole.includes(name) ? WHOLE_TYPES : FLOAT_TYPES;
  const type = match?.[8] ?? "";
  if (match === null) throw fail(`"${text}" is no format for {${name}}`);
  if (!types.includes(type))
    throw fail(
      `the format "${type}" of {${name}} does not fit a ${whole.includes(name) ? "whole number" : "number with decimals"}`,
    );
  const precision = match[7] === undefined ? null : Number(match[7]);
  if (precision !== null && whole.includes(name) && ["", "d", "n", "b", "o", "x", "X"].includes(type)) {
    throw fail(`the whole number {${name}} takes no precision`);
  }
  const zero = match[4] === "0";
  return {
    name,
    spec: {
      fill: match[1] ?? (zero ? "0" : " "),
      align: match[2] ?? (zero ? "=" : ">"),
      sign: match[3] ?? "",
      width: Number(match[5] || 0),
      grouping: match[6] ?? "",
      precision,
      type,
    },
  };
}

function show(value: number, spec: Spec, whole: boolean): string {
  const negative = value < 0 || Object.is(value, -0);
  const sign = negative ? "-" : spec.sign === "-" ? "" : spec.sign;
  const body = grouped(digits(Math.abs(value), spec, whole), spec, spec.width - sign.length);
  const missing = Math.max(0, spec.width - sign.length - body.length);
  const pad = spec.fill.repeat(missing);
  if (spec.align === "=") return sign + pad + body;
  if (spec.align === "<") return sign + body + pad;
  if (spec.align === "^") {
    const left = Math.floor(missing / 2);
    return spec.fill.repeat(left) + sign + body + spec.fill.repeat(missing - left);
  }
  return pad + sign + body;
}

/** Inserts separators between groups of three digits, also among the zeros that pad to the width. */
function grouped(body: string, { align, fill, grouping }: Spec, width: number): string {
  if (grouping === "") return body;
  const group = (text: string): string => text.replace(/^\d+/u, (run) => run.replace(/\B(?=(\d{3})+$)/gu, grouping));
  let zeros = "";
  if (align === "=" && fill === "0") while (group(zeros + body).length < width) zeros += "0";
  return group(zeros + body);
}

function digits(value: number, { type, precision }: Spec, whole: boolean): string {
  const places = precision ?? 6;
  switch (type) {
    case "e":
      return exponential(value, places);
    case "E":
      return exponential(value, places).toUpperCase();
    case "f":
      return fixed(value, places);
    case "F":
      return fixed(value, places).toUpperCase();
    case "g":
      return general(value, places);
    case "G":
      return general(value, places).toUpperCase();
    case "%":
      return `${fixed(value * 100, places)}%`;
    case "b":
      return value.toString(2);
    case "o":
      return value.toString(8);
    case "x":
      return value.toString(16);
    case "X":
      return value.toString(16).toUpperCase();
    case "n":
      return whole ? String(value) : general(value, places);
    default:
      if (whole) return String(value);
      return precision === null ? repr(value) : withPoint(general(value, precision));
  }
}

/** Python formats floats with a precision but no type as "g", and keeps a digit after the point. */
function withPoint(text: string): string {
  return /[.einf]/u.test(text) ? text : `${text}.0`;
}
