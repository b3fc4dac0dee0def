/** What to hear first, and why: found by comparing the sounds of one scope with each other and with what is known of their voices. */
import { Risk, type ReviewItem } from '#contract/review.ts';
import type { SoundFacts } from '../database/reviews.ts';
import type { VoiceRates } from '../scripts/forecast.ts';
import type { Scope, Sound } from './scope.ts';

export type FoundRisk = ReviewItem['risks'][number] & {
  /** Among those of the same risk, the highest goes first. */
  readonly weight: number;
};
type Facts = FoundRisk['facts'];

/** Lines that take nearly as long as the longest of a spot that is too long are worth a cut, too. */
const nearlyLongest = 0.8;
/** With fewer, there is no telling what is usual. */
const enoughToCompare = 3;
const enoughOfVoice = 5;
/** A line's extremes are worth hearing when they differ from its middle by this much. */
const unusualLength = 0.12;
/** People notice three loudness units between two speakers. */
const leastLoudnessOff = 3;
const fastest = 1.4;
const slowest = 0.65;
/** Shorter texts say nothing about a pace. */
const fewestWords = 3;

const order = new Map(Risk.options.map((risk, index) => [risk, index]));
/** Place of a risk in the order of hearing; what is without risk comes last. */
export const rankOf = (risks: readonly FoundRisk[]): number =>
  risks[0] === undefined ? Risk.options.length : (order.get(risks[0].risk) ?? Risk.options.length);

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};
const tenths = (value: number): number => Math.round(value * 10) / 10;
const inSeconds = (ms: number): number => tenths(ms / 1000);

export interface RiskQuestion {
  readonly scope: Scope;
  /** One for each sound of the scope. */
  readonly facts: readonly SoundFacts[];
  readonly rates: VoiceRates;
  /** What a voice said first of all; null in it: something that is not ours. */
  readonly firstUse: (speaker: NonNullable<Sound['speaker']>) => { readonly recipeHash: string | null } | null;
  /** Awaited often, so that long work lets others run. */
  readonly pause: () => Promise<void> | undefined;
}

