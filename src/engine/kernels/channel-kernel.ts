import type { Value } from "../../graph/value.js";
import type { Slot } from "../session.js";
import type { ChannelCluster } from "./channel-clusters.js";
import { channelLastText, SUMMED_ROWS } from "./channel-last-text.js";
import { isNumber, type Operand } from "./channel-ops.js";
import { channelText, UNROLL } from "./channel-text.js";
import { addressOf, floats, type Kernel, segmentOf } from "./kernel.js";
import { constantOf, LANE_OPS } from "./lanes.js";

const LANES = 4;

/**
 * The kernel of a channel cluster: one pass over its tensors, channel by channel and row by row, four elements at a
 * time. Sums are taken in float32 within a plane (a row's elements of one channel) and over planes in float64, or where
 * channels are last, in float32 over a few rows and over those in float64.
 */
export function channelKernel(cluster: ChannelCluster): Kernel {
  const text = cluster.layout === "last" ? channelLastText(cluster) : channelText(cluster);
  return {
    call(inputs, outputs) {
      const slots = [...inputs, ...outputs];
      const segment = segmentOf(slots);
      if (segment === undefined) return null;
      return { text, name: "channels", segment, parameters: [...slots.map(addressOf), ...sizes(cluster, inputs)] };
    },
    compute: (inputs, outputs) => computeInJavaScript(cluster, inputs, outputs),
  };
}

/** Rows, channels and elements of a plane; where channels are last, each place of a row is a row. */
function sizes({ layout, inputs }: ChannelCluster, slots: readonly Slot[]): readonly [number, number, number] {
  const { dims } = slots[inputs.findIndex(({ reach }) => reach === "full")]!;
  if (layout === "last") return [dims.slice(0, -1).reduce((a, b) => a * b, 1), dims.at(-1)!, 1];
  const [rows, channels, ...spatial] = dims;
  return [rows!, channels!, spatial.reduce((a, b) => a * b, 1)];
}

/** The same in JavaScript, with the same bits, for tensors that lie in different memories. */
export function computeInJavaScript(cluster: ChannelCluster, from: readonly Slot[], to: readonly Slot[]): void {
  const { layout, members, inputs, outputs, operandsOf } = cluster;
  const [rows, channels, inner] = sizes(cluster, from);
  const arrays = new Map(inputs.map(({ value }, i) => [value, floats(from[i]!)]));
  const targets = new Map(outputs.map((value, i) => [value, floats(to[i]!)]));
  const sums = members.filter((value) => value.op === "sum");
  const present = new Map<Value, number>();
  const read = ({ value, reach }: Operand, channel: number, plane: number, at: number): number => {
    if (isNumber(value)) return constantOf(value);
    const array = arrays.get(value);
    if (array === undefined) return present.get(value)!;
    return array[
      reach === "full" ? plane * inner + at : reach === "plane" ? plane : reach === "channel" ? channel : 0
    ]!;
  };
  for (let channel = 0; channel < channels; channel++) {
    const totals = sums.map(() => 0);
    const partials = new Float32Array(sums.length);
    for (let row = 0; row < rows; row++) {
      const plane = row * channels + channel;
      const lanes = sums.map(() => new Float32Array(UNROLL * LANES));
      const rest: number[][] = sums.map(() => []);
      for (let at = 0; at < inner; at++) {
        for (const member of members) {
          const [a, b, c] = operandsOf(member).map((operand) => read(operand, channel, plane, at));
          if (member.op === "sum") present.set(member, a!);
          else present.set(member, Math.fround(LANE_OPS[member.op]!.number(a!, b!, c!)));
        }
        for (const [value, target] of targets) if (value.op !== "sum") target[plane * inner + at] = present.get(value)!;
        for (const [k, sum] of sums.entries()) {
          const lane = laneOf(at, inner);
          if (lane === null) rest[k]!.push(present.get(sum)!);
          else lanes[k]![lane] = lanes[k]![lane]! + present.get(sum)!;
        }
      }
      if (layout === "last") {
        const isLast = row === rows - 1 || (row + 1) % SUMMED_ROWS === 0;
        for (const k of sums.keys()) {
          partials[k] = partials[k]! + rest[k]![0]!;
          if (!isLast) continue;
          totals[k] = totals[k]! + partials[k]!;
          partials[k] = 0;
        }
        continue;
      }
      for (const [k, part] of lanes.entries()) {
        totals[k] = totals[k]! + acrossLanes(part);
        for (const x of rest[k]!) totals[k] = totals[k]! + x;
      }
    }
    for (const [k, sum] of sums.entries()) targets.get(sum)![channel] = totals[k]!;
  }
}

/** The lane of the partial sums that an element of a plane is added to; null for the last few elements. */
function laneOf(at: number, inner: number): number | null {
  const whole = inner - (inner % (UNROLL * LANES));
  if (at < whole) return at % (UNROLL * LANES);
  return at < inner - (inner % LANES) ? at % LANES : null;
}

function acrossLanes(lanes: Float32Array): number {
  const [a, b, c, d] = [0, 1, 2, 3].map((lane) => {
    const [s, t, u, v] = [0, 1, 2, 3].map((vector) => lanes[vector * LANES + lane]!);
    return Math.fround(Math.fround(s! + t!) + Math.fround(u! + v!));
  });
  return a! + b! + (c! + d!);
}
