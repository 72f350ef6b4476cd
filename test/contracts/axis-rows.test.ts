import { expect, test } from "vitest";
import { Input, layers, ShapeError } from "../../src/index.js";

/** Layers whose weights lie along an axis of the user's choice, all on that of the rows. */
const ALONG_ROWS: Readonly<Record<string, () => layers.Layer>> = {
  BatchNormalization: () => new layers.BatchNormalization({ axis: 0 }),
  "BatchNormalization, from the end": () => new layers.BatchNormalization({ axis: -3 }),
  LayerNormalization: () => new layers.LayerNormalization({ axis: 0 }),
  "LayerNormalization of several axes": () => new layers.LayerNormalization({ axis: [0, 2] }),
  RMSNormalization: () => new layers.RMSNormalization({ axis: 0 }),
  GroupNormalization: () => new layers.GroupNormalization({ groups: 1, axis: 0 }),
};

test.each(Object.entries(ALONG_ROWS))("%s refuses weights for each row of a batch, and says why", (_, make) => {
  const x = Input({ shape: [4, 2] });
  const apply = () => make().apply(x as never);
  expect(apply).toThrow(ShapeError);
  expect(apply).toThrow(
    /cannot have weights along axis (0|-3), which counts the rows\. Received: \(\?, 4, 2\)\. Expected: an axis of features\. Give another axis; -1 is the last one/,
  );
});
