import { OptionError } from "../../core/errors.js";
import { isPlainObject, valueText } from "../../core/value-text.js";
import type { Value } from "../../graph/value.js";
import { isValue } from "../../ops/operand.js";
import type { CallForm } from "../base/call-form.js";
import type { Inputs } from "../base/inputs.js";

/** Boxes (batch, boxes, 4) and their labels (batch, boxes). */
export interface BoundingBoxes {
  readonly boxes: Value;
  readonly labels: Value;
}

/** A batch of images with what belongs to them and changes with them. */
export interface ImageRecord {
  /** (batch, height, width, channels), or with the channels first. */
  readonly images: Value;
  /** (batch, classes). */
  readonly labels?: Value;
  /** Classes of pixels, laid out as the images. */
  readonly segmentationMasks?: Value;
  readonly boundingBoxes?: BoundingBoxes;
}

const KEYS = ["images", "labels", "segmentationMasks", "boundingBoxes"];
const BOXES = ["boxes", "labels"];

/** The names of the values of a row that came as a record: "boundingBoxes.boxes" for those of a record in it. */
const names = new WeakMap<object, readonly string[]>();

function rowOf(record: { readonly [name: string]: unknown }): readonly Value[] {
  const entries = Object.entries(record).flatMap(([name, part]): (readonly [string, unknown])[] =>
    name === "boundingBoxes" && isPlainObject(part)
      ? Object.entries(part).map(([inner, value]) => [`${name}.${inner}`, value] as const)
      : [[name, part]],
  );
  const known = entries.every(([name, part]) => {
    const [outer, inner] = name.split(".") as [string, string?];
    return KEYS.includes(outer) && (inner === undefined || BOXES.includes(inner)) && isValue(part);
  });
  if (!known || !("images" in record)) {
    throw new OptionError({
      code: "image-record",
      what: "A layer for images takes images, or a record of values with these names",
      received: `{ ${entries.map(([name, part]) => `${name}: ${isValue(part) ? "a value" : valueText(part)}`).join(", ")} }`,
      expected:
        "{ images, labels, segmentationMasks, boundingBoxes: { boxes, labels } }, of which images must be there",
      fix: "Records are for values, in a layer's call or a step of your own; in a network give the layer its images",
    });
  }
  const row = entries.map(([, part]) => part as Value);
  names.set(
    row,
    entries.map(([name]) => name),
  );
  return row;
}

function recordOf(row: readonly unknown[], known: readonly string[]): object {
  const record: Record<string, unknown> = {};
  known.forEach((name, i) => {
    const [outer, inner] = name.split(".") as [string, string?];
    if (inner === undefined) record[outer] = row[i];
    else record[outer] = { ...(record[outer] as object | undefined), [inner]: row[i] };
  });
  return record;
}

const inRecord = (row: unknown): unknown => {
  const known = Array.isArray(row) ? names.get(row) : undefined;
  return known === undefined ? row : recordOf(row as readonly unknown[], known);
};

/** How layers for images are called: with images, or with a record of which they are a part. */
export const IMAGES: CallForm = {
  takes: null,
  inward: (given) => (isPlainObject(given) && !isValue(given) ? rowOf(given) : given),
  toCall: (row) => inRecord(row) as never,
  fromCall: (result) => (isPlainObject(result) && !isValue(result) ? rowOf(result) : result) as Inputs,
  outward: (row) => inRecord(row) as never,
};
