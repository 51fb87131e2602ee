import type { ProtocolPlugin } from "@metabench/core";
import { cifar100Protocols } from "./cifar-100.ts";
import { doubleMnistProtocols } from "./double-mnist.ts";
import { miniImagenetProtocols } from "./mini-imagenet.ts";
import { multiMnistProtocol } from "./multi-mnist.ts";
import { omniglotProtocols } from "./omniglot.ts";
import { schoolProtocol } from "./school.ts";
import { sinusoidProtocols } from "./sinusoid.ts";

/** The protocols that come with the suite, in the order in which they are listed. */
export const protocols: readonly ProtocolPlugin[] = [
  ...doubleMnistProtocols,
  ...omniglotProtocols,
  ...cifar100Protocols,
  ...miniImagenetProtocols,
  ...sinusoidProtocols,
  multiMnistProtocol,
  schoolProtocol,
];

/**
 * A protocol that comes with the suite, by id: for benchmarks and tests. A command looks protocols up among all loaded plugins instead.
 *
 * @throws Error for an unknown id
 */
export function findProtocol(id: string): ProtocolPlugin {
  const found = protocols.find((protocol) => protocol.id === id);
  if (found) return found;
  throw new Error(`@metabench/datasets has no protocol "${id}". Choose one that it lists.`);
}
