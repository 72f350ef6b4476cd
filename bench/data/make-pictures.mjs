// Makes a folder of photo-like pictures, 10 classes: node bench/data/make-pictures.mjs FOLDER [COUNT] [jpeg|png]
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

const CLASSES = 10;

/** A little of everything that photos have: slopes, edges, texture, noise. Different for each number. */
function pixelsOf(number, width, height) {
  const out = Buffer.allocUnsafe(width * height * 3);
  let state = number * 2654435761;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const [a, b, c, d] = [2 + next() * 20, 2 + next() * 20, next() * 6, next() * 6];
  const [left, top, size] = [next() * width * 0.7, next() * height * 0.7, 20 + next() * 80];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = x > left && x < left + size && y > top && y < top + size ? 70 : 0;
      const wave = 60 * Math.sin(x / a + c) * Math.cos(y / b + d);
      for (let channel = 0; channel < 3; channel++, i++) {
        const value = 90 + wave + inside + (x * (channel + 1) * 30) / width + 16 * (next() - 0.5);
        out[i] = Math.max(0, Math.min(255, value));
      }
    }
  }
  return out;
}

/** Makes what is missing of the folder. */
export async function makePictures(folder, count, kind) {
  const [width, height] = kind === "jpeg" ? [320, 240] : [180, 180];
  for (let k = 0; k < CLASSES; k++) mkdirSync(join(folder, `class-${k}`), { recursive: true });
  const have = new Set(
    Array.from({ length: CLASSES }, (_, k) =>
      readdirSync(join(folder, `class-${k}`)).map((name) => `${k}/${name}`),
    ).flat(),
  );
  const numbers = Array.from({ length: count }, (_, i) => i).filter((i) => !have.has(`${i % CLASSES}/${i}.${kind}`));
  const one = async () => {
    for (let i = numbers.shift(); i !== undefined; i = numbers.shift()) {
      const raw = { width, height, channels: 3 };
      await sharp(pixelsOf(i, width, height), { raw })
        .toFormat(kind, kind === "jpeg" ? { quality: 90 } : {})
        .toFile(join(folder, `class-${i % CLASSES}`, `${i}.${kind}`));
    }
  };
  await Promise.all([one(), one(), one()]);
}

if (process.argv[1] === import.meta.filename)
  await makePictures(process.argv[2], Number(process.argv[3] ?? 20000), process.argv[4] ?? "jpeg");
