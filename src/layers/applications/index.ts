// Layers that are parts of Keras's applications; Keras exports none of them, but its files name them.
export { CustomScaleLayer } from "./custom-scale-layer.js";
export { LayerScale } from "./layer-scale.js";
export { StochasticDepth } from "./stochastic-depth.js";
