import { startBackend } from "@metabench/harness/backend";
import { describeMamlAgainstPyTorch } from "./maml-pytorch.test-support.ts";

const { backend } = await startBackend({ prefer: "wasm" });

describeMamlAgainstPyTorch(backend);
