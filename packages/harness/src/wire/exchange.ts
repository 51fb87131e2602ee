import { getEachMessage, sendMessage } from "execa";
import type { ChildMessage, ParentMessage } from "./messages.ts";

/** The child's line to its parent. */
export interface Exchange {
  /** Resolves when the parent has it; await it before computing, since a blocked process sends nothing. */
  send(message: ChildMessage): Promise<void>;
  /** The next message; each is given once, in order. */
  next(): Promise<ParentMessage>;
}

/** The line over Node's inter-process channel. */
export function exchange(): Exchange {
  const messages = getEachMessage() as AsyncIterableIterator<ParentMessage>;
  return {
    send: (message) => sendMessage(message),
    next: async () => {
      const { value, done } = await messages.next();
      if (done === true) throw new Error("The parent process is gone.");
      return value as ParentMessage;
    },
  };
}
