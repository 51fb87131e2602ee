import type { SplitName } from "@metabench/core";

/** Characters of an alphabet that a split holds: all from `first` to `last`, as numbered in Omniglot's folders. */
type Characters = readonly [first: number, last: number];

/**
 * Vinyals' split: 1028 / 172 / 423 characters; whole alphabets, except that Gurmukhi's first 41 characters train and its last
 * 4 test. Both of Omniglot's archives, background and evaluation, lie in all three splits.
 *
 * Vinyals et al. 2016, arXiv 1606.04080, in the lists that Snell, Swersky, Zemel 2017 published:
 * https://github.com/jakesnell/prototypical-networks (data/omniglot/splits/vinyals).
 */
const alphabets: Readonly<Record<SplitName, Readonly<Record<string, Characters>>>> = {
  train: {
    Alphabet_of_the_Magi: [1, 20],
    Angelic: [1, 20],
    "Anglo-Saxon_Futhorc": [1, 29],
    Arcadian: [1, 26],
    "Asomtavruli_(Georgian)": [1, 40],
    Atemayar_Qelisayer: [1, 26],
    Atlantean: [1, 26],
    "Aurek-Besh": [1, 26],
    Avesta: [1, 26],
    Balinese: [1, 24],
    "Blackfoot_(Canadian_Aboriginal_Syllabics)": [1, 14],
    Braille: [1, 26],
    "Burmese_(Myanmar)": [1, 34],
    Cyrillic: [1, 33],
    Futurama: [1, 26],
    Ge_ez: [1, 26],
    Glagolitic: [1, 45],
    Grantha: [1, 43],
    Greek: [1, 24],
    Gujarati: [1, 48],
    Gurmukhi: [1, 41],
    "Inuktitut_(Canadian_Aboriginal_Syllabics)": [1, 16],
    "Japanese_(hiragana)": [1, 52],
    "Japanese_(katakana)": [1, 47],
    Korean: [1, 40],
    Latin: [1, 26],
    "Malay_(Jawi_-_Arabic)": [1, 40],
    N_Ko: [1, 33],
    "Ojibwe_(Canadian_Aboriginal_Syllabics)": [1, 14],
    Sanskrit: [1, 42],
    "Syriac_(Estrangelo)": [1, 23],
    Tagalog: [1, 17],
    Tifinagh: [1, 55],
  },
  validation: {
    Armenian: [1, 41],
    Bengali: [1, 46],
    Early_Aramaic: [1, 22],
    Hebrew: [1, 22],
    "Mkhedruli_(Georgian)": [1, 41],
  },
  test: {
    Gurmukhi: [42, 45],
    Kannada: [1, 41],
    Keble: [1, 26],
    Malayalam: [1, 47],
    Manipuri: [1, 40],
    Mongolian: [1, 30],
    "Old_Church_Slavonic_(Cyrillic)": [1, 45],
    Oriya: [1, 46],
    Sylheti: [1, 28],
    "Syriac_(Serto)": [1, 23],
    Tengwar: [1, 25],
    Tibetan: [1, 42],
    ULOG: [1, 26],
  },
};

/** Names `Alphabet/characterNN` of each split's characters, in ascending order. */
export const vinyalsCharacters: Readonly<Record<SplitName, readonly string[]>> = {
  train: characters("train"),
  validation: characters("validation"),
  test: characters("test"),
};

function characters(split: SplitName): readonly string[] {
  return Object.entries(alphabets[split])
    .flatMap(([alphabet, [first, last]]) =>
      Array.from(
        { length: last - first + 1 },
        (_, i) => `${alphabet}/character${String(first + i).padStart(2, "0")}`,
      ),
    )
    .sort();
}
