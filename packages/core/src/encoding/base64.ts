import { base64 } from "@scure/base";

/** Bytes as base64, padded, in the standard alphabet (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  return base64.encode(bytes);
}

/**
 * The bytes of a base64 text.
 *
 * @throws Error where the text is not padded base64 of the standard alphabet
 */
export function fromBase64(text: string): Uint8Array {
  return base64.decode(text);
}

/** How many bytes a base64 text holds, without decoding it. */
export function byteLength(text: string): number {
  return (3 * text.length) / 4 - (/=*$/.exec(text)?.[0].length ?? 0);
}
