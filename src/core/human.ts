/** 1234567 -> "1,234,567". */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

const UNITS = ["B", "KB", "MB", "GB", "TB", "PB"];

/** Bytes as Keras prints them: "4.56 KB", in steps of 1024. */
export function memorySize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size.toFixed(2)} ${UNITS[unit]}`;
}
