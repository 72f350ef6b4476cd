import { FormatError } from "../../core/errors.js";
import { Tensor } from "../../core/tensor.js";
import { valueText } from "../../core/value-text.js";
import { readNpy, readNpz } from "../../formats/index.js";
import { CHANNELS, type ColorMode, type DecodeImage, imageDecoder } from "./image-decode.js";
import { inFile } from "./named-error.js";
import { decoded } from "./text-encoding.js";

/** Where a file of an archive stands, for messages. */
export interface TarPlace {
  readonly path: string;
  readonly member: string;
}

/** What a kind of file becomes. */
interface Decoder {
  readonly endings: readonly string[];
  /** For messages: what the field holds. */
  readonly kind: string;
  decode(bytes: Uint8Array, place: TarPlace, pictures: Pictures): unknown;
}

/** How pictures are decoded; the package that does is loaded with the first. */
export class Pictures {
  readonly #mode: ColorMode;
  #decode: Promise<DecodeImage> | null = null;

  constructor(mode: ColorMode) {
    this.#mode = mode;
  }

  async tensor(bytes: Uint8Array, place: TarPlace): Promise<Tensor> {
    this.#decode ??= imageDecoder("data.tar");
    const decode = await this.#decode;
    const { data, height, width } = await decode(bytes, { where: called(place), data: { ...place } }, this.#mode);
    return new Tensor(data, [height, width, CHANNELS[this.#mode]], "uint8");
  }
}

const DECODERS: readonly Decoder[] = [
  {
    endings: ["jpg", "jpeg", "png", "webp", "gif", "bmp"],
    kind: "uint8 (height, width, channels)",
    decode: (bytes, place, pictures) => pictures.tensor(bytes, place),
  },
  { endings: ["cls", "cls2", "class", "count", "index", "inx", "id"], kind: "int", decode: whole },
  { endings: ["txt", "text", "transcript"], kind: "string", decode: text },
  { endings: ["json", "jsn"], kind: "JSON", decode: json },
  {
    endings: ["npy"],
    kind: "Tensor",
    decode: (bytes, place) => inMember(place, "Save it again with np.save", () => readNpy(bytes.slice())),
  },
  {
    endings: ["npz"],
    kind: "Tensors by name",
    decode: (bytes, place) =>
      inMember(place, "Save it again with np.savez", async () => Object.fromEntries(await readNpz(bytes.slice()))),
  },
];

const BY_ENDING = new Map(DECODERS.flatMap((decoder) => decoder.endings.map((ending) => [ending, decoder] as const)));

/** The decoder for "jpg", "seg.png", …; undefined for what stays bytes. */
const decoderOf = (field: string): Decoder | undefined => BY_ENDING.get(field.slice(field.lastIndexOf(".") + 1));

/** What a file of this ending holds, for messages. */
export const tarKind = (ending: string): string => decoderOf(ending)?.kind ?? "Uint8Array";

/**
 * What the contents of a file become, by the ending of its name.
 * @throws {FormatError} for contents that are not of that kind
 */
export async function tarValue(
  ending: string,
  bytes: Uint8Array,
  place: TarPlace,
  pictures: Pictures,
): Promise<unknown> {
  const decoder = decoderOf(ending);
  // Copies: a file that is kept must not keep what was read with it.
  return decoder === undefined ? bytes.slice() : decoder.decode(bytes, place, pictures);
}

const called = ({ path, member }: TarPlace): string => `"${member}" of "${path}"`;

async function inMember<T>(place: TarPlace, fix: string, read: () => T | Promise<T>): Promise<T> {
  return inFile(place.path, fix, read, { where: called(place), data: { ...place } });
}

function text(bytes: Uint8Array, place: TarPlace): string {
  const out = decoded(bytes, "utf-8");
  if (out !== null) return out;
  throw wrong(place, "is no text", "bytes that stand for no character", "UTF-8");
}

function whole(bytes: Uint8Array, place: TarPlace): number {
  const out = text(bytes, place).trim();
  const number = Number(out);
  if (/^[+-]?\d+$/.test(out) && Number.isSafeInteger(number)) return number;
  throw wrong(place, "is no whole number", valueText(out), "digits, up to 2^53");
}

function json(bytes: Uint8Array, place: TarPlace): unknown {
  const out = text(bytes, place);
  try {
    return JSON.parse(out);
  } catch (cause) {
    throw wrong(place, "is no JSON", valueText(out), "JSON", cause);
  }
}

function wrong(place: TarPlace, what: string, received: string, expected: string, cause?: unknown): FormatError {
  return new FormatError({
    code: "tar-value",
    what: `${called(place)} ${what}`,
    received,
    expected,
    fix: "Mend the file, or take bytes with decode: false",
    data: { ...place },
    ...(cause === undefined ? {} : { cause }),
  });
}
