export { fileStart, type Point, pointRecord, pointsOf, readEvents } from "./events.js";
export type { Pixels } from "./png.js";
export { type EventValue, histogram, images, modelGraph, scalar, text } from "./values.js";
