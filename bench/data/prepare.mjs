// What Pawl's workers make of a file in pictures.mjs: decoded, cut to 160 x 160 at a random place, mirrored or not, a little
// lighter or darker.
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { data } from "../../dist/index.js";

// Workers are the threads here.
sharp.concurrency(1);
sharp.cache(false);
const SIDE = 160;

/** The random parts, from pixels of `width` columns: rows from `top`, columns from `left` on. */
function augmented(pixels, width, left, top, random) {
  const light = random.uniform(-0.1, 0.1);
  const values = Float32Array.from({ length: 256 }, (_, i) => Math.max(0, Math.min(1, i / 255 + light)));
  const step = random.chance() ? 3 : -3;
  const image = new Float32Array(SIDE * SIDE * 3);
  for (let y = 0, to = 0; y < SIDE; y++) {
    let from = ((top + y) * width + left + (step > 0 ? 0 : SIDE - 1)) * 3;
    for (let x = 0; x < SIDE; x++, to += 3, from += step) {
      image[to] = values[pixels[from]];
      image[to + 1] = values[pixels[from + 1]];
      image[to + 2] = values[pixels[from + 2]];
    }
  }
  return { data: image, shape: [SIDE, SIDE, 3], dtype: "float32" };
}

/** JPEG of 320 x 240, brought to 180 x 180 first. */
export async function jpeg({ file, label }, { random }) {
  const small = await sharp(file).resize(180, 180, { fit: "fill", kernel: "linear" }).raw().toBuffer();
  return { x: augmented(small, 180, random.integer(0, 21), random.integer(0, 21), random), y: label };
}

/** PNG of 180 x 180. */
export async function png({ file, label }, { random }) {
  const { data: pixels } = await data.decodeImage(readFileSync(file));
  return { x: augmented(pixels, 180, random.integer(0, 21), random.integer(0, 21), random), y: label };
}
