import { type Field, oneOf } from "../../core/options.js";

/** How pixels between pixels are computed: TensorFlow's methods. */
export type PixelInterpolation =
  | "bilinear"
  | "nearest"
  | "bicubic"
  | "area"
  | "lanczos3"
  | "lanczos5"
  | "gaussian"
  | "mitchellcubic";

const PIXEL_INTERPOLATIONS: readonly PixelInterpolation[] = [
  "bilinear",
  "nearest",
  "bicubic",
  "area",
  "lanczos3",
  "lanczos5",
  "gaussian",
  "mitchellcubic",
];

/** An option of this name, in any case of letters, as in Keras. */
export const interpolationField: Field<PixelInterpolation> = {
  default: "bilinear",
  parse(value, where) {
    const lower = typeof value === "string" ? value.toLowerCase() : value;
    return oneOf(PIXEL_INTERPOLATIONS).parse(lower, where);
  },
};

/** Numbers of an image, row by row, channels last. */
export interface Pixels {
  readonly data: Uint8Array | Float32Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Of which pixels of an axis each new one is made: `count` from `starts[i]` on, with `weights[i * count …]`. */
interface Taps {
  readonly count: number;
  readonly starts: Int32Array;
  readonly weights: Float32Array;
}

const { fround } = Math;

/**
 * Pixels in another size, as `tf.image.resize` without antialiasing computes them in float32: pixels are squares, and the
 * ends of an axis stay where they are.
 */
export function resizePixels(image: Pixels, height: number, width: number, method: PixelInterpolation): Float32Array {
  if (image.height === height && image.width === width) return Float32Array.from(image.data);
  if (method === "bilinear") return bilinear(image, height, width);
  const rows = tapsOf(image.height, height, method);
  const columns = tapsOf(image.width, width, method);
  return alongRows(alongColumns(image, columns), image.height, width * image.channels, rows);
}

/** Both axes at once, in TensorFlow's order, for the same bits. */
function bilinear({ data, height, width, channels }: Pixels, toHeight: number, toWidth: number): Float32Array {
  const rows = between(height, toHeight);
  const columns = between(width, toWidth);
  const out = new Float32Array(toHeight * toWidth * channels);
  let at = 0;
  for (let y = 0; y < toHeight; y++) {
    const top = rows.lower[y]! * width;
    const bottom = rows.upper[y]! * width;
    const down = rows.share[y]!;
    for (let x = 0; x < toWidth; x++) {
      const left = columns.lower[x]!;
      const right = columns.upper[x]!;
      const across = columns.share[x]!;
      for (let c = 0; c < channels; c++) {
        const topLeft = data[(top + left) * channels + c]!;
        const bottomLeft = data[(bottom + left) * channels + c]!;
        const above = fround(topLeft + fround((data[(top + right) * channels + c]! - topLeft) * across));
        const below = fround(bottomLeft + fround((data[(bottom + right) * channels + c]! - bottomLeft) * across));
        out[at++] = above + fround(fround(below - above) * down);
      }
    }
  }
  return out;
}

/** For each new pixel the two that it lies between, and how near to the second. */
function between(from: number, to: number): { lower: Int32Array; upper: Int32Array; share: Float32Array } {
  const scale = fround(from / to);
  const lower = new Int32Array(to);
  const upper = new Int32Array(to);
  const share = new Float32Array(to);
  for (let i = 0; i < to; i++) {
    const place = fround(fround(fround(i + 0.5) * scale) - 0.5);
    const floor = Math.floor(place);
    lower[i] = Math.max(floor, 0);
    upper[i] = Math.min(Math.ceil(place), from - 1);
    share[i] = place - floor;
  }
  return { lower, upper, share };
}

function tapsOf(from: number, to: number, method: Exclude<PixelInterpolation, "bilinear">): Taps {
  if (method === "nearest") return nearest(from, to);
  if (method === "area") return covering(from, to);
  if (method === "bicubic") return cubicTaps(from, to);
  const { radius, weight } = KERNELS[method];
  return normalised(from, to, (place) => {
    const start = Math.max(0, Math.ceil(place - radius - 0.5));
    const end = Math.min(from - 1, Math.floor(place + radius - 0.5));
    return Array.from({ length: end - start + 1 }, (_, i) => [start + i, weight(Math.abs(start + i + 0.5 - place))]);
  });
}

function nearest(from: number, to: number): Taps {
  const scale = fround(from / to);
  const starts = Int32Array.from({ length: to }, (_, i) =>
    Math.min(Math.floor(fround(fround(i + 0.5) * scale)), from - 1),
  );
  return { count: 1, starts, weights: new Float32Array(to).fill(1) };
}

/** Means of what each new pixel covers. */
function covering(from: number, to: number): Taps {
  const scale = from / to;
  return packed(
    Array.from({ length: to }, (_, i) => {
      const [start, end] = [i * scale, (i + 1) * scale];
      const first = Math.floor(start);
      const last = Math.min(Math.ceil(end), from);
      return Array.from({ length: last - first }, (_unused, k) => {
        const covered = Math.min(first + k + 1, end) - Math.max(first + k, start);
        return [first + k, covered / scale] as const;
      });
    }),
  );
}

/** TensorFlow looks weights of the cubic up in a table of this many steps. */
const TABLE = 1024;

/** R. G. Keys 1981 with a = -0.5. */
const keys = (x: number): number =>
  x <= 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;

function cubicTaps(from: number, to: number): Taps {
  const scale = fround(from / to);
  return packed(
    Array.from({ length: to }, (_, i) => {
      const place = fround(fround(fround(i + 0.5) * scale) - 0.5);
      const floor = Math.floor(place);
      const share = Math.round(fround(fround(place - floor) * TABLE)) / TABLE;
      const taps = [-1, 0, 1, 2]
        .map((step) => [floor + step, keys(Math.abs(step - share))] as const)
        .filter(([at]) => at >= 0 && at < from);
      const sum = taps.reduce((total, [, weight]) => total + weight, 0);
      return taps.map(([at, weight]) => [at, weight / sum] as const);
    }),
  );
}

const lanczos = (radius: number) => ({
  radius,
  weight: (x: number): number =>
    x > radius
      ? 0
      : x <= 1e-3
        ? 1
        : (radius * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / radius)) / (Math.PI * x) ** 2,
});

