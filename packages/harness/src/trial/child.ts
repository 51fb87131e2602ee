import { endWithParent } from "../processes/index.ts";
import { exchange } from "../wire/index.ts";
import { perform } from "./perform.ts";

// A trial's process lives as long as its parent: Ctrl-C reaches the whole group, and the parent alone decides what it means.
process.on("SIGINT", () => undefined);
endWithParent();

await perform(exchange());
