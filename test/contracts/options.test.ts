import { describe, expect, it } from "vitest";
import * as pawl from "../../src/index.js";
import { type OptionsParameter, publicOptions } from "../support/declarations.js";
import { ARGUMENTS, CLASSES, MEMBERS, NO_OPTIONS, OBJECTS, OPERANDS, OWN_ARGUMENTS, WITHIN } from "./options.cases.js";

type Call = (options: unknown) => unknown;

const parameters = publicOptions();
const checked = parameters.filter(({ type }) => !Object.hasOwn(NO_OPTIONS, type));

/** The export under a path: "layers.Dense" of the module. */
function exported(path: string): unknown {
  const [first, member] = path.split(".");
  if (Object.hasOwn(MEMBERS, first!)) return (MEMBERS[first!] as Record<string, unknown>)[member!];
  // What is static in a class goes by the name of the class, wherever it stands.
  const from = [pawl, ...Object.values(pawl)].find((space) => typeof space === "object" && first! in space);
  return path.split(".").reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], from ?? pawl);
}

function argumentsOf({ path, index, before }: OptionsParameter): unknown[] {
  const own = OWN_ARGUMENTS[`${path} ${index}`];
  if (own !== undefined) return own();
  return before.map((name) => {
    const operand = /^(ops|activations)\./u.test(path) ? OPERANDS[name] : undefined;
    if (operand !== undefined) return operand();
    if (!Object.hasOwn(ARGUMENTS, name)) throw new Error(`Add an argument "${name}" to options.cases.ts for ${path}`);
    return ARGUMENTS[name];
  });
}

function callOf(parameter: OptionsParameter): Call {
  const { path } = parameter;
  if (path.startsWith("new ")) {
    const Class =
      CLASSES[`${path} ${parameter.index}`] ?? (exported(path.slice(4)) as new (...args: unknown[]) => unknown);
    return (options) => new Class(...argumentsOf(parameter), options);
  }
  const [owner, method] = path.split("#");
  if (method === undefined) {
    return (options) => (exported(path) as (...args: unknown[]) => unknown)(...argumentsOf(parameter), options);
  }
  if (!Object.hasOwn(OBJECTS, owner!)) throw new Error(`Add an object "${owner}" to options.cases.ts for ${path}`);
  return (options) => {
    const object = OBJECTS[owner!]!() as Record<string, (...args: unknown[]) => unknown>;
    return object[method]!(...argumentsOf(parameter), options);
  };
}

/** What a call throws, synchronously or not. */
async function errorOf(call: Call, options: unknown): Promise<unknown> {
  try {
    await call(options);
  } catch (error) {
    return error;
  }
  return null;
}

async function expectError(call: Call, options: unknown, code: string, fix: RegExp): Promise<void> {
  const error = await errorOf(call, options);
  expect(error).toBeInstanceOf(pawl.OptionError);
  expect(error).toMatchObject({ code, parts: { expected: expect.any(String), fix: expect.stringMatching(fix) } });
}

const NOT_OPTIONS: readonly unknown[] = [7, "text", true, null, [1], Number.NaN, () => 1, new Map(), Symbol("s"), 5n];

async function checkOptions(call: Call, known: readonly string[], notOptions: readonly unknown[]): Promise<void> {
  await expectError(call, { zzUnknown: 1 }, "unknown-option", /^(Leave it out|Did you mean)/u);
  const misspelt = known.find((name) => name.length > 4);
  if (misspelt !== undefined) {
    await expectError(call, { [`${misspelt}x`]: 1 }, "unknown-option", new RegExp(`^Did you mean "${misspelt}"`, "u"));
  }
  const camel = known.find((name) => /[A-Z]/u.test(name));
  if (camel !== undefined) {
    const snake = camel.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
    const hint = new RegExp(`^Did you mean "${camel}"\\? Options are spelled in camelCase`, "u");
    await expectError(call, { [snake]: 1 }, "unknown-option", hint);
  }
  for (const given of notOptions) await expectError(call, given, "options-object", /./u);
}

describe("options of all exports", () => {
  it("are found", () => {
    expect(checked.length).toBeGreaterThan(150);
    expect(new Set(checked.map(({ path }) => path))).toContain("new layers.Dense");
  });

  it.each(checked.map((parameter) => [`${parameter.path} (${parameter.type})`, parameter] as const))(
    "%s: an unknown option and a value that is no options object are errors with the right spelling",
    async (_, parameter) => {
      const known = parameter.options.map(({ name }) => name);
      // Next to batches, a second argument that is a list or null is y.
      const isSecond = ["Model#fit 1", "Model#evaluate 1"].includes(`${parameter.path} ${parameter.index}`);
      const notOptions = isSecond ? [7, "text", true] : NOT_OPTIONS;
      await checkOptions(callOf(parameter), known, notOptions);
    },
  );

  it.each(Object.entries(WITHIN))("%s: the same for nested options", async (path, { known, call }) => {
    const given = NOT_OPTIONS.filter((item) => !isMeant(path, item));
    if (path === "batches of a generator") {
      await expectError(call as Call, { x: [[1]], yy: [1] }, "unknown-option", /Did you mean "y"/u);
    } else await checkOptions(call as Call, known, given);
  });
});

/** What these options accept besides an object. */
function isMeant(path: string, item: unknown): boolean {
  const kind = typeof item;
  // What is neither a function nor an object gets an error that names both.
  if (path === "Records.map of a module") return true;
  if (path === "fit.run") return kind === "string" || item === null;
  if (path === "fit.run.every") return false;
  if (path === "fit.run.keep") return kind === "number";
  return path === "ModelCheckpoint.maxToKeep" && (kind === "number" || item === null);
}

describe("comments on options", () => {
  const seen = new Map(
    checked.flatMap(({ options }) => options).map((option) => [`${option.owner}.${option.name}`, option]),
  );

  it.each([...seen].map(([name, option]) => [name, option] as const))("%s says what it does", (_, option) => {
    expect(option.comment).not.toBe("");
  });

  it("of optional ones give the default", () => {
    // Hooks are options of LambdaCallback; what happens without one need not be said of each.
    const silent = [...seen].filter(
      ([, { owner, optional, comment }]) => optional && owner !== "Callback" && !/[Dd]efault/u.test(comment),
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });
});
