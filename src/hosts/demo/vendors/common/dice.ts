/** Decides faults by seed, fault, subject and how often that subject came, never by order of arrival. */

/** So that every line gets through in the end. */
const mostPerSubject = 2;

/** 0 <= x < 1 from a text: FNV-1a with murmur3's finaliser. */
export const fraction = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
};

export interface Dice<Fault extends string> {
  /** Whether the fault strikes this subject now; the nth call for a subject always has the same answer. */
  strikes(fault: Fault, subject: string): boolean;
  /** How often each fault struck. */
  counts(): Readonly<Record<string, number>>;
}

export const createDice = <Fault extends string>(
  seed: number,
  chances: Readonly<Partial<Record<Fault, number>>>,
): Dice<Fault> => {
  const asked = new Map<string, { times: number; struck: number }>();
  const counts: Record<string, number> = {};
  return {
    strikes(fault, subject) {
      const chance = chances[fault] ?? 0;
      if (chance === 0) return false;
      const name = `${fault}:${subject}`;
      const seen = asked.get(name) ?? { times: 0, struck: 0 };
      asked.set(name, seen);
      seen.times += 1;
      if (seen.struck >= mostPerSubject || fraction(`${seed}:${name}:${seen.times}`) >= chance) return false;
      seen.struck += 1;
      counts[fault] = (counts[fault] ?? 0) + 1;
      return true;
    },
    counts: () => ({ ...counts }),
  };
};
