import { serveWrites } from "../store/index.js";
import { MODEL_ENCODERS } from "./save.js";

// The program of the thread that writes files while training goes on; an entry of its own in dist/.
await serveWrites(MODEL_ENCODERS);
