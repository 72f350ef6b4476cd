import type { InputSpec } from "./input-spec.js";

/**
 * What a class of layers does with its inputs, stated once in its static table `traits`. A class states what differs
 * from its base; where it depends on options, override the getter of the same name instead.
 */
export interface LayerTraits {
  /** What the inputs must look like, one entry an input. Default null: anything goes. */
  readonly inputSpecs?: readonly InputSpec[] | null;
  /** Integer and boolean inputs become float32 before `call`. Default false. */
  readonly castsToFloat?: boolean;
  /** Masks of the inputs live on in the outputs; see `computeMask`. Default false: they end here, as in Keras. */
  readonly supportsMasking?: boolean;
  /** The call makes use of the mask of its input, as Keras's `call(inputs, mask=None)`; it is an option then. Default false. */
  readonly takesMask?: boolean;
  /** A call ends the masks of its inputs for all others that read them, as Keras's attention does. Default false. */
  readonly takesMasksAway?: boolean;
  /**
   * Parameters of Keras's call that `apply`'s list is spread over ("...name": all further ones). Default null: one
   * parameter takes the list.
   */
  readonly parameters?: readonly string[] | null;
  /** Names of options that a call takes besides `training`. Default: none. */
  readonly callOptions?: readonly string[];
}

/** The traits of a class and of those it extends. */
export function traitsOf(cls: object): LayerTraits {
  const base: unknown = Object.getPrototypeOf(cls);
  const own = Object.hasOwn(cls, "traits") ? (cls as { readonly traits: LayerTraits }).traits : {};
  return typeof base === "function" ? { ...traitsOf(base), ...own } : own;
}
