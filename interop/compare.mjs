// What Pawl's sides of the exchange share: tensors as JSON, and how far two results are apart.

import { Tensor } from "../dist/index.js";

export const PREDICTION_TOLERANCE = 1e-5;
export const LOSS_TOLERANCE = 1e-4;

export function fromJson(value) {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(fromJson);
  if ("named" in value) return mapped(value.named, fromJson);
  return new Tensor(value.data, value.shape, value.dtype);
}

export function toJson(value) {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map(toJson);
  if (!("shape" in value)) return { named: mapped(value, toJson) };
  return { shape: [...value.shape], dtype: value.dtype, data: [...value.data].map(Number) };
}

const mapped = (named, one) => Object.fromEntries(Object.entries(named).map(([key, item]) => [key, one(item)]));

/** The tensors of a structure; those of a dictionary in the order of its keys. */
export function asList(value) {
  if (Array.isArray(value)) return value;
  if ("shape" in value) return [value];
  const named = value.named ?? value;
  return Object.keys(named)
    .sort()
    .map((key) => named[key]);
}

/**
 * Largest difference relative to the largest magnitude, or to `least` if that is more; infinite when shapes differ or
 * something is no number.
 */
export function largestDifference(received, expected, least = 1e-6) {
  if (received.length !== expected.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  received.forEach((a, i) => {
    const b = expected[i];
    if (a.length !== b.length) worst = Number.POSITIVE_INFINITY;
    let scale = least;
    for (const value of b) scale = Math.max(scale, Math.abs(value));
    for (let j = 0; j < b.length; j++) {
      const difference = Math.abs(a[j] - b[j]) / scale;
      worst = Number.isFinite(difference) ? Math.max(worst, difference) : Number.POSITIVE_INFINITY;
    }
  });
  return worst;
}

/** The same for tensors (ours against those of JSON); infinite when their shapes differ. */
export function tensorDifference(received, expected, least) {
  const tensors = asList(received);
  const sameShape =
    tensors.length === expected.length &&
    tensors.every((tensor, i) => String(tensor.shape) === String(expected[i].shape));
  if (!sameShape) return Number.POSITIVE_INFINITY;
  return largestDifference(
    tensors.map(({ data }) => data),
    expected.map(({ data }) => data),
    least,
  );
}

/** The options of `fit` that a case names. */
export function fitOptions(one) {
  return {
    batchSize: one.batchSize,
    initialEpoch: one.firstEpoch,
    epochs: one.lastEpoch,
    shuffle: false,
    verbose: 0,
    ...(one.classWeight ? { classWeight: one.classWeight } : {}),
    ...(one.sampleWeight ? { sampleWeight: fromJson(one.sampleWeight) } : {}),
    ...(one.validation ? { validationData: [fromJson(one.x), fromJson(one.y)] } : {}),
  };
}
