import { type PixelInterpolation, type Pixels, resizePixels } from "./resize-pixels.js";

const { fround, trunc } = Math;

/** The largest part in the middle with the aspect ratio of height and width, as Keras's smart_resize cuts it. */
export function cropBox(image: Pixels, toHeight: number, toWidth: number): Pixels {
  const { data, height, width, channels } = image;
  const part = (side: number, wanted: number): number => Math.max(1, Math.min(side, trunc(fround(wanted))));
  const newHeight = part(height, fround(width * toHeight) / toWidth);
  const newWidth = part(width, fround(height * toWidth) / toHeight);
  const top = trunc((height - newHeight) / 2);
  const left = trunc((width - newWidth) / 2);
  const out = new Uint8Array(newHeight * newWidth * channels);
  const row = newWidth * channels;
  for (let y = 0; y < newHeight; y++) {
    const start = ((top + y) * width + left) * channels;
    out.set(data.subarray(start, start + row), y * row);
  }
  return { data: out, height: newHeight, width: newWidth, channels };
}

/** The whole image as large as it fits, with black around it: as tf.image.resize_with_pad. */
export function padded(image: Pixels, toHeight: number, toWidth: number, method: PixelInterpolation): Float32Array {
  const { height, width, channels } = image;
  // In float32, as there: floors depend on it.
  const ratio = Math.max(fround(width / toWidth), fround(height / toHeight));
  const exactHeight = fround(height / ratio);
  const exactWidth = fround(width / ratio);
  const newHeight = Math.max(1, Math.floor(exactHeight));
  const newWidth = Math.max(1, Math.floor(exactWidth));
  const top = Math.max(0, Math.floor(fround(fround(toHeight - exactHeight) / 2)));
  const left = Math.max(0, Math.floor(fround(fround(toWidth - exactWidth) / 2)));
  const inner = resizePixels(image, newHeight, newWidth, method);
  const out = new Float32Array(toHeight * toWidth * channels);
  const row = newWidth * channels;
  for (let y = 0; y < newHeight; y++) {
    out.set(inner.subarray(y * row, (y + 1) * row), ((top + y) * toWidth + left) * channels);
  }
  return out;
}
