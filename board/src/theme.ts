import { effect, signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";
const NEXT: { readonly [T in Theme]: Theme } = { system: "light", light: "dark", dark: "system" };

/** A page saved as a file may not keep anything. */
function kept(): Theme {
  try {
    const text = localStorage.getItem("pawl-theme");
    return text === "light" || text === "dark" ? text : "system";
  } catch {
    return "system";
  }
}

export const theme = signal<Theme>(kept());
const dark = matchMedia("(prefers-color-scheme: dark)");
const systemDark = signal(dark.matches);
dark.addEventListener("change", () => {
  systemDark.value = dark.matches;
});

/** Which of both is on show; what is drawn on a canvas is drawn again when it changes. */
export const shownTheme = signal<"light" | "dark">("light");

effect(() => {
  const now = theme.value === "system" ? (systemDark.value ? "dark" : "light") : theme.value;
  document.documentElement.dataset["theme"] = now;
  shownTheme.value = now;
});

export function nextTheme(): void {
  theme.value = NEXT[theme.value];
  try {
    localStorage.setItem("pawl-theme", theme.value);
  } catch {
    // Then it holds until the page is closed.
  }
}
