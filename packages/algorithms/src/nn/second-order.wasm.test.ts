import { startBackend } from "@metabench/harness/backend";
import { describeDerivatives } from "./derivative-cases.test-support.ts";

// Here every layer is composed of tfjs' own operations, which makes it an independent check of the fused ones' formulas.
const { backend } = await startBackend({ prefer: "wasm" });

describeDerivatives(backend);
