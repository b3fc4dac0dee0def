/** The voices of the fake account, and of the public library behind it. All of them are made up. */
import { fraction } from '../common/dice.ts';

export interface FakeVoice {
  readonly voiceId: string;
  readonly name: string;
  readonly category: 'premade' | 'cloned' | 'generated' | 'professional';
  readonly gender: 'female' | 'male' | 'neutral';
  readonly age: string;
  readonly accent: string;
  readonly useCase: string;
  readonly descriptive: string;
  readonly languages: readonly string[];
  readonly isOwn: boolean;
  /** How many times the model's rate it costs. */
  readonly rate: number;
  readonly noticeDays: number | null;
  /** Epoch seconds of its withdrawal. */
  readonly disableAt: number | null;
  /** Its owner in the library; null: it is not from there. */
  readonly libraryOwner: string | null;
  readonly createdAt: number;
}

/** Twenty letters and digits, the same for the same words. */
export const vendorId = (words: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length: 20 }, (_, i) => alphabet[Math.floor(fraction(`${words}#${i}`) * 62)]).join('');
};

const dayS = 86_400;
const voice = (
  name: string,
  gender: FakeVoice['gender'],
  age: string,
  accent: string,
  useCase: string,
  descriptive: string,
  more: Partial<FakeVoice> = {},
): FakeVoice => ({
  voiceId: vendorId(`voice ${name}`),
  name,
  category: 'premade',
  gender,
  age,
  accent,
  useCase,
  descriptive,
  languages: ['en'],
  isOwn: false,
  rate: 1,
  noticeDays: null,
  disableAt: null,
  libraryOwner: null,
  createdAt: 1_700_000_000,
  ...more,
});

/** `now` in epoch ms: one voice is withdrawn three weeks after it. */
export const accountVoices = (now: number): readonly FakeVoice[] => {
  const inThreeWeeks = Math.round(now / 1000) + 21 * dayS;
  return [
    voice('Nova', 'female', 'young', 'american', 'advertisement', 'bright', { languages: ['en', 'de', 'fr'] }),
    voice('Rowan', 'male', 'middle-aged', 'british', 'narration', 'calm', { languages: ['en', 'de'] }),
    voice('Iris', 'female', 'middle-aged', 'irish', 'conversational', 'warm'),
    voice('Otto', 'male', 'old', 'german', 'advertisement', 'deep', { languages: ['de', 'en'] }),
    voice('Celia', 'female', 'young', 'french', 'social_media', 'playful', { languages: ['fr', 'en'] }),
    voice('Mateo', 'male', 'young', 'latin american', 'advertisement', 'confident', { languages: ['es', 'en'] }),
    voice('Sage', 'neutral', 'young', 'australian', 'narration', 'relaxed'),
    voice('Northwind House Voice', 'female', 'middle-aged', 'american', 'advertisement', 'trusted', {
      category: 'cloned',
      isOwn: true,
      languages: ['en', 'de', 'fr', 'es'],
    }),
    voice('Studio Double', 'male', 'middle-aged', 'american', 'narration', 'clear', {
      category: 'professional',
      isOwn: true,
    }),
    voice('Paper Lantern', 'female', 'young', 'neutral', 'characters_animation', 'airy', {
      category: 'generated',
      isOwn: true,
    }),
    voice('Harbour Master', 'male', 'old', 'scottish', 'narration', 'rough', {
      category: 'professional',
      libraryOwner: 'owner-harbour',
      rate: 2,
      noticeDays: 90,
    }),
    voice('Vera Lind', 'female', 'middle-aged', 'swedish', 'advertisement', 'elegant', {
      category: 'professional',
      libraryOwner: 'owner-lind',
      languages: ['sv', 'en'],
      noticeDays: 30,
      disableAt: inThreeWeeks,
    }),
  ];
};

const first = [
  'Amber',
  'Birk',
  'Coral',
  'Dario',
  'Elin',
  'Fintan',
  'Greta',
  'Hugo',
  'Isolde',
  'Jonas',
  'Kaia',
  'Lorenz',
];
const last = ['Ashdown', 'Bell', 'Corsa', 'Dunmore'];
const pick = <T>(values: readonly T[], at: number): T => values[at % values.length] as T;

