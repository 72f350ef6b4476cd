import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import "./styles/theme.css";
import "./styles/base.css";
import "./styles/table.css";
import "./styles/charts.css";
import "./styles/pages.css";
import { followAddress } from "./address.js";
import { App } from "./app.js";
import { follow } from "./live.js";
import { takeToken } from "./server.js";

takeToken();
followAddress();
void follow();
render(<App />, document.getElementById("app")!);
