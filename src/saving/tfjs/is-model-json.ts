import { INDEX_ENDING } from "../shard-index.js";

/** Whether a path names a model.json of TensorFlow.js, by its ending: JSON that is no index of shards. */
export const isModelJson = (path: string): boolean => path.endsWith(".json") && !path.endsWith(INDEX_ENDING);
