export { Adam } from "./adam.js";
export { AdamW } from "./adamw.js";
export { RMSprop } from "./rmsprop.js";
export { SGD } from "./sgd.js";
