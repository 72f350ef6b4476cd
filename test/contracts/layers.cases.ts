import type * as catalogue from "../../src/layers/catalogue.js";
import type { LayerCase } from "./layer-by-hand.js";
import { activations } from "./layers/activations.cases.js";
import { attention } from "./layers/attention.cases.js";
import { convolution } from "./layers/convolution.cases.js";
import { core } from "./layers/core.cases.js";
import { merging } from "./layers/merging.cases.js";
import { normalization } from "./layers/normalization.cases.js";
import { pooling } from "./layers/pooling.cases.js";
import { preprocessing } from "./layers/preprocessing.cases.js";
import { regularization } from "./layers/regularization.cases.js";
import { reshaping } from "./layers/reshaping.cases.js";
import { rnn } from "./layers/rnn.cases.js";

/** Rows for every layer, by family. InputLayer computes nothing; test/contracts/network.test.ts covers it in every network. */
export const CASES: Record<Exclude<keyof typeof catalogue, "InputLayer">, readonly LayerCase[]> = {
  ...activations,
  ...attention,
  ...convolution,
  ...core,
  ...merging,
  ...normalization,
  ...pooling,
  ...preprocessing,
  ...regularization,
  ...reshaping,
  ...rnn,
};
