import type { Shape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import { lastAxis } from "../base/shape-checks.js";
import { weightParts } from "../base/weight-parts.js";
import { RecurrentCell } from "./recurrent-cell.js";
import type { CellSettings } from "./recurrent-settings.js";

/** A cell of vectors: a product with the input and one with the state, of as many parts as it has gates. */
export abstract class UnitsCell<S extends CellSettings> extends RecurrentCell<S> {
  static override readonly positional: readonly string[] = ["units"];

  kernel!: Variable;
  recurrentKernel!: Variable;
  bias: Variable | null = null;

  /** Weights kernel (features, parts * units) and recurrent_kernel (units, parts * units). */
  protected addKernels(shape: Shape, parts: number): void {
    const { units } = this.options as CellSettings;
    this.kernel = this.addWeight("kernel", {
      shape: [lastAxis(this, shape), parts * units],
      ...weightParts(this.options, "kernel"),
    });
    this.recurrentKernel = this.addWeight("recurrent_kernel", {
      shape: [units, parts * units],
      ...weightParts(this.options, "recurrent"),
    });
  }
}
