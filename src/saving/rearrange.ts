import { Tensor } from "../core/tensor.js";

type Numbers = Float32Array;

/** A new tensor whose element `i` is that of `tensor` at `from(i)`. */
function gathered(tensor: Tensor, shape: readonly number[], from: (index: readonly number[]) => number): Tensor {
  const data = tensor.data as Numbers;
  const out = new (data.constructor as new (length: number) => Numbers)(data.length);
  const index = shape.map(() => 0);
  for (let i = 0; i < out.length; i++) {
    out[i] = data[from(index)]!;
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--) index[axis] = 0;
  }
  return new Tensor(out, shape, tensor.dtype);
}

/** How far apart neighbours along each axis are. */
function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}

/** Axis `i` of the result is axis `axes[i]` of the tensor. */
export function transposed(tensor: Tensor, axes: readonly number[]): Tensor {
  const strides = stridesOf(tensor.shape);
  const moved = axes.map((axis) => strides[axis]!);
  const at = (index: readonly number[]): number => index.reduce((sum, place, i) => sum + place * moved[i]!, 0);
  return gathered(
    tensor,
    axes.map((axis) => tensor.shape[axis]!),
    at,
  );
}

/** Backwards along all axes but the last two, as convolution and correlation differ. */
export function turned(kernel: Tensor): Tensor {
  const { shape } = kernel;
  const strides = stridesOf(shape);
  const turns = shape.length - 2;
  return gathered(kernel, shape, (index) =>
    index.reduce((sum, place, i) => sum + (i < turns ? shape[i]! - 1 - place : place) * strides[i]!, 0),
  );
}

/** Tensors of one shape, side by side along the last axis. */
export function sideBySide(tensors: readonly Tensor[]): Tensor {
  const [first] = tensors;
  const width = first!.shape.at(-1)!;
  const shape = [...first!.shape.slice(0, -1), width * tensors.length];
  const rows = first!.size / width;
  const out = new Float32Array(first!.size * tensors.length);
  tensors.forEach((tensor, part) => {
    for (let row = 0; row < rows; row++) {
      const values = (tensor.data as Numbers).subarray(row * width, (row + 1) * width);
      out.set(values, (row * tensors.length + part) * width);
    }
  });
  return new Tensor(out, shape, "float32");
}

/** The equal parts of a tensor along its last axis. */
export function partsOf(tensor: Tensor, count: number): Tensor[] {
  const width = tensor.shape.at(-1)! / count;
  const shape = [...tensor.shape.slice(0, -1), width];
  const rows = tensor.size / (width * count);
  return Array.from({ length: count }, (_, part) => {
    const out = new Float32Array(rows * width);
    for (let row = 0; row < rows; row++) {
      const from = (row * count + part) * width;
      out.set((tensor.data as Numbers).subarray(from, from + width), row * width);
    }
    return new Tensor(out, shape, "float32");
  });
}
