import { serveWrites } from "../store/index.js";
import { MODEL_ENCODERS } from "./save.js";

// The program of the thread that writes files while training goes on; see writer-program.ts.
void serveWrites(MODEL_ENCODERS);
