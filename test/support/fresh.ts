import { resetNames } from "../../src/core/names.js";
import { forgetNotices } from "../../src/core/notice.js";

// Before each file of tests, since files share a process: nothing was said, and the next Dense is "dense".
forgetNotices();
resetNames();
