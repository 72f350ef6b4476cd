import { signal } from "@preact/signals";
import { type Address, addressText, parseAddress, START } from "./address-text.js";

export const address = signal<Address>(START);

/** The address with some of it changed, for links. */
export const href = (patch: Partial<Address>): string => addressText({ ...address.value, ...patch });

/** Goes there. A change of place is a step of the browser's history, a change of settings is not. */
export function go(patch: Partial<Address>): void {
  const next = { ...address.value, ...patch };
  const moves = next.view !== address.value.view || next.id !== address.value.id;
  history[moves ? "pushState" : "replaceState"](null, "", addressText(next));
  address.value = next;
}

/** Follows the browser's address from now on. */
export function followAddress(): void {
  const read = (): void => {
    address.value = parseAddress(location.hash);
  };
  addEventListener("hashchange", read);
  addEventListener("popstate", read);
  read();
}
