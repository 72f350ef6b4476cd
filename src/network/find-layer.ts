import { OptionError, unknownName } from "../core/errors.js";
import { classNameOf } from "../core/parts.js";
import { valueText } from "../core/value-text.js";
import type { AnyLayer } from "../layers/base/layer.js";

// biome-ignore lint/suspicious/noExplicitAny: classes are made in many ways
export type Class<T> = abstract new (...args: any[]) => T;

interface LayersOfModel {
  readonly label: string;
  readonly layers: readonly AnyLayer[];
}

/** @throws {OptionError} when there is no such layer, or when it is of another class */
export function findLayer(model: LayersOfModel, nameOrIndex: string | number, cls: Class<AnyLayer>): AnyLayer {
  const found = byNameOrIndex(model, nameOrIndex);
  const { label } = found;
  if (found instanceof cls) return found;
  throw new OptionError({
    code: "layer-class",
    what: `${model.label} has another layer there`,
    received: label,
    expected: `a layer of class ${classNameOf(cls)}`,
    fix: "summary() lists the layers and their classes",
  });
}

function byNameOrIndex({ label, layers }: LayersOfModel, nameOrIndex: string | number): AnyLayer {
  const found =
    typeof nameOrIndex === "number" && Number.isInteger(nameOrIndex)
      ? layers.at(nameOrIndex)
      : layers.find((layer) => layer.name === nameOrIndex);
  if (found !== undefined) return found;
  if (typeof nameOrIndex === "string") {
    throw unknownName(
      `${label} has no such layer`,
      nameOrIndex,
      layers.map((layer) => layer.name),
    );
  }
  throw new OptionError({
    code: "layer-index",
    what: `${label} has no such layer`,
    received: valueText(nameOrIndex),
    expected: `a name, or a number from 0 to ${layers.length - 1}`,
    fix: "summary() lists the layers",
  });
}
