/** How many requests at a time: what the user or the adapter says, less one for each recent refusal. */
export interface LanePace {
  limit(wanted: number): number;
  refused(): void;
  answered(): void;
}

/** Answers in a row that give one place back. */
const answersPerPlace = 20;
const mostPlaces = 64;

export const createLanePace = (): LanePace => {
  let squeezed = 0;
  let answers = 0;
  return {
    limit: (wanted) => Math.max(1, wanted - squeezed),
    refused: () => {
      squeezed = Math.min(squeezed + 1, mostPlaces);
      answers = 0;
    },
    answered: () => {
      if (squeezed === 0) return;
      answers += 1;
      if (answers < answersPerPlace) return;
      squeezed -= 1;
      answers = 0;
    },
  };
};
