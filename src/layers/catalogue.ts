export { InputLayer } from "./input-layer.js";
