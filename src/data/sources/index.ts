export { type CsvOptions, csv } from "./csv.js";
export type { CsvType, CsvValue } from "./csv-columns.js";
export { type JsonLinesOptions, jsonLines } from "./json-lines.js";
export type { FilePaths } from "./source-files.js";
export type { TextEncoding } from "./text-encoding.js";
export { type TextLine, type TextLinesOptions, textLines } from "./text-lines.js";
