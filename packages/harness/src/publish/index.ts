export { publish, type Published, type PublishOptions } from "./publish.ts";
export { readStores } from "./read-stores.ts";
