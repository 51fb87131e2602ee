import { startBackend } from "@metabench/harness/backend";
import { describeClosedForms } from "./closed-forms.test-support.ts";

const { backend } = await startBackend({ prefer: "wasm" });

describeClosedForms(backend);
