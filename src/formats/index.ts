export { crc32c, maskedCrc32c } from "./crc32c.js";
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
export {
  type NpyDType,
  type NpyHeader,
  npyType,
  parseHeader,
  readNpy,
  readNpz,
  swapBytes,
  writeNpy,
  writeNpz,
} from "./npy/index.js";
export { RECORD_HEAD, tfRecord, tfRecordBytes, tfRecordContents } from "./tfrecord.js";
export { appendTrailer, type Split, splitTrailer, TRAILER_BYTES, trailerOf } from "./trailer.js";
export { crc32, openZip, type ReadBytes, readZip, writeZip, type ZipEntry, type ZipPlace } from "./zip/index.js";
