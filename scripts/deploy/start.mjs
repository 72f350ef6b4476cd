import { main } from "./app.mjs";

main().then(
  (digest) => console.log(`digest ${digest}`),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
