export * from "./catalogue.js";
export {
  type Activation,
  type ActivationIdentifier,
  type ActivationName,
  deserialize,
  get,
  register,
  serialize,
} from "./get.js";
