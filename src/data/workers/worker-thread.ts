import { serveRecords } from "./serve-records.js";

// The program of a thread that makes records; see worker-program.ts.
void serveRecords();
