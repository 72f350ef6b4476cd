import { build } from "./build.js";
import { closeOver } from "./close-over.js";
import { describe, misfit, sameDims } from "./fit.js";
import type { InputValue, Value } from "./value.js";

/** Gradients that somebody states for a value, as a separate graph, whose leaves are its placeholders and constants. */
export interface GradientRule {
  /** Placeholder of the value's own gradient. */
  readonly arriving: InputValue;
  /** Placeholders of what the gradients are computed from besides. */
  readonly residuals: readonly InputValue[];
  /** One for each operand; null where none flows. */
  readonly gradients: readonly (Value | null)[];
}

/**
 * `value`, whose gradients with respect to `xs` are those that `gradient` gives, and no others. `gradient` is called
 * once, at once.
 * @throws {ShapeError} when their number or shapes are not those of `xs`
 */
export function withGradient(
  value: Value,
  xs: readonly Value[],
  gradient: (dy: Value) => readonly (Value | null)[],
): Value {
  const arriving = build.input("dy", value.shape, "float32");
  const dxs = gradient(arriving);
  checkGradients(dxs, xs);
  const { outputs, captured } = closeOver(
    dxs.filter((dx) => dx !== null),
    [arriving],
  );
  const gradients = dxs.map((dx, i) =>
    dx === null ? null : outputs[dxs.slice(0, i).filter((d) => d !== null).length]!,
  );
  const rule: GradientRule = { arriving, residuals: [...captured.values()], gradients };
  return build.customGradient(rule, [value, ...xs, ...captured.keys()]);
}

function checkGradients(dxs: readonly (Value | null)[], xs: readonly Value[]): void {
  const fits = dxs.every((dx, i) => dx === null || (dx.dtype === xs[i]?.dtype && sameDims(dx.shape, xs[i].shape)));
  if (dxs.length === xs.length && fits) return;
  throw misfit(
    "customGradient",
    dxs.filter((dx) => dx !== null),
    `a gradient for each operand: ${xs.map(describe).join(" and ")}`,
    "Sum each gradient over the axes along which its operand was repeated; null means that none flows",
  );
}
