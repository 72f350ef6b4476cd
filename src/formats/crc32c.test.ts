import { expect, it } from "vitest";
import { crc32c, maskedCrc32c } from "./crc32c.js";

it("crc32c is that of RFC 3720, at any length", () => {
  expect(crc32c(new TextEncoder().encode("123456789"))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  expect(crc32c(new Uint8Array(0))).toBe(0);
});

it("the mask of TFRecord files turns it by 15 bits and adds a number", () => {
  expect(maskedCrc32c(new Uint8Array(0))).toBe(0xa282ead8);
  expect(maskedCrc32c(new TextEncoder().encode("123456789"))).toBe(0xc78ab0e5);
});