/** For each sound of the scope its risks, worst first. A sound without audio has none. */
export const assessRisks = async ({
  scope,
  facts,
  rates,
  firstUse,
  pause,
}: RiskQuestion): Promise<readonly FoundRisk[][]> => {
  const { sounds, spots, slotSeconds } = scope;
  const found: FoundRisk[][] = sounds.map(() => []);
  const lengthOf = (at: number): number | null => facts[at]?.shown?.durationMs ?? null;
  const add = (at: number, risk: Risk, words: string, told: Facts, weight = 0): void => {
    const own = found[at];
    if (own !== undefined && !own.some((one) => one.risk === risk)) own.push({ risk, words, facts: told, weight });
  };

  const lengths: (number | null)[] = [];
  for (const spot of spots) {
    let total = spot.silenceMs;
    let longest = 0;
    let whole = true;
    for (const at of spot.sounds) {
      const own = lengthOf(at);
      whole &&= own !== null;
      total += own ?? 0;
      longest = Math.max(longest, own ?? 0);
    }
    lengths.push(whole && spot.sounds.length > 0 ? total : null);
    await pause();
    if (slotSeconds === null || total <= slotSeconds * 1000) continue;
    const told = { variant: spot.variant, seconds: inSeconds(total), slotSeconds };
    for (const at of spot.sounds)
      if (longest > 0 && (lengthOf(at) ?? 0) >= nearlyLongest * longest)
        add(
          at,
          'over_slot',
          `${spot.variant} lasts ${told.seconds} s, more than its ${slotSeconds} s.`,
          told,
          total - slotSeconds * 1000,
        );
  }

  const ownLongest = (place: number): number | undefined =>
    spots[place]?.sounds.toSorted((a, b) => (lengthOf(b) ?? 0) - (lengthOf(a) ?? 0))[0];
  const extremes = (values: readonly (readonly [place: number, ms: number])[]) => {
    if (values.length < enoughToCompare) return null;
    const middle = median(values.map(([, ms]) => ms));
    let [low] = values;
    let [high] = values;
    for (const value of values) {
      if (low === undefined || value[1] < low[1]) low = value;
      if (high === undefined || value[1] > high[1]) high = value;
    }
    return { middle, low, high };
  };
  const ofSpots = extremes(lengths.flatMap((ms, place) => (ms === null ? [] : [[place, ms] as const])));
  for (const [side, risk] of [
    ['high', 'longest'],
    ['low', 'shortest'],
  ] as const) {
    const end = ofSpots?.[side];
    const at = end === undefined ? undefined : ownLongest(end[0]);
    if (ofSpots === null || end === undefined || at === undefined) continue;
    if (Math.abs(end[1] - ofSpots.middle) < unusualLength * ofSpots.middle) continue;
    const variant = spots[end[0]]?.variant ?? '';
    const told = { variant, seconds: inSeconds(end[1]), usualSeconds: inSeconds(ofSpots.middle) };
    const words = `${variant} is the ${risk} spot: ${told.seconds} s where ${told.usualSeconds} s is usual.`;
    add(at, risk, words, told, Number.POSITIVE_INFINITY);
  }

  const byLine = new Map<string, [number, number][]>();
  const byVoice = new Map<string, { places: number[]; paces: number[] }>();
  const loudness: number[] = [];
  for (const [at, sound] of sounds.entries()) {
    await pause();
    const own = facts[at];
    const shown = own?.shown;
    if (own === undefined || shown == null) continue;
    const line = sound.lineId ?? `${sound.linePosition}`;
    const ofLine = byLine.get(line) ?? [];
    byLine.set(line, ofLine);
    ofLine.push([at, shown.durationMs]);
    const voice = byVoice.get(sound.voiceKey) ?? { places: [], paces: [] };
    byVoice.set(sound.voiceKey, voice);
    voice.places.push(at);
    const pace = paceOf(sound, shown.durationMs);
    if (pace !== null) voice.paces.push(pace);
    if (shown.loudnessLufs !== null) loudness.push(shown.loudnessLufs);
  }
  for (const values of byLine.values()) {
    await pause();
    const ends = extremes(values);
    if (ends === null) continue;
    for (const [side, risk] of [
      ['high', 'longest'],
      ['low', 'shortest'],
    ] as const) {
      const end = ends[side];
      if (end === undefined) continue;
      const off = Math.abs(end[1] - ends.middle) / ends.middle;
      if (!(off >= unusualLength)) continue;
      const told = { seconds: inSeconds(end[1]), usualSeconds: inSeconds(ends.middle) };
      const words = `The ${risk} of this line: ${told.seconds} s where ${told.usualSeconds} s is usual.`;
      add(end[0], risk, words, told, off);
    }
  }

  const words = new Set<string>();
  const usualLoudness = loudness.length < enoughToCompare ? null : median(loudness);
  const spread = usualLoudness === null ? 0 : median(loudness.map((value) => Math.abs(value - usualLoudness)));
  const usualPace = new Map<string, number>();
  for (const [key, { places, paces }] of byVoice) {
    await pause();
    const known = rates.get(key);
    if (paces.length >= enoughOfVoice) usualPace.set(key, median(paces));
    else if (known !== undefined && known.takes >= enoughOfVoice && known.seconds > 0)
      usualPace.set(key, known.words / known.seconds);
    const [any] = places;
    const speaker = any === undefined ? null : sounds[any]?.speaker;
    const first = speaker == null ? null : firstUse(speaker);
    const at = places.find((place) => sounds[place]?.recipeHash === first?.recipeHash);
    const sound = at === undefined ? undefined : sounds[at];
    if (at !== undefined && sound !== undefined)
      add(at, 'new_voice', `First use of ${sound.voiceName} in this library.`, { voice: sound.voiceName });
  }
  for (const [at, sound] of sounds.entries()) {
    await pause();
    const own = facts[at];
    const shown = own?.shown;
    if (own === undefined || shown == null) continue;
    if (shown.suspect !== null) add(at, 'suspect', shown.suspect, { reason: shown.suspect });
    for (const { word, say } of sound.lexiconChanges) {
      if (words.has(word)) continue;
      words.add(word);
      add(at, 'new_word', `First time that "${word}" is said as "${say}".`, { word, say });
    }
    if (usualLoudness !== null && shown.loudnessLufs !== null) {
      const off = shown.loudnessLufs - usualLoudness;
      if (Math.abs(off) > Math.max(leastLoudnessOff, 4.5 * spread)) {
        const told = { lufs: tenths(shown.loudnessLufs), usualLufs: tenths(usualLoudness) };
        const how = off > 0 ? 'louder' : 'softer';
        const sentence = `${tenths(Math.abs(off))} LU ${how} than the rest: ${told.lufs} LUFS.`;
        add(at, 'loudness', sentence, told, Math.abs(off));
      }
    }
    const pace = paceOf(sound, shown.durationMs);
    const usual = usualPace.get(sound.voiceKey);
    if (pace !== null && usual !== undefined && (pace > usual * fastest || pace < usual * slowest)) {
      const told = { wordsPerSecond: tenths(pace), usualWordsPerSecond: tenths(usual) };
      const sentence = `${told.wordsPerSecond} words a second where ${sound.voiceName} says ${told.usualWordsPerSecond}.`;
      add(at, 'length', sentence, told, Math.abs(Math.log(pace / usual)));
    }
    const rejected = own.answers.find(({ verdict }) => verdict === 'rejected');
    if (rejected !== undefined)
      add(at, 'client_rejected', `${rejected.person} rejected it.`, { person: rejected.person }, rejected.at);
  }
  for (const risks of found) risks.sort((a, b) => (order.get(a.risk) ?? 0) - (order.get(b.risk) ?? 0));
  return found;
};

/** Words a second without the pauses; null for what is too short to have a pace. */
const paceOf = ({ words, silenceMs }: Sound, durationMs: number): number | null => {
  const speechMs = durationMs - silenceMs;
  return words < fewestWords || speechMs <= 0 ? null : (words / speechMs) * 1000;
};
