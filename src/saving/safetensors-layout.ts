/** The member of the metadata that has Pawl's state as JSON. */
export const STATE = "pawl";

/** What names of Pawl's own tensors begin with. */
const OWN = "__pawl__/";

/** The name of a tensor of Pawl's state. */
export const ownTensor = (i: number): string => `${OWN}${i}`;
/** The last tensor: the digest of all before it. Readers want a tensor for every byte of the file. */
export const DIGEST: string = `${OWN}digest`;

export const isOwnTensor = (name: string): boolean => name.startsWith(OWN);

/**
 * The name of a weight: its path in the model. Paths in a `Sequential` begin with the model's name, which is often one
 * that counts the models of a program, as in "sequential_3/dense/kernel"; that part is left out.
 */
export const weightName = (path: string, model: string): string =>
  model !== "" && path.startsWith(`${model}/`) ? path.slice(model.length + 1) : path;
