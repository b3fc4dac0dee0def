const pairsOf = (text: string): Map<string, number> => {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  const pairs = new Map<string, number>();
  for (let at = 0; at < plain.length - 1; at += 1) {
    const pair = plain.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
};

/** How much two texts share, 0 to 1: the Dice coefficient over pairs of letters, upper and lower case alike. */
export const similarity = (left: string, right: string): number => {
  const a = pairsOf(left);
  const b = pairsOf(right);
  const total = [...a.values(), ...b.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return left.trim().toLowerCase() === right.trim().toLowerCase() ? 1 : 0;
  let shared = 0;
  for (const [pair, count] of a) shared += Math.min(count, b.get(pair) ?? 0);
  return (2 * shared) / total;
};

/** Those of `known` that are most like `wanted`, best first. */
export const nearest = (wanted: string, known: readonly string[], count: number): readonly string[] =>
  known
    .map((name) => ({ name, score: similarity(wanted, name) }))
    .filter(({ score }) => score >= 0.3)
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ name }) => name);
