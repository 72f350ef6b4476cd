export { ATTRIBUTE_LIMIT, readListAttr, writeListAttr } from "./list-attr.js";
export { readHdf5 } from "./read/read.js";
export { type H5Attr, type H5Dataset, H5Group } from "./tree.js";
export { writeHdf5 } from "./write/write.js";
