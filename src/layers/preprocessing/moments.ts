/**
 * Mean and variance of numbers that come in parts, in float64: those of each part by two passes, put together by the
 * formula of Chan, Golub and LeVeque (1979).
 */
export class Moments {
  readonly mean: Float64Array;
  readonly #squares: Float64Array;
  #count = 0;

  /** @param size how many means there are */
  constructor(size: number) {
    this.mean = new Float64Array(size);
    this.#squares = new Float64Array(size);
  }

  /** Of the whole population, as NumPy has it. */
  get variance(): Float64Array {
    return this.#squares.map((sum) => sum / this.#count);
  }

  /** Adds an array, of which each place of the kept axes has a mean. */
  add(data: Float64Array, shape: readonly number[], kept: readonly number[]): void {
    const places = placesOf(shape, kept);
    const size = this.mean.length;
    const count = data.length / size;
    if (count === 0) return;
    const sums = new Float64Array(size);
    for (let i = 0; i < data.length; i++) sums[places(i)]! += data[i]!;
    const means = sums.map((sum) => sum / count);
    const squares = new Float64Array(size);
    for (let i = 0; i < data.length; i++) {
      const place = places(i);
      squares[place]! += (data[i]! - means[place]!) ** 2;
    }
    const total = this.#count + count;
    for (let place = 0; place < size; place++) {
      const delta = means[place]! - this.mean[place]!;
      this.#squares[place]! += squares[place]! + (delta * delta * this.#count * count) / total;
      this.mean[place]! += (delta * count) / total;
    }
    this.#count = total;
  }
}

/** For the index of an element, the index of its place on the kept axes. */
function placesOf(shape: readonly number[], kept: readonly number[]): (index: number) => number {
  const strides: { readonly size: number; readonly step: number; readonly own: number }[] = [];
  let step = 1;
  let own = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis]!;
    if (kept.includes(axis)) {
      strides.push({ size, step, own });
      own *= size;
    }
    step *= size;
  }
  return (index) =>
    strides.reduce((sum, stride) => sum + (Math.floor(index / stride.step) % stride.size) * stride.own, 0);
}
