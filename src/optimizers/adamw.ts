import type { Fields } from "../core/options.js";
import { AdamBase, type AdamOptions, adamFields } from "./adam.js";

/** Adam with decoupled weight decay (Loshchilov & Hutter 2017): {@link Adam} with `weightDecay: 0.004`. */
export class AdamW extends AdamBase {
  static override readonly className: string = "AdamW";
  static readonly fields: Fields<AdamOptions> = adamFields(0.004);
}
