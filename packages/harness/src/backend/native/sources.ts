/** One wheel on the package index, pinned by the SHA-256 the index publishes for its file. */
export interface Wheel {
  readonly project: string;
  readonly version: string;
  readonly sha256: string;
}

/** Where a flavour of native TensorFlow comes from. */
export interface NativeSource {
  readonly flavour: "cpu" | "cuda";
  /** TensorFlow's version, as its C library reports it. */
  readonly version: string;
  /** The wheel with the C library and its headers first, then the wheels it loads libraries from. */
  readonly wheels: readonly [Wheel, ...Wheel[]];
  /** Size of the download in bytes, for the progress line. */
  readonly download: number;
  /** Free space the set-up needs in bytes: the wheels and what is unpacked from them, side by side. */
  readonly space: number;
}

/** The processor-only build: x86-64 Linux, from the wheel for CPython 3.11, of which only the C library is used. */
export const cpuSource: NativeSource = {
  flavour: "cpu",
  version: "2.20.0",
  wheels: [
    {
      project: "tensorflow-cpu",
      version: "2.20.0",
      sha256: "cf756bbe2d256e942ab5d0ad2c858fb40017581494febdb4387c149b1afde780",
    },
  ],
  download: 259e6,
  space: 1.2e9,
};

/**
 * The CUDA 12 build with NVIDIA's libraries, the set that the extra `and-cuda` of `tensorflow` 2.20.0 asks for.
 * The C library finds them by its own run path, `../nvidia/<library>/lib`.
 */
export const cudaSource: NativeSource = {
  flavour: "cuda",
  version: "2.20.0",
  wheels: [
    {
      project: "tensorflow",
      version: "2.20.0",
      sha256: "481499fd0f824583de8945be61d5e827898cdaa4f5ea1bc2cc28ca2ccff8229e",
    },
    {
      project: "nvidia-cublas-cu12",
      version: "12.9.3.13",
      sha256: "d7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72",
    },
    {
      project: "nvidia-cuda-cupti-cu12",
      version: "12.8.90",
      sha256: "ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182",
    },
    {
      project: "nvidia-cuda-nvcc-cu12",
      version: "12.9.86",
      sha256: "5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0",
    },
    {
      project: "nvidia-cuda-nvrtc-cu12",
      version: "12.9.86",
      sha256: "210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4",
    },
    {
      project: "nvidia-cuda-runtime-cu12",
      version: "12.9.79",
      sha256: "25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3",
    },
    {
      project: "nvidia-cudnn-cu12",
      version: "9.28.0.42",
      sha256: "9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375",
    },
    {
      project: "nvidia-cufft-cu12",
      version: "11.4.1.4",
      sha256: "c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28",
    },
    {
      project: "nvidia-curand-cu12",
      version: "10.3.10.19",
      sha256: "49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e",
    },
    {
      project: "nvidia-cusolver-cu12",
      version: "11.7.5.82",
      sha256: "15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88",
    },
    {
      project: "nvidia-cusparse-cu12",
      version: "12.5.10.65",
      sha256: "73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78",
    },
    {
      project: "nvidia-nccl-cu12",
      version: "2.32.3",
      sha256: "bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c",
    },
    {
      project: "nvidia-nvjitlink-cu12",
      version: "12.9.86",
      sha256: "e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9",
    },
  ],
  download: 3.2e9,
  space: 11e9,
};
