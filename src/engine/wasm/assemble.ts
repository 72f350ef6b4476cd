import { float32Bytes, float64Bytes, signed, unsigned } from "./encode.js";
import { MEMORY_OPCODES, OPCODES, TYPES } from "./opcodes.js";
import { type Expression, parse } from "./text.js";

const IMPORT_MEMORY = 0x02;
const FUNCTION_TYPE = 0x60;
const END = 0x0b;
const NO_RESULT = 0x40;
/** Pages of 64 KiB in 4 GiB. */
const MAX_PAGES = 65_536;

interface FunctionCode {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly results: readonly number[];
  readonly body: readonly number[];
}

/**
 * Assembles functions in the folded form of WebAssembly's text format, `(func $name (param $a i32) (local $b f32) …)`,
 * to a module that imports the memory `env.memory` and exports each function. They return nothing, or `(result i32)`.
 * It supports only what our kernels use; that way they need no compiler and stay readable.
 */
export function assemble(source: string, sharedMemory: boolean): Uint8Array {
  const functions = parse(source).map((expression) => assembleFunction(expression as readonly Expression[]));
  const limits = sharedMemory ? [0x03, ...unsigned(1), ...unsigned(MAX_PAGES)] : [0x00, ...unsigned(1)];
  const list = (types: readonly number[]): number[] => vector(types.map((type) => [type]));
  const types = functions.map(({ parameters, results }) => [FUNCTION_TYPE, ...list(parameters), ...list(results)]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([[...name("env"), ...name("memory"), IMPORT_MEMORY, ...limits]])),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(7, vector(functions.map((code, index) => [...name(code.name), 0x00, ...unsigned(index)]))),
    ...section(10, vector(functions.map(({ body }) => [...unsigned(body.length), ...body]))),
  ]);
}

function assembleFunction(expression: readonly Expression[]): FunctionCode {
  const declared = (kind: string): [string, number][] =>
    expression.flatMap((part): [string, number][] =>
      Array.isArray(part) && part[0] === kind ? [[part[1] as string, TYPES[part[2] as string]!]] : [],
    );
  const parameters = declared("param");
  const locals = declared("local");
  const names = new Map([...parameters, ...locals].map(([local], index) => [local, index]));
  const code: number[] = [];
  const results: number[] = [];
  for (const part of expression.slice(2)) {
    if (!Array.isArray(part) || part[0] === "param" || part[0] === "local") continue;
    if (part[0] === "result") {
      results.push(TYPES[part[1] as string]!);
      continue;
    }
    instruction(part, names, [], code);
  }
  const groups = vector(locals.map(([, type]) => [1, type]));
  return {
    name: (expression[1] as string).slice(1),
    parameters: parameters.map(([, type]) => type),
    results,
    body: [...groups, ...code, END],
  };
}

/** Unfolds the folded form: operands first, then the instruction. `labels`: the innermost is the last. */
function instruction(
  expression: readonly Expression[],
  locals: ReadonlyMap<string, number>,
  labels: readonly string[],
  code: number[],
): void {
  const op = expression[0] as string;
  const rest = expression.slice(1);
  const evaluate = (parts: readonly Expression[], inside = labels): void => {
    for (const part of parts) if (Array.isArray(part)) instruction(part, locals, inside, code);
  };
  const depth = (label: Expression): number[] => unsigned(labels.length - 1 - labels.lastIndexOf(label as string));
  switch (op) {
    case "block":
    case "loop":
      code.push(op === "block" ? 0x02 : 0x03, NO_RESULT);
      evaluate(rest.slice(1), [...labels, rest[0] as string]);
      code.push(END);
      return;
    case "if": {
      evaluate(rest.slice(0, 1));
      code.push(0x04, NO_RESULT);
      const branch = (part: Expression | undefined): void =>
        evaluate((part as readonly Expression[]).slice(1), [...labels, ""]);
      branch(rest[1]);
      if (rest[2] !== undefined) {
        code.push(0x05);
        branch(rest[2]);
      }
      code.push(END);
      return;
    }
    case "br":
      code.push(0x0c, ...depth(rest[0]!));
      return;
    case "br_if":
      evaluate(rest.slice(1));
      code.push(0x0d, ...depth(rest[0]!));
      return;
    case "local.get":
    case "local.set":
    case "local.tee":
      evaluate(rest.slice(1));
      code.push({ "local.get": 0x20, "local.set": 0x21, "local.tee": 0x22 }[op]!, ...unsigned(found(locals, rest[0]!)));
      return;
    case "i32.const":
      code.push(0x41, ...signed(BigInt(rest[0] as string)));
      return;
    case "i64.const":
      code.push(0x42, ...signed(BigInt(rest[0] as string)));
      return;
    case "f32.const":
      code.push(0x43, ...float32Bytes(Number(rest[0])));
      return;
    case "f64.const":
      code.push(0x44, ...float64Bytes(Number(rest[0])));
      return;
    default:
      evaluate(rest);
      code.push(...plain(op, rest));
  }
}

function plain(op: string, rest: readonly Expression[]): readonly number[] {
  const memory = MEMORY_OPCODES[op];
  if (memory !== undefined) {
    const offset = typeof rest[0] === "string" ? Number(rest[0].replace("offset=", "")) : 0;
    return [...memory[0], memory[1], ...unsigned(offset)];
  }
  if (op === "i8x16.shuffle") return [0xfd, 0x0d, ...rest.filter((part) => typeof part === "string").map(Number)];
  if (op === "f32x4.extract_lane") return [0xfd, 0x1f, Number(rest[0])];
  if (op === "i32x4.replace_lane") return [0xfd, 0x1c, Number(rest[0])];
  const known = OPCODES[op];
  if (known === undefined) throw new Error(`The assembler does not know ${op}`);
  return known;
}

function found(locals: ReadonlyMap<string, number>, name: Expression): number {
  const index = locals.get(name as string);
  if (index === undefined) throw new Error(`A kernel has no local ${String(name)}`);
  return index;
}

const vector = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];

const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content];

function name(text: string): number[] {
  const bytes = [...new TextEncoder().encode(text)];
  return [...unsigned(bytes.length), ...bytes];
}
