/** How messages name a layer. */
export interface NamedLayer {
  readonly name: string;
  /** The class name as files have it. */
  readonly className: string;
  /** Class and name, e.g. `Dense "dense_1"`. */
  readonly label: string;
}
