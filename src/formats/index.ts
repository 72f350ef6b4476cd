export {
  ATTRIBUTE_LIMIT,
  type H5Attr,
  type H5Dataset,
  H5Group,
  readHdf5,
  readListAttr,
  writeHdf5,
  writeListAttr,
} from "./hdf5/index.js";
export { readNpy, readNpz, writeNpy, writeNpz } from "./npy/index.js";
export { appendTrailer, type Split, splitTrailer, TRAILER_BYTES, trailerOf } from "./trailer.js";
export { crc32, readZip, writeZip, type ZipEntry } from "./zip/index.js";
