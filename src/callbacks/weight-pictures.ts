import type { Tensor } from "../core/tensor.js";
import type { Pixels } from "../formats/tfevents/index.js";

/** Pictures of one value, as in TensorFlow. */
const MOST = 3;

/**
 * A weight as grey pictures, as Keras makes them: axes of size 1 are left out, then a vector is one column, a matrix
 * one picture that is wider than high, and of three axes the last numbers the pictures. Values from 0 to 1 are black to white.
 * @returns the first three; none for weights of other ranks, unless the last of four axes can be one of colours
 */
export function weightPictures({ shape, data }: Tensor): readonly Pixels[] {
  const sizes = shape.filter((size) => size !== 1);
  const read = (at: number): number => byteOf(Number((data as ArrayLike<number | bigint>)[at]));
  const [a = 1, b = 1, c = 1, d = 1] = sizes;
  switch (sizes.length) {
    case 1:
      return [picture(1, a, 1, (_x, y) => read(y))];
    case 2:
      // Keras turns what is higher than wide.
      return a > b ? [picture(a, b, 1, (x, y) => read(x * b + y))] : [picture(b, a, 1, (x, y) => read(y * b + x))];
    case 3:
      return several(c, (i) => picture(b, a, 1, (x, y) => read((y * b + x) * c + i)));
    case 4:
      return d === 3 || d === 4
        ? several(a, (i) => picture(c, b, d, (x, y, channel) => read(((i * b + y) * c + x) * d + channel)))
        : [];
    default:
      return [];
  }
}

const several = (count: number, make: (i: number) => Pixels): readonly Pixels[] =>
  Array.from({ length: Math.min(count, MOST) }, (_, i) => make(i));

function picture(
  width: number,
  height: number,
  channels: 1 | 3 | 4,
  at: (x: number, y: number, channel: number) => number,
): Pixels {
  const data = new Uint8Array(width * height * channels);
  let i = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) for (let channel = 0; channel < channels; channel++) data[i++] = at(x, y, channel);
  return { width, height, channels, data };
}

/** As tf.image.convert_image_dtype does it, in float32. */
const byteOf = (value: number): number => Math.max(0, Math.min(255, Math.trunc(Math.fround(value * 255.5))));
