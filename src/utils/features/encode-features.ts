import { OptionError } from "../../core/errors.js";
import * as layers from "../../layers/index.js";
import type { Cross, Feature } from "./feature.js";

interface Parts {
  readonly label: string;
  readonly features: Readonly<Record<string, Feature>>;
  readonly crosses: readonly Cross[];
  readonly crossers: Readonly<Record<string, layers.HashedCrossing>>;
  readonly inputs: Readonly<Record<string, layers.KerasTensor>>;
  readonly outputMode: "concat" | "dict";
}

/** The encoded features in Keras's order: features by name, then crosses by name. */
export function encodeFeatures(parts: Parts): layers.KerasTensor | Readonly<Record<string, layers.KerasTensor>> {
  const { features, crosses, crossers, inputs, outputMode, label } = parts;
  const prepared: Record<string, layers.KerasTensor> = {};
  for (const [name, { preprocessor }] of Object.entries(features)) prepared[name] = preprocessor.apply(inputs[name]!);
  const encoded: Record<string, layers.KerasTensor> = {};
  for (const name of Object.keys(features).sort()) {
    const { preprocessor, outputMode: mode } = features[name]!;
    encoded[name] = mode === "one_hot" ? oneHot(label, name, prepared[name]!, preprocessor) : prepared[name]!;
  }
  for (const cross of [...crosses].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const crosser = crossers[cross.name]!;
    const crossed = crosser.apply(cross.featureNames.map((feature) => prepared[feature]!));
    encoded[cross.name] = cross.outputMode === "one_hot" ? oneHot(label, cross.name, crossed, crosser) : crossed;
  }
  if (outputMode === "dict") return encoded;
  const whole = Object.entries(encoded).find(([, { dtype }]) => dtype.startsWith("int"));
  if (whole !== undefined) {
    throw new OptionError({
      code: "feature-concat",
      what: `${label} cannot put its features side by side, since "${whole[0]}" is not encoded`,
      received: `whole numbers of dtype ${whole[1].dtype}`,
      expected: 'features with outputMode "one_hot" or "float"',
      fix: 'Give it outputMode: "one_hot", or the space outputMode: "dict"',
    });
  }
  const all = Object.values(encoded);
  return all.length === 1 ? all[0]! : new layers.Concatenate().apply(all);
}

function oneHot(label: string, name: string, ids: layers.KerasTensor, layer: layers.AnyLayer): layers.KerasTensor {
  return new layers.CategoryEncoding(sizeOf(label, name, layer), { outputMode: "multi_hot" }).apply(ids);
}

/** How many different ids a layer gives. */
function sizeOf(label: string, name: string, layer: layers.AnyLayer): number {
  if (layer instanceof layers.IntegerLookup || layer instanceof layers.StringLookup) return layer.vocabularySize();
  if (layer instanceof layers.CategoryEncoding) return layer.options.numTokens;
  if (layer instanceof layers.Discretization) return layer.options.numBins ?? layer.binBoundaries!.length + 1;
  if (layer instanceof layers.HashedCrossing || layer instanceof layers.Hashing) return layer.options.numBins;
  throw new OptionError({
    code: "feature-size",
    what: `${label} does not know how many different ids the feature "${name}" has, so it cannot encode them one-hot`,
    received: layer.label,
    expected: "a lookup, a hash, a discretization or a category encoding",
    fix: 'Give the feature outputMode: "int" or "float"',
  });
}
