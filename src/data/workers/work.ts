import { OptionError } from "../../core/errors.js";
import { bool, type Fields, resolveOptions, text } from "../../core/options.js";
import { type FilePath, pathOf } from "../../core/path-of.js";
import { sha256, toHex } from "../../core/sha256.js";
import { isPlainObject, valueText } from "../../core/value-text.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import type { MapFunction } from "./made.js";

/** A function by the module that exports it: for workers, which have the module, not only the function's text. */
export interface MapModule {
  /** The module: `new URL("./prepare.js", import.meta.url)`, or its path. */
  readonly module: FilePath;
  /** The name that the function is exported by. Default "default". */
  readonly export?: string;
  /**
   * Whether the module keeps large arrays that the function returns (a table, a buffer that is filled again): then copies of them
   * leave the worker. false: they themselves do, which is faster. Default true.
   */
  readonly keeps?: boolean;
}

const MODULE: Fields<MapModule> = {
  keeps: bool(true),
  module: { parse: pathOf },
  export: text({ default: "default" }),
};

/** What workers are told: the text of a function, or the module that has it. */
export type Work =
  | { readonly text: string }
  | { readonly path: string; readonly export: string; readonly keeps: boolean };

/** A function as `map` was given it. */
export interface Given<R, S> {
  /** What messages and a run's identity call it. */
  readonly name: string;
  readonly work: Work;
  /** The function itself, for the calling thread. */
  load(): Promise<MapFunction<R, S>>;
  /** Its text, or a digest of its module's: what a file that keeps its results was made with. */
  identity(): Promise<string>;
}

/** @throws {OptionError} for what is neither a function nor a module */
export function givenWork<R, S>(value: unknown, files: Vfs = nodeVfs()): Given<R, S> {
  if (typeof value === "function") {
    const fn = value as MapFunction<R, S>;
    const written = String(fn);
    return { name: fn.name, work: { text: written }, load: async () => fn, identity: async () => written };
  }
  if (!isPlainObject(value)) {
    throw new OptionError({
      code: "wrong-option",
      what: "Records.map is not given a function",
      received: valueText(value),
      expected: "a function of one record, or { module, export }",
      fix: 'Give a function, or { module: new URL("./prepare.js", import.meta.url), export: "prepare" }',
    });
  }
  const { module, export: exported, keeps } = resolveOptions("Records.map", MODULE, value as unknown as MapModule);
  const path = module as string;
  return {
    name: exported,
    work: { path, export: exported, keeps },
    load: () => functionOf(path, exported),
    async identity() {
      const digest = toHex(await sha256([await files.readFile(path)])).slice(0, 32);
      return `${exported} of ${digest}`;
    },
  };
}

/**
 * The function that a module exports.
 * @throws {OptionError} for a module that does not load, or has no such function
 */
export async function functionOf<R, S>(path: string, exported: string): Promise<MapFunction<R, S>> {
  const { pathToFileURL } = await import("node:url");
  const wrong = (received: string, fix: string, cause?: unknown): OptionError =>
    new OptionError({
      code: "map-module",
      what: `map cannot use "${path}"`,
      received,
      expected: `a module that exports a function "${exported}"`,
      fix,
      data: { path, export: exported },
      cause,
    });
  let all: Readonly<Record<string, unknown>>;
  try {
    all = (await import(/* @vite-ignore */ /* webpackIgnore: true */ pathToFileURL(path).href)) as typeof all;
  } catch (cause) {
    throw wrong(String(cause), "Mend the module, or its path", cause);
  }
  const fn = all[exported];
  if (typeof fn !== "function") throw wrong(`exports ${Object.keys(all).join(", ") || "nothing"}`, "Name one of these");
  return fn as MapFunction<R, S>;
}

/**
 * The text of a function as an expression, for a thread that has nothing but it.
 * @throws {OptionError} for a function whose text says nothing, or does not stand alone
 */
export function expressionOf(text: string, name: string): string {
  // Methods are written without the word function.
  const forms = [`(${text})`, `Object.values({ ${text} })[0]`];
  const known = /\{\s*\[native code\]\s*\}$/u.test(text) ? undefined : forms.find(isExpression);
  if (known !== undefined) return known;
  throw new OptionError({
    code: "function-text",
    what: `map(${name}) cannot be sent to workers by its text`,
    received: valueText(text),
    expected: "a function that is written out, and needs nothing but its text",
    fix: 'Give it by its module: map({ module: new URL("./prepare.js", import.meta.url), export: "prepare" }, { workers: 2 })',
  });
}

function isExpression(text: string): boolean {
  try {
    // Read, and never called.
    new Function(`"use strict"; return ${text};`);
    return true;
  } catch {
    return false;
  }
}
