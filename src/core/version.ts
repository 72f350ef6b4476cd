/** This version of Pawl, as in package.json; files say which one wrote them. */
export const VERSION = "0.1.0";
