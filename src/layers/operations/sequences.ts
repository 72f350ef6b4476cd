import * as ops from "../../ops/index.js";
import type { OperationDefinition } from "../base/operation.js";
import { many, NN, one, type Row } from "./row.js";
import { int, operand, word } from "./settings.js";

const loss: OperationDefinition = {
  className: "CTCLoss",
  module: NN,
  parameters: ["target", "output", "target_length", "output_length"],
  fields: { mask_index: 0 },
  compute: (args, config) =>
    ops.ctcLoss(operand(args, 0), operand(args, 1), operand(args, 2), operand(args, 3), {
      maskIndex: int(config, "mask_index"),
    }),
};

const decoding: OperationDefinition = {
  className: "CTCDecode",
  module: NN,
  parameters: ["inputs", "sequence_lengths"],
  fields: { strategy: "greedy", beam_width: 100, top_paths: 1, merge_repeated: true, mask_index: 0 },
  compute: (args, config) => {
    const strategy = word(config, "strategy", ["greedy", "beam_search"]);
    const isSearch = strategy === "beam_search";
    return ops.ctcDecode(operand(args, 0), operand(args, 1), {
      strategy,
      ...(isSearch ? { beamWidth: int(config, "beam_width"), topPaths: int(config, "top_paths") } : {}),
      // Keras's search merges whatever this says.
      mergeRepeated: isSearch || config["merge_repeated"] !== false,
      maskIndex: int(config, "mask_index"),
    });
  },
};

export const ctcLoss: Row<typeof ops.ctcLoss> = {
  definitions: [loss],
  operands: [0, 1, 2, 3],
  apply: (target, output, targetLength, outputLength, { maskIndex = 0 } = {}) =>
    one(loss, [target, output, targetLength, outputLength], { mask_index: maskIndex }),
};
export const ctcDecode: Row<typeof ops.ctcDecode> = {
  definitions: [decoding],
  operands: [0, 1],
  apply: (inputs, lengths, options = {}) => {
    const { strategy = "greedy", beamWidth = 100, topPaths = 1, mergeRepeated = true, maskIndex = 0 } = options;
    const beams = { beam_width: beamWidth, top_paths: topPaths };
    const settings = { strategy, ...beams, merge_repeated: mergeRepeated, mask_index: maskIndex };
    return many(decoding, [inputs, lengths], settings) as never;
  },
};
