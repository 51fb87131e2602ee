export { whyNotNative } from "./addon.ts";
export { findCards } from "./gpu-card.ts";
export { thisPlatform } from "./platform.ts";
export { nativeState } from "./state.ts";
export { findCompiler, findPip, findPython, howToInstall, type Tool } from "./toolchain.ts";
