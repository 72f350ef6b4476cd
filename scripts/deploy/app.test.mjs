import { main } from "./app.mjs";

test("trains", async () => console.log(`digest ${await main()}`));
