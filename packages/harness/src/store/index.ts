export { explanationsIn, type Explanations } from "./explanations.ts";
export { openStore, type Store } from "./store.ts";
export type { Release } from "./claim.ts";
export { storeFailure } from "./failure.ts";
export { formatJson } from "./format.ts";
export { makeFolder } from "./make-folder.ts";
export { writeAtomically } from "./write-atomically.ts";
