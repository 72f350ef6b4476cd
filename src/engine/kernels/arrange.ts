import { batchAxisOf, product } from "../../graph/fit.js";
import { swapsLastTwo } from "../../graph/perm.js";
import type { Dims, Value } from "../../graph/value.js";
import { addressOf, floats, type Kernel, segmentOf } from "./kernel.js";
import { rowsText, tilesText } from "./text/arrange.js";

/** A tensor whose elements are read in another order: that at (i, j, …) is the source's at start + i * steps[0] + …. */
interface View {
  readonly source: Value;
  readonly start: number;
  readonly sizes: readonly number[];
  readonly steps: readonly number[];
}

interface Axis {
  readonly size: number;
  readonly step: number;
}

/** What comes from a source, and how it is arranged. */
export interface Arrangement {
  readonly source: Value;
  readonly kernel: Kernel;
}

/** Fewer elements than these are left to the session, which does many small things in one go. */
const LEAST = 2048;
/** The most axes that the loops are written for, after those side by side have become one. */
const MOST_AXES = 6;

/**
 * The kernel for weights that are only put into another order (transposed, reversed), as convolutions need theirs;
 * undefined for anything else. ONNX Runtime takes up to 15 ns for each element of a kernel, this a tenth of it.
 */
export function arranged(value: Value, given: ReadonlySet<Value>): Arrangement | undefined {
  // As long as nothing but the shape changes after it, it need not be copied again.
  const moved = value.op === "reshape" && !given.has(value.inputs[0]!) ? value.inputs[0]! : value;
  if (moved.op !== "transpose" && moved.op !== "reverse") return undefined;
  if (batchAxisOf(value.shape) >= 0 || value.dtype !== "float32" || product(value.shape) < LEAST) return undefined;
  if (moved.op === "transpose" && swapsLastTwo((moved as Value<"transpose">).attrs.perm)) return undefined;
  const { source, start, sizes, steps } = viewOf(moved, given);
  const axes = merged(sizes, steps);
  const kernel = kernelOf(axes, start);
  return kernel && { source, kernel };
}

function viewOf(value: Value, given: ReadonlySet<Value>): View {
  if (!given.has(value) && value.op === "transpose") {
    const { perm } = (value as Value<"transpose">).attrs;
    const view = viewOf(value.inputs[0]!, given);
    return { ...view, sizes: perm.map((axis) => view.sizes[axis]!), steps: perm.map((axis) => view.steps[axis]!) };
  }
  if (!given.has(value) && value.op === "reverse") {
    const { axis } = (value as Value<"reverse">).attrs;
    const view = viewOf(value.inputs[0]!, given);
    const steps = view.steps.map((step, i) => (i === axis ? -step : step));
    return { ...view, start: view.start + (view.sizes[axis]! - 1) * view.steps[axis]!, steps };
  }
  return { source: value, start: 0, sizes: value.shape, steps: stepsOf(value.shape) };
}

const stepsOf = (shape: Dims): number[] => shape.map((_, axis) => product(shape.slice(axis + 1)));

/** Without axes of one element; axes of which one continues the other become one. */
function merged(sizes: readonly number[], steps: readonly number[]): readonly Axis[] {
  const axes: Axis[] = [];
  for (const [i, size] of sizes.entries()) {
    if (size === 1) continue;
    const last = axes.at(-1);
    const step = steps[i]!;
    if (last?.step === step * size) axes[axes.length - 1] = { size: last.size * size, step };
    else axes.push({ size, step });
  }
  return axes;
}

function kernelOf(axes: readonly Axis[], start: number): Kernel | undefined {
  const sizes = axes.map(({ size }) => size);
  const targets = stepsOf(sizes);
  const last = axes.length - 1;
  const inner = axes.findIndex(({ step }) => step === 1);
  if (axes.length < 2 || axes.length > MOST_AXES || inner < 0) return undefined;
  const outer = axes.flatMap(({ size, step }, i) =>
    i === last || i === inner ? [] : [size, step * 4, targets[i]! * 4],
  );
  const isRows = inner === last;
  const text = isRows ? rowsText(axes.length - 1) : tilesText(axes.length - 2);
  const own = isRows ? [] : [axes[last]!.step * 4, sizes[inner]!, targets[inner]! * 4];
  return {
    call([x], [y]) {
      const segment = segmentOf([x!, y!]);
      if (segment === undefined) return null;
      const parameters = [addressOf(x!) + start * 4, addressOf(y!), ...outer, sizes[last]!, ...own];
      return { text, name: "arrange", segment, parameters };
    },
    compute([x], [y]) {
      const [from, to] = [floats(x!), floats(y!)];
      for (let i = 0; i < to.length; i++) {
        const at = (sum: number, { step, size }: Axis, axis: number): number =>
          sum + (Math.floor(i / targets[axis]!) % size) * step;
        to[i] = from[axes.reduce(at, start)]!;
      }
    },
  };
}
