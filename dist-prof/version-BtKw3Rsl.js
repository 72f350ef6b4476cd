//#region src/core/version.ts
/** This version of Pawl, as in package.json; files say which one wrote them. */
const VERSION = "0.1.0";
//#endregion
export { VERSION as t };
