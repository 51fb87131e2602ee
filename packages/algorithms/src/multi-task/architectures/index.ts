import type { Architecture } from "../architecture.ts";
import { hardSharing } from "./hard-sharing.ts";

/** Every architecture whose tasks share parameters; a new one is a file of this folder and an entry here. */
export const sharingArchitectures: readonly Architecture[] = [hardSharing];
