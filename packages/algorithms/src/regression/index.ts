export { default as anil } from "./anil.ts";
export { default as maml } from "./maml.ts";
export { default as metaSgd } from "./meta-sgd.ts";
export { default as oracle } from "./oracle.ts";
export { default as pretrained } from "./pretrained.ts";
export { default as reptile } from "./reptile.ts";
