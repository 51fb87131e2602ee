export { explanationsIn, type Explanations } from "./explanations.ts";
export { openStore, type Store } from "./store.ts";
