import type { DataFormat } from "../options/data-format.js";

/** Sizes of a layer whose outputs each see a window of the input with weights of their own. */
export interface WindowShape {
  /** Sizes of the input's spatial axes, and of the window. */
  readonly from: readonly number[];
  readonly window: readonly number[];
  readonly strides: readonly number[];
  readonly padding: "valid" | "same";
  readonly dataFormat: DataFormat;
  readonly channels: number;
  readonly filters: number;
}

/** What each place of the output sees of the input, and where the elements lie in one line of input and output. */
export interface Connections {
  /** Sizes of the output's spatial axes. */
  readonly to: readonly number[];
  /** Places of the output, and what each sees: channels of its window. */
  readonly places: number;
  readonly features: number;
  /** (places, features): the element of the input; -1 outside of it. */
  readonly inputs: Int32Array;
}

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/** Sizes of the output's spatial axes; below 1 where the window does not fit. */
export function placesOf({ from, window, strides, padding }: WindowShape): number[] {
  return from.map((size, i) => Math.ceil((padding === "same" ? size : size - window[i]! + 1) / strides[i]!));
}

/** As Keras 2 connects them: "same" has the window around the place, and what is outside of the input is left out. */
export function connectionsOf(shape: WindowShape): Connections {
  const { from, window, strides, padding, channels, dataFormat } = shape;
  const to = placesOf(shape);
  const [places, width] = [product(to), product(window)];
  const [whole, features] = [product(from), width * channels];
  const inputs = new Int32Array(places * features);
  for (let place = 0; place < places; place++) {
    const corner = coordinates(place, to).map((at, i) => {
      return at * strides[i]! - (padding === "same" ? Math.floor(window[i]! / 2) : 0);
    });
    for (let offset = 0; offset < width; offset++) {
      const at = coordinates(offset, window).map((step, i) => corner[i]! + step);
      const isInside = at.every((position, i) => position >= 0 && position < from[i]!);
      const position = at.reduce((sum, one, i) => sum * from[i]! + one, 0);
      for (let channel = 0; channel < channels; channel++) {
        const [feature, input] =
          dataFormat === "channels_last"
            ? [offset * channels + channel, position * channels + channel]
            : [channel * width + offset, channel * whole + position];
        inputs[place * features + feature] = isInside ? input : -1;
      }
    }
  }
  return { to, places, features, inputs };
}

/** Where an element of the output lies in a line of it. */
const outputOf = (
  { filters, dataFormat }: WindowShape,
  { places }: Connections,
  place: number,
  filter: number,
): number => (dataFormat === "channels_last" ? place * filters + filter : filter * places + place);

/** Elements (places, features, filters) of a matrix from all of the input to all of the output, in one line. */
export function idsInMatrix(shape: WindowShape, connections: Connections): Int32Array {
  const columns = connections.places * shape.filters;
  return idsOf(shape, connections, (input, output) => input * columns + output);
}

/** The same in a list of the connections there are: by output, then by input. */
export function idsInList(shape: WindowShape, connections: Connections): Int32Array {
  const { places, features, inputs } = connections;
  const starts = new Int32Array(places * shape.filters);
  const counts = Array.from({ length: places }, (_, place) => countIn(inputs, place * features, features));
  const order = Array.from({ length: places * shape.filters }, (_, i) => i);
  const placeOf = (output: number): number =>
    shape.dataFormat === "channels_last" ? Math.floor(output / shape.filters) : output % places;
  let next = 0;
  for (const output of order) {
    starts[output] = next;
    next += counts[placeOf(output)]!;
  }
  // Features of a place stand in the order of the input.
  return idsOf(shape, connections, (_, output, nth) => starts[output]! + nth);
}

/** How many connections there are. */
export function countConnections({ filters }: WindowShape, { inputs }: Connections): number {
  return countIn(inputs, 0, inputs.length) * filters;
}

function countIn(inputs: Int32Array, start: number, length: number): number {
  let count = 0;
  for (let i = start; i < start + length; i++) if (inputs[i]! >= 0) count++;
  return count;
}

/** @param idOf the id by input, output and how many features of the place came before; what is outside has id 0 */
function idsOf(
  shape: WindowShape,
  connections: Connections,
  idOf: (input: number, output: number, nth: number) => number,
): Int32Array {
  const { places, features, inputs } = connections;
  const { filters } = shape;
  const ids = new Int32Array(places * features * filters);
  for (let place = 0; place < places; place++) {
    let nth = 0;
    for (let feature = 0; feature < features; feature++) {
      const at = place * features + feature;
      const input = inputs[at]!;
      if (input < 0) continue;
      for (let filter = 0; filter < filters; filter++) {
        ids[at * filters + filter] = idOf(input, outputOf(shape, connections, place, filter), nth);
      }
      nth++;
    }
  }
  return ids;
}

/** A place by its number in row-major order. */
function coordinates(number: number, sizes: readonly number[]): number[] {
  const at: number[] = [];
  let rest = number;
  for (const size of [...sizes].reverse()) {
    at.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return at;
}
