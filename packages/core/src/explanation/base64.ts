/** Globals of every browser and of Node; the types of neither are loaded here. */
declare function atob(base64: string): string;
declare function btoa(binary: string): string;

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The bytes that base64 stands for. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** How many bytes base64 stands for. */
export function byteLength(text: string): number {
  return (3 * text.length) / 4 - (/=*$/.exec(text)?.[0].length ?? 0);
}
