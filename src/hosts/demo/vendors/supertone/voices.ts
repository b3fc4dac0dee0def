/** Made-up voices, and the use that was made up for the time before the start. */
import { fraction } from '../common/dice.ts';
import type { Use } from './ledger.ts';

/** Of the specification 0.9.6. */
export const languages = new Set(
  'en ko ja bg cs da el es et fi hu it nl pl pt ro ar de fr hi id ru vi hr lt lv sk sl sv tr uk'.split(' '),
);
export const models = new Set([
  'sona_speech_1',
  'sona_speech_2',
  'sona_speech_2t',
  'sona_speech_2_flash',
  'supertonic_api_1',
  'sona_speech_3t',
  'supertonic_api_3',
]);

export interface Preset {
  readonly voice_id: string;
  readonly name: string;
  readonly description: string;
  readonly age: string;
  readonly gender: string;
  readonly use_case: string;
  readonly use_cases: readonly string[];
  readonly language: readonly string[];
  readonly styles: readonly string[];
  readonly models: readonly string[];
  readonly samples: readonly { language: string; style: string; model: string; url: string }[];
  readonly thumbnail_image_url: string;
}
export interface OwnVoice {
  readonly voice_id: string;
  name: string;
  description: string | null;
}

const asian = ['en', 'ko', 'ja'];
const european = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt'];
const firstModels = ['sona_speech_1', 'sona_speech_2', 'supertonic_api_1'];
const laterModels = ['sona_speech_2', 'sona_speech_2_flash', 'supertonic_api_3'];

const named: readonly (readonly [string, string, string, string, string, readonly string[], readonly string[]])[] = [
  ['Marlow', 'male', 'middle-aged', 'narration', 'Dry and close, for documentaries.', asian, firstModels],
  ['Juniper', 'female', 'young-adult', 'advertisement', 'Bright, quick and friendly.', asian, firstModels],
  ['Haneul', 'female', 'young-adult', 'announcement', 'Calm public address.', ['ko', 'en'], firstModels],
  ['Asahi', 'male', 'young-adult', 'storytelling', 'Soft, with long vowels.', ['ja', 'en'], firstModels],
  ['Brigitta', 'female', 'middle-aged', 'narration', 'Warm and unhurried.', european, laterModels],
  ['Corvin', 'male', 'elder', 'storytelling', 'Gravel and patience.', european, laterModels],
  ['Ottoline', 'female', 'elder', 'audiobook', 'A reader by the fire.', european, laterModels],
  ['Pip', 'neutral', 'child', 'game', 'Small and curious.', asian, firstModels],
];
const stylesOf = (index: number): readonly string[] =>
  index % 2 === 0 ? ['neutral', 'happy', 'sad'] : ['neutral', 'serene'];

const idOf = (name: string): string => `demo${Math.floor(fraction(name) * 2 ** 32).toString(36)}${name.toLowerCase()}`;

/** `origin`: where samples can be heard without a key. */
export const presetsOf = (origin: string, extra: number): readonly Preset[] => {
  const all = [
    ...named,
    ...Array.from(
      { length: extra },
      (_, index) =>
        [`Extra ${index + 1}`, 'female', 'young-adult', 'narration', 'One of many.', asian, firstModels] as const,
    ),
  ];
  return all.map(([name, gender, age, use_case, description, language, offered], index) => {
    const voice_id = idOf(name.replaceAll(' ', '-'));
    const styles = stylesOf(index);
    return {
      voice_id,
      name,
      description: `${description} (made up)`,
      age,
      gender,
      use_case,
      use_cases: [use_case, 'narration'].filter((one, at, list) => list.indexOf(one) === at),
      language,
      styles,
      models: offered,
      samples: language.flatMap((code) =>
        offered.map((model) => ({
          language: code,
          style: 'neutral',
          model,
          url: `${origin}/samples/${voice_id}/${code}/${model}.wav`,
        })),
      ),
      thumbnail_image_url: `${origin}/thumbnails/${voice_id}.png`,
    };
  });
};

export const ownVoices = (): OwnVoice[] => [
  { voice_id: idOf('own-one'), name: 'My Voice 1', description: null },
  { voice_id: idOf('own-two'), name: 'House announcer', description: 'Recorded in the small studio (made up).' },
];
/** Known to the vendor, but of another account. */
export const foreignVoice = idOf('foreign');

const dayMs = 86_400_000;

/** Working days more than weekends, a few voices a day, each in its own hour. */
export const pastUse = (seed: number, days: number, now: number, presets: readonly Preset[]): readonly Use[] => {
  const today = Math.floor(now / dayMs) * dayMs;
  const uses: Use[] = [];
  for (let back = days; back >= 1; back -= 1) {
    const day = today - back * dayMs;
    const weekday = new Date(day).getUTCDay();
    for (const [index, voice] of presets.slice(0, named.length).entries()) {
      const chance = fraction(`${seed}:${day}:${voice.voice_id}`);
      if (chance > (weekday === 0 || weekday === 6 ? 0.12 : 0.45)) continue;
      const [language = 'en'] = voice.language;
      const [model = 'sona_speech_1'] = voice.models;
      const style = voice.styles[Math.floor(chance * 100) % voice.styles.length] ?? 'neutral';
      const seconds = 40 + fraction(`${seed}:${day}:${index}`) * 900;
      uses.push({ at: day + (8 + index) * 3_600_000, voice: voice.voice_id, style, language, model, seconds });
    }
  }
  return uses;
};
