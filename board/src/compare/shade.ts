/** From what is low to what is high: seen by all, on light and dark. */
export const shade = (share: number): string => {
  const part = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return `color-mix(in oklch, var(--high) ${part}%, var(--low))`;
};
