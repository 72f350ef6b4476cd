/** The version of Pawl, as in package.json; files record which version wrote them. */
export const VERSION = "0.1.0";
