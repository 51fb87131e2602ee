import { readdir } from "node:fs/promises";
import { execa } from "execa";

/** The NVIDIA cards of this machine by name, as its driver lists them; empty without card or driver. */
export async function findCards(): Promise<readonly string[]> {
  const { failed, stdout } = await execa("nvidia-smi", ["-L"], {
    reject: false,
    stdin: "ignore",
    timeout: 10_000,
  });
  const listed = failed
    ? []
    : [...stdout.matchAll(/^GPU \d+: (?<name>.+?)(?: \(UUID.*)?$/gmu)].map(
        ({ groups }) => groups?.["name"] ?? "NVIDIA card",
      );
  if (listed.length > 0) return listed;
  const known = await readdir("/proc/driver/nvidia/gpus").catch(() => []);
  return known.map((address) => `NVIDIA card at ${address}`);
}
