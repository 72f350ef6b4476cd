/** Colours of curves: told apart also by those who see few colours, on light and dark (their places are in theme.css). */
const COUNT = 10;

/** The colour of the run at this place among those that are chosen. */
export const colorOf = (place: number): string => `var(--curve-${((place % COUNT) + COUNT) % COUNT})`;

/** The same for a canvas, which knows no variables. */
export function canvasColor(place: number): string {
  return themeColor(`--curve-${((place % COUNT) + COUNT) % COUNT}`);
}

export const themeColor = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();
