import type { Value } from "../../graph/value.js";
import { add, bytes, get, int, mul, set } from "../wasm/words.js";
import type { ChannelCluster } from "./channel-clusters.js";
import { isNumber, type Reach } from "./channel-ops.js";
import { constantText, LANE_OPS } from "./lanes.js";

/** Vectors processed at a time; sums have a vector of partial sums for each. */
export const UNROLL = 4;
const VECTOR_BYTES = 16;

const splat = (address: string): string => `(f32x4.splat (f32.load ${address}))`;

/** How a group of elements is read, written and added up. */
interface Access {
  readonly load: (address: string) => string;
  readonly store: (address: string, vector: string) => string;
  readonly accumulate: (sum: number, vector: string) => string;
}

/** The cluster as a WebAssembly function `channels(inputs…, outputs…, rows, channels, elements of a plane)`. */
export function channelText({ inputs, members, outputs, operandsOf }: ChannelCluster): string {
  const names = new Map<Value, string>();
  const locals: string[] = [];
  const local = (type: string): string => {
    locals.push(`(local $v${locals.length} ${type})`);
    return `v${locals.length - 1}`;
  };
  const parameters = [...inputs.map((_, i) => `in${i}`), ...outputs.map((_, i) => `out${i}`)];

  /** Code that runs once: for all, per channel, per plane. */
  const before: Record<Exclude<Reach, "full">, string[]> = { scalar: [], channel: [], plane: [] };
  const addresses = {
    scalar: (i: number): string => get(`in${i}`),
    channel: (i: number): string => add(get(`in${i}`), bytes(get("channel"))),
    plane: (i: number): string => add(get(`in${i}`), bytes(get("plane"))),
  };
  for (const [i, { value, reach }] of inputs.entries()) {
    if (reach === "full") continue;
    const name = local("v128");
    names.set(value, name);
    before[reach].push(set(name, splat(addresses[reach](i))));
  }
  for (const { value } of members.flatMap(operandsOf)) {
    if (!isNumber(value) || names.has(value)) continue;
    const name = local("v128");
    names.set(value, name);
    before.scalar.push(set(name, constantText(value)));
  }

  const sums = members.filter((member) => member.op === "sum");
  const totals = sums.map(() => local("f64"));
  const partials = sums.map(() => Array.from({ length: UNROLL }, () => local("v128")));
  const values = new Map(
    [...inputs, ...members.map((value) => ({ value, reach: "full" }))].flatMap(({ value, reach }) =>
      reach === "full" && value.op !== "sum" ? [[value, local("v128")] as const] : [],
    ),
  );

  /** All members for one group of elements, at `$at`. */
  const body = ({ load, store, accumulate }: Access): string => {
    const lines: string[] = [];
    for (const [i, { value, reach }] of inputs.entries())
      if (reach === "full") lines.push(set(values.get(value)!, load(add(get(`in${i}`), get("at")))));
    for (const member of members) {
      const operands = operandsOf(member).map(({ value }) => get(names.get(value) ?? values.get(value)!));
      if (member.op === "sum") lines.push(accumulate(sums.indexOf(member), operands[0]!));
      else lines.push(set(values.get(member)!, LANE_OPS[member.op]!.text(...operands)));
    }
    for (const [i, output] of outputs.entries())
      if (output.op !== "sum") lines.push(store(add(get(`out${i}`), get("at")), get(values.get(output)!)));
    return lines.join("\n");
  };
  const vector = (unroll: number): Access => ({
    load: (address) => `(v128.load offset=${unroll * VECTOR_BYTES} ${address})`,
    store: (address, value) => `(v128.store offset=${unroll * VECTOR_BYTES} ${address} ${value})`,
    accumulate: (sum, value) => set(partials[sum]![unroll]!, `(f32x4.add ${get(partials[sum]![unroll]!)} ${value})`),
  });
  const first = (value: string): string => `(f32x4.extract_lane 0 ${value})`;
  const one: Access = {
    load: (address) => `(v128.load32_zero ${address})`,
    store: (address, value) => `(f32.store ${address} ${first(value)})`,
    accumulate: (sum, value) => addTo(totals[sum]!, `(f64.promote_f32 ${first(value)})`),
  };
  /** Repeats while a whole step fits before the end of the plane. */
  const steps = (name: string, length: number, text: string): string => `
    (block $${name}Done
      (br_if $${name}Done (i32.gt_u ${add(get("at"), int(length))} ${get("end")}))
      (loop $${name}
        ${text}
        ${set("at", add(get("at"), int(length)))}
        (br_if $${name} (i32.le_u ${add(get("at"), int(length))} ${get("end")}))))`;
  const unrolled = Array.from({ length: UNROLL }, (_, i) => body(vector(i))).join("\n");
  const clear = partials.flat().map((name) => set(name, "(f32x4.splat (f32.const 0))"));
  const gather = partials.map(([a, b, c, d], sum) => {
    const pair = (x: string, y: string): string => `(f32x4.add ${get(x)} ${get(y)})`;
    const lane = (i: number): string => `(f64.promote_f32 (f32x4.extract_lane ${i} ${get(a!)}))`;
    return `${set(a!, `(f32x4.add ${pair(a!, b!)} ${pair(c!, d!)})`)}
      ${addTo(totals[sum]!, `(f64.add (f64.add ${lane(0)} ${lane(1)}) (f64.add ${lane(2)} ${lane(3)}))`)}`;
  });
  const finish = sums.map((sum, i) => {
    const target = add(get(`out${outputs.indexOf(sum)}`), bytes(get("channel")));
    return `(f32.store ${target} (f32.demote_f64 ${get(totals[i]!)}))`;
  });
  return `(func $channels ${[...parameters, "rows", "channels", "inner"].map((name) => `(param $${name} i32)`).join(" ")}
    (local $channel i32) (local $row i32) (local $plane i32) (local $at i32) (local $end i32) ${locals.join(" ")}
    ${before.scalar.join("\n")}
    (loop $nextChannel
      ${before.channel.join("\n")}
      ${totals.map((name) => set(name, "(f64.const 0)")).join("\n")}
      ${set("row", int(0))}
      ${set("plane", get("channel"))}
      (loop $nextRow
        ${[...before.plane, ...clear].join("\n")}
        ${set("at", bytes(mul(get("plane"), get("inner"))))}
        ${set("end", add(get("at"), bytes(get("inner"))))}
        ${steps("four", UNROLL * VECTOR_BYTES, unrolled)}
        ${steps("vector", VECTOR_BYTES, body(vector(0)))}
        ${gather.join("\n")}
        ${steps("last", 4, body(one))}
        ${set("plane", add(get("plane"), get("channels")))}
        ${set("row", add(get("row"), int(1)))}
        (br_if $nextRow (i32.lt_u ${get("row")} ${get("rows")})))
      ${finish.join("\n")}
      ${set("channel", add(get("channel"), int(1)))}
      (br_if $nextChannel (i32.lt_u ${get("channel")} ${get("channels")}))))`;
}

const addTo = (name: string, text: string): string => set(name, `(f64.add ${get(name)} ${text})`);
