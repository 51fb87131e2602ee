/** Pictures of CIFAR-100 with their labels; a picture is `[3, 32, 32]` bytes, plane by plane. */
export interface CifarPart {
  readonly planes: Uint8Array;
  /** Index into the names of the 100 classes, a picture. */
  readonly fine: Uint8Array;
  /** Index into the names of the 20 superclasses, a picture. */
  readonly coarse: Uint8Array;
}

/** CIFAR-100 as its archives hold it. */
export interface Cifar100 {
  readonly fineNames: readonly string[];
  readonly coarseNames: readonly string[];
  readonly parts: readonly CifarPart[];
}

/** Bytes of a picture: red, green and blue planes of 32×32. */
export const pictureBytes = 3 * 32 * 32;
