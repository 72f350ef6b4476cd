import { placeholders } from "../step.js";
import type { Rules } from "./rule.js";

export const RECURRENCE: Rules<"scan"> = {
  scan({ attrs: { step, of, last } }, inputs, shape, { evaluate }) {
    const data = inputs.map((input) => input.data);
    const leaves = placeholders(step);
    const [firstElement, firstCaptured] = [step.states.length, step.states.length + step.sequences.length];
    const length = inputs[firstElement]!.shape[0]!;
    const isElement = (i: number): boolean => i >= firstElement && i < firstCaptured;
    let states = data.slice(0, firstElement);
    const results = new Array<Float64Array>(length);
    for (let done = 0; done < length; done++) {
      const at = step.reverse ? length - 1 - done : done;
      const elementOf = (x: Float64Array): Float64Array => {
        const size = x.length / length;
        return x.subarray(at * size, (at + 1) * size);
      };
      const feeds = new Map(
        leaves.map((leaf, i) => [leaf, states[i] ?? (isElement(i) ? elementOf(data[i]!) : data[i]!)] as const),
      );
      const values = evaluate([...step.next, of], feeds);
      states = values.slice(0, firstElement);
      results[at] = values.at(-1)!;
    }
    if (last) return results[step.reverse ? 0 : length - 1]!;
    const out = new Float64Array(shape.reduce((size, dim) => size * dim, 1));
    results.forEach((result, i) => {
      out.set(result, i * result.length);
    });
    return out;
  },
};