type Kernel = { readonly radius: number; readonly weight: (distance: number) => number };

const KERNELS: Readonly<Record<"lanczos3" | "lanczos5" | "gaussian" | "mitchellcubic", Kernel>> = {
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
  gaussian: { radius: 1.5, weight: (x) => (x >= 1.5 ? 0 : Math.exp(-(x * x) / (2 * 0.5 * 0.5))) },
  // D. P. Mitchell, A. N. Netravali 1988 with B = C = 1/3.
  mitchellcubic: {
    radius: 2,
    weight: (x) =>
      x >= 2 ? 0 : x >= 1 ? (((-7 / 18) * x + 2) * x - 10 / 3) * x + 16 / 9 : ((7 / 6) * x - 2) * x * x + 8 / 9,
  },
};

type Tap = readonly [at: number, weight: number];

function normalised(from: number, to: number, tapsAt: (place: number) => readonly Tap[]): Taps {
  const scale = fround(from / to);
  return packed(
    Array.from({ length: to }, (_, i) => {
      const taps = tapsAt(fround(fround(i + 0.5) * scale));
      const sum = taps.reduce((total, [, weight]) => total + weight, 0);
      return taps.map(([at, weight]) => [at, weight / sum] as const);
    }),
  );
}

/** The same number of taps for all, the missing ones of no weight. */
function packed(lists: readonly (readonly Tap[])[]): Taps {
  const count = Math.max(...lists.map((taps) => taps.length));
  const starts = new Int32Array(lists.length);
  const weights = new Float32Array(lists.length * count);
  for (const [i, taps] of lists.entries()) {
    starts[i] = taps[0]![0];
    for (const [k, [, weight]] of taps.entries()) weights[i * count + k] = weight;
  }
  return { count, starts, weights };
}

function alongColumns({ data, height, width, channels }: Pixels, { count, starts, weights }: Taps): Float32Array {
  const to = starts.length;
  const out = new Float32Array(height * to * channels);
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < to; x++) {
      const first = (y * width + starts[x]!) * channels;
      const most = Math.min(count, width - starts[x]!);
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let k = 0; k < most; k++) sum += data[first + k * channels + c]! * weights[x * count + k]!;
        out[at++] = sum;
      }
    }
  }
  return out;
}

function alongRows(data: Float32Array, height: number, width: number, { count, starts, weights }: Taps): Float32Array {
  const to = starts.length;
  const out = new Float32Array(to * width);
  for (let y = 0; y < to; y++) {
    const first = starts[y]! * width;
    const most = Math.min(count, height - starts[y]!);
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < most; k++) sum += data[first + k * width + x]! * weights[y * count + k]!;
      out[y * width + x] = sum;
    }
  }
  return out;
}
