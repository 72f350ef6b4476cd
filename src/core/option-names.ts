/** `batch_size` -> `batchSize`: our spelling of an option of Keras. */
export function optionFromKeras(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
