import type { ExportFormat } from "./format.js";

/** All formats of `pawl export RUN --to FORMAT`: a row each, its code in a file of its own. */
export const FORMATS: { readonly [name: string]: ExportFormat } = {
  csv: {
    about: "a table of epochs, or of steps",
    into: "file",
    load: async () => (await import("./csv.js")).toCsv,
  },
  jsonl: {
    about: "the same, an object a line",
    into: "file",
    load: async () => (await import("./jsonl.js")).toJsonLines,
  },
  html: {
    about: "a page with curves, settings and checkpoints",
    into: "file",
    load: async () => (await import("./html.js")).toHtml,
  },
  tensorboard: {
    about: "event files as callbacks.TensorBoard writes them, below a folder of logs",
    into: "folder",
    load: async () => (await import("./tensorboard.js")).toTensorBoard,
  },
};
