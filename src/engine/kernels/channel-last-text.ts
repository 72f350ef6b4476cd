import type { Value } from "../../graph/value.js";
import { add, bytes, get, int, set } from "../wasm/words.js";
import type { ChannelCluster } from "./channel-clusters.js";
import { isNumber } from "./channel-ops.js";
import { constantText, LANE_OPS } from "./lanes.js";

/** Vectors of channels processed at a time: a line of the cache. */
const UNROLL = 4;
const VECTOR_BYTES = 16;
/** Rows whose sum is taken in float32 before it is added to the total, in float64. */
export const SUMMED_ROWS = 32;

/** How many vectors of channels a part of the function takes, and how it reads and writes one. */
interface Tile {
  readonly channels: number;
  readonly load: (address: string, vector: number) => string;
  readonly store: (address: string, vector: number, value: string) => string;
}

const WIDE = (vectors: number): Tile => ({
  channels: vectors * 4,
  load: (address, vector) => `(v128.load offset=${vector * VECTOR_BYTES} ${address})`,
  store: (address, vector, value) => `(v128.store offset=${vector * VECTOR_BYTES} ${address} ${value})`,
});
const ONE: Tile = {
  channels: 1,
  load: (address) => `(v128.load32_zero ${address})`,
  store: (address, _, value) => `(f32.store ${address} (f32x4.extract_lane 0 ${value}))`,
};

/**
 * A cluster whose channels are last as a WebAssembly function `channels(inputs…, outputs…, rows, channels, 1)`: tile by
 * tile of channels, each down all rows, so that statistics and sums of a tile stay in registers.
 */
export function channelLastText({ inputs, members, outputs, operandsOf }: ChannelCluster): string {
  const locals: string[] = [];
  const local = (type: string): string => {
    locals.push(`(local $v${locals.length} ${type})`);
    return `v${locals.length - 1}`;
  };
  const parameters = [...inputs.map((_, i) => `in${i}`), ...outputs.map((_, i) => `out${i}`)];
  const sums = members.filter((member) => member.op === "sum");

  /** What is the same for all: numbers and single elements. */
  const forAll = new Map<Value, string>();
  const before: string[] = [];
  for (const [i, { value, reach }] of inputs.entries()) {
    if (reach !== "scalar") continue;
    forAll.set(value, local("v128"));
    before.push(set(forAll.get(value)!, `(f32x4.splat (f32.load ${get(`in${i}`)}))`));
  }
  for (const { value } of members.flatMap(operandsOf)) {
    if (!isNumber(value) || forAll.has(value)) continue;
    forAll.set(value, local("v128"));
    before.push(set(forAll.get(value)!, constantText(value)));
  }

  const values = new Map(
    [...inputs, ...members.map((value) => ({ value, reach: "full" }))].flatMap(({ value, reach }) =>
      reach === "full" && value.op !== "sum" ? [[value, local("v128")] as const] : [],
    ),
  );
  const vectors = Array.from({ length: UNROLL }, () => ({
    perChannel: new Map(
      inputs.flatMap(({ value, reach }) => (reach === "channel" ? [[value, local("v128")] as const] : [])),
    ),
    partials: sums.map(() => local("v128")),
    totals: sums.map(() => [local("v128"), local("v128")] as const),
  }));

  const part = (name: string, { channels, load, store }: Tile): string => {
    const used = vectors.slice(0, Math.ceil(channels / 4));
    const ofChannels = (array: string): string => add(get(array), bytes(get("channel")));
    const begin = used.flatMap(({ perChannel, totals }, vector) => [
      ...inputs.flatMap(({ value, reach }, i) =>
        reach === "channel" ? [set(perChannel.get(value)!, load(ofChannels(`in${i}`), vector))] : [],
      ),
      ...totals.flat().map((total) => set(total, "(f64x2.splat (f64.const 0))")),
    ]);
    const clear = used.flatMap(({ partials }) => partials.map((p) => set(p, "(f32x4.splat (f32.const 0))")));
    const body = used.flatMap(({ perChannel, partials }, vector) => [
      ...inputs.flatMap(({ value, reach }, i) =>
        reach === "full" ? [set(values.get(value)!, load(add(get(`in${i}`), get("at")), vector))] : [],
      ),
      ...members.map((member) => {
        const operands = operandsOf(member).map(({ value }) =>
          get(forAll.get(value) ?? perChannel.get(value) ?? values.get(value)!),
        );
        if (member.op !== "sum") return set(values.get(member)!, LANE_OPS[member.op]!.text(...operands));
        const partial = partials[sums.indexOf(member)]!;
        return set(partial, `(f32x4.add ${get(partial)} ${operands[0]!})`);
      }),
      ...outputs.flatMap((output, i) =>
        output.op === "sum" ? [] : [store(add(get(`out${i}`), get("at")), vector, get(values.get(output)!))],
      ),
    ]);
    const gather = used.flatMap(({ partials, totals }) =>
      totals.flatMap(([low, high], sum) => {
        const partial = get(partials[sum]!);
        const upper = `(i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 ${partial} ${partial})`;
        return [
          set(low, `(f64x2.add ${get(low)} (f64x2.promote_low_f32x4 ${partial}))`),
          set(high, `(f64x2.add ${get(high)} (f64x2.promote_low_f32x4 ${upper}))`),
        ];
      }),
    );
    const finish = used.flatMap(({ totals }, vector) =>
      totals.map(([low, high], i) => {
        const [a, b] = [low, high].map((total) => `(f32x4.demote_f64x2_zero ${get(total)})`);
        const sum = `(i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 ${a} ${b})`;
        return store(ofChannels(`out${outputs.indexOf(sums[i]!)}`), vector, sum);
      }),
    );
    return `
    (block $${name}Done
      (loop $${name}
        (br_if $${name}Done (i32.gt_u ${add(get("channel"), int(channels))} ${get("channels")}))
        ${begin.join("\n")}
        ${set("at", bytes(get("channel")))}
        ${set("row", int(0))}
        (loop $${name}Rows
          ${clear.join("\n")}
          ${set("stop", add(get("row"), int(SUMMED_ROWS)))}
          ${set("stop", `(select ${get("stop")} ${get("rows")} (i32.lt_u ${get("stop")} ${get("rows")}))`)}
          (loop $${name}Row
            ${body.join("\n")}
            ${set("at", add(get("at"), bytes(get("channels"))))}
            ${set("row", add(get("row"), int(1)))}
            (br_if $${name}Row (i32.lt_u ${get("row")} ${get("stop")})))
          ${gather.join("\n")}
          (br_if $${name}Rows (i32.lt_u ${get("row")} ${get("rows")})))
        ${finish.join("\n")}
        ${set("channel", add(get("channel"), int(channels)))}
        (br $${name})))`;
  };
  return `(func $channels ${[...parameters, "rows", "channels", "inner"].map((name) => `(param $${name} i32)`).join(" ")}
    (local $channel i32) (local $row i32) (local $stop i32) (local $at i32) ${locals.join(" ")}
    ${before.join("\n")}
    ${set("channel", int(0))}
    ${part("four", WIDE(UNROLL))}
    ${part("vector", WIDE(1))}
    ${part("one", ONE)})`;
}