/** Forty-eight voices that can be added. */
export const libraryVoices: readonly FakeVoice[] = last.flatMap((family, row) =>
  first.map((given, column) => {
    const at = row * first.length + column;
    const noticeDays = pick([null, 30, 90, 180], at);
    return voice(
      `${given} ${family}`,
      column % 2 === 0 ? 'female' : 'male',
      pick(['young', 'middle-aged', 'old'], at),
      pick(['american', 'british', 'german', 'french', 'spanish'], at),
      pick(['advertisement', 'narration', 'social_media', 'characters_animation'], at),
      pick(['warm', 'crisp', 'deep', 'gentle', 'excited'], at),
      {
        category: 'professional',
        languages: [pick(['en', 'en', 'de', 'fr', 'es'], at)],
        libraryOwner: `owner-${family.toLowerCase()}`,
        rate: at % 7 === 3 ? 2 : at % 11 === 5 ? 3 : 1,
        noticeDays,
      },
    );
  }),
);

const verified = (one: FakeVoice, previewUrl: string) =>
  one.languages.map((language) => ({
    language,
    model_id: 'eleven_multilingual_v2',
    accent: one.accent,
    locale: language === 'en' ? 'en-US' : `${language}-${language.toUpperCase()}`,
    preview_url: `${previewUrl}?language=${language}`,
  }));
const describe = (one: FakeVoice): string =>
  `A ${one.descriptive} ${one.gender} voice with a ${one.accent} accent. Made up for the demo.`;

/** As `/v2/voices` and `/v1/voices/{id}` answer it. `previews` is the address that preview files lie under. */
export const viewVoice = (one: FakeVoice, previews: string) => {
  const previewUrl = `${previews}/${one.voiceId}.mp3`;
  return {
    voice_id: one.voiceId,
    name: one.name,
    samples: null,
    category: one.category,
    fine_tuning: null,
    labels: {
      accent: one.accent,
      age: one.age,
      gender: one.gender,
      use_case: one.useCase,
      descriptive: one.descriptive,
      language: one.languages[0] ?? 'en',
    },
    description: describe(one),
    preview_url: previewUrl,
    available_for_tiers: [],
    settings: null,
    sharing:
      one.libraryOwner === null
        ? null
        : {
            status: 'copied',
            history_item_sample_id: null,
            date_unix: one.createdAt,
            whitelisted_emails: [],
            public_owner_id: one.libraryOwner,
            original_voice_id: one.voiceId,
            financial_rewards_enabled: true,
            free_users_allowed: false,
            live_moderation_enabled: false,
            rate: one.rate,
            notice_period: one.noticeDays ?? 0,
            disable_at_unix: one.disableAt,
            voice_mixing_allowed: false,
            featured: false,
            category: one.category,
            liked_by_count: 12,
            cloned_by_count: 34,
            name: one.name,
            description: describe(one),
            labels: { accent: one.accent, gender: one.gender },
            review_status: 'allowed',
            review_message: null,
            enabled_in_library: one.disableAt === null,
          },
    high_quality_base_model_ids: ['eleven_multilingual_v2', 'eleven_flash_v2_5'],
    verified_languages: verified(one, previewUrl),
    collection_ids: null,
    safety_control: null,
    voice_verification: {
      requires_verification: false,
      is_verified: one.isOwn,
      verification_failures: [],
      verification_attempts_count: 0,
      language: null,
      verification_attempts: null,
    },
    permission_on_resource: one.isOwn ? 'admin' : null,
    is_owner: one.isOwn,
    is_legacy: false,
    is_mixed: false,
    favorited_at_unix: null,
    created_at_unix: one.createdAt,
    is_bookmarked: one.libraryOwner !== null,
  };
};

/** As `/v1/shared-voices` answers it. */
export const viewLibraryVoice = (one: FakeVoice, previews: string, isAdded: boolean) => {
  const previewUrl = `${previews}/${one.voiceId}.mp3`;
  return {
    public_owner_id: one.libraryOwner ?? '',
    voice_id: one.voiceId,
    date_unix: one.createdAt,
    name: one.name,
    accent: one.accent,
    gender: one.gender,
    age: one.age,
    descriptive: one.descriptive,
    use_case: one.useCase,
    category: one.category,
    language: one.languages[0] ?? null,
    locale: null,
    description: describe(one),
    preview_url: previewUrl,
    usage_character_count_1y: 120_000,
    usage_character_count_7d: 2400,
    play_api_usage_character_count_1y: 0,
    cloned_by_count: 34,
    rate: one.rate,
    free_users_allowed: false,
    live_moderation_enabled: false,
    featured: one.rate > 1,
    verified_languages: verified(one, previewUrl),
    notice_period: one.noticeDays,
    is_added_by_user: isAdded,
    is_bookmarked: isAdded,
  };
};
