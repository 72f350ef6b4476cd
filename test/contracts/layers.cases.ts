import type * as catalogue from "../../src/layers/catalogue.js";
import type { LayerCase } from "./layer-by-hand.js";
import { activations } from "./layers/activations.cases.js";
import { attention } from "./layers/attention.cases.js";
import { convolution } from "./layers/convolution.cases.js";
import { core } from "./layers/core.cases.js";
import { image } from "./layers/image.cases.js";
import { merging } from "./layers/merging.cases.js";
import { normalization } from "./layers/normalization.cases.js";
import { pooling } from "./layers/pooling.cases.js";
import { preprocessing } from "./layers/preprocessing.cases.js";
import { regularization } from "./layers/regularization.cases.js";
import { reshaping } from "./layers/reshaping.cases.js";
import { rnn } from "./layers/rnn.cases.js";

/** Layers that compute on the host, not in graphs: test/preprocessing/lookups.test.ts has their cases. */
export const ON_HOST = ["HashedCrossing", "Hashing", "IntegerLookup", "StringLookup", "TextVectorization"] as const;

type InGraph = Exclude<keyof typeof catalogue, "InputLayer" | (typeof ON_HOST)[number]>;

/** Rows for every layer, by family. InputLayer computes nothing; test/contracts/network.test.ts covers it in every network. */
export const CASES: Record<InGraph, readonly LayerCase[]> = {
  ...activations,
  ...attention,
  ...convolution,
  ...core,
  ...image,
  ...merging,
  ...normalization,
  ...pooling,
  ...preprocessing,
  ...regularization,
  ...reshaping,
  ...rnn,
};
