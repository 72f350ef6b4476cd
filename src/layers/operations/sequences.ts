import * as ops from "../../ops/index.js";
import type { OperationDefinition } from "../base/operation.js";
import { many, NN, one, type Row } from "./row.js";
import { int, only, operand } from "./settings.js";

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
    only(config, { strategy: "greedy", top_paths: 1 });
    const mergeRepeated = config["merge_repeated"] !== false;
    return ops.ctcDecode(operand(args, 0), operand(args, 1), { mergeRepeated, maskIndex: int(config, "mask_index") });
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
  apply: (inputs, lengths, { strategy = "greedy", mergeRepeated = true, maskIndex = 0 } = {}) => {
    const settings = { strategy, merge_repeated: mergeRepeated, mask_index: maskIndex };
    return many(decoding, [inputs, lengths], settings) as never;
  },
};
