// Functions that pipelines of tests have by module.

const SCALE = new Map([["x", 2]]);
/** Kept, and given out again for each record of a group: whoever moved it would leave nothing here. */
const TABLES = [new Float64Array(1000).fill(1), new Float64Array(1000).fill(2)];

export const scaled = ({ x, y }, { random }) => ({ x: x * SCALE.get("x") + random.uniform(), y });

export const withTable = ({ x }) => ({ x, table: TABLES[x % 2] });

export const fresh = ({ x }) => ({ large: new Float64Array(1000).fill(x) });

export const notAFunction = 5;

export default ({ x }) => ({ x: -x });
