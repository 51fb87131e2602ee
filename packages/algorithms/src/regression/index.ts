export { default as maml } from "./maml.ts";
export { default as oracle } from "./oracle.ts";
export { default as pretrained } from "./pretrained.ts";
