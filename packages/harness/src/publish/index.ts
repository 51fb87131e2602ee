export { publish } from "./publish.ts";
export { readStores } from "./read-stores.ts";
