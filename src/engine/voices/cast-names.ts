import type { Voice } from '#contract/voices.ts';

export interface CastName {
  /** `workspace/voiceId`. */
  readonly reference: string;
  /** What a person would write in a cast: `workspace/Name`, or the reference where several voices have the name. */
  readonly called: string;
}

export const castNames = (voices: readonly Voice[]): CastName[] => {
  const called = voices.map(({ workspaceName, name }) => `${workspaceName}/${name.trim()}`);
  const times = Map.groupBy(called, (name) => name);
  return voices.map(({ reference }, index) => {
    const name = called[index] ?? reference;
    return { reference, called: times.get(name)?.length === 1 ? name : reference };
  });
};
