import process from "node:process";
import { Obstacle } from "./obstacle.ts";

/** What decides whether a wheel fits; handed in, so that every platform can be tested on one. */
export interface Platform {
  readonly os: NodeJS.Platform;
  readonly architecture: string;
  /** Version of the GNU C library, `undefined` where there is another (musl) or none. */
  readonly glibc: string | undefined;
}

/** The platform this process runs on. */
export function thisPlatform(): Platform {
  const report = process.report.getReport() as {
    readonly header?: { readonly glibcVersionRuntime?: string };
  };
  return { os: process.platform, architecture: process.arch, glibc: report.header?.glibcVersionRuntime };
}

/**
 * Refuses platforms for which no pinned wheel of TensorFlow's C library exists.
 *
 * @throws {Obstacle} `platform`, saying which part does not fit and why.
 */
export function checkPlatform({ os, architecture, glibc }: Platform): void {
  const why = reasonAgainst(os, architecture, glibc);
  if (why === undefined) return;
  throw new Obstacle(
    "platform",
    `no native TensorFlow for ${os}-${architecture}: ${why}. Use Linux on x86-64 (a container or WSL 2 will do) for native speed`,
  );
}

function reasonAgainst(
  os: NodeJS.Platform,
  architecture: string,
  glibc: string | undefined,
): string | undefined {
  if (os !== "linux")
    return "only the Linux wheel is pinned, and the add-on is linked against its shared libraries";
  if (architecture !== "x64") return "only the x86-64 wheel is pinned";
  if (glibc === undefined) return "the wheel needs the GNU C library, and this system has another (musl)";
  const [major = 0, minor = 0] = glibc.split(".").map(Number);
  if (major < 2 || (major === 2 && minor < 17))
    return `the wheel needs the GNU C library 2.17 or newer, this is ${glibc}`;
  return undefined;
}
