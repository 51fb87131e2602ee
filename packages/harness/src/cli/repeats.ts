/** Leaves out a line that equals the one before: progress within a step comes many times over, its message is worth one line. */
export function withoutRepeats(say: (line: string) => void): (line: string) => void {
  let last: string | undefined;
  return (line) => {
    if (line !== last) say(line);
    last = line;
  };
}
