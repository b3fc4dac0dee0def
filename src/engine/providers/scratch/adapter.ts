/** Scratch: offline voices that cost nothing, for timing drafts and for a first run without an account. */
import { AppError } from '#contract/errors.ts';
import { ProviderError, type ProviderPorts, type ProviderVoice, type SpeechProvider } from '../provider.ts';
import { decodeTask, encodeTask, FASTEST, SLOWEST, type ScratchTask } from './task.ts';
import { FLITE_VOICES, isFliteVoice, isSystemVoice } from './voices.ts';

const TEXT_LIMIT = 5000;
const MOST_VOICES_NAMED = 20;
/** Causes that the same text or voice will always have. */
const PERMANENT: ReadonlySet<string> = new Set([
  'text_rejected',
  'voice_not_found',
  'program_missing',
  'invalid_input',
  'audio_empty',
]);

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const toProviderError = (error: unknown): ProviderError => {
  const how = { phase: 'connect', charged: 'no', cause: error } as const;
  if (!(error instanceof AppError)) {
    const reason = error instanceof Error ? error.message : String(error);
    return new ProviderError('provider_failed', `The voice failed: ${reason}. Nothing was charged.`, {
      ...how,
      disposition: 'attempt',
    });
  }
  if (error.code === 'cancelled')
    return new ProviderError('cancelled', error.message, { ...how, disposition: 'again' });
  if (PERMANENT.has(error.code))
    return new ProviderError(error.code, error.message, { ...how, disposition: 'permanent' });
  return new ProviderError('provider_failed', error.message, { ...how, disposition: 'attempt' });
};

export const createScratch = ({ compute, programs }: ProviderPorts): SpeechProvider => {
  const listVoices = async (): Promise<readonly ProviderVoice[]> => {
    const system = await programs.voices();
    return [
      ...FLITE_VOICES,
      ...system.map(({ id, name, language, gender, program }) => ({
        voiceId: id,
        name,
        language,
        gender,
        description: `Spoken by ${program} on this machine.`,
      })),
    ];
  };

  const unknownVoice = async (voice: string): Promise<AppError> => {
    const known = await listVoices().catch(() => FLITE_VOICES);
    const named = known.slice(0, MOST_VOICES_NAMED).map(({ voiceId }) => voiceId);
    const more = known.length > named.length ? ` and ${known.length - named.length} more` : '';
    return new AppError(
      'voice_not_found',
      `There is no scratch voice "${voice}". There are: ${named.join(', ')}${more}.`,
    );
  };

  const speak = async (task: ScratchTask, signal: AbortSignal): Promise<Uint8Array> => {
    if (isFliteVoice(task.voice)) return compute.flite(task, signal);
    if (!isSystemVoice(task.voice)) throw await unknownVoice(task.voice);
    try {
      return await programs.speak(task, signal);
    } catch (error) {
      throw error instanceof AppError && error.code === 'voice_not_found' ? await unknownVoice(task.voice) : error;
    }
  };

  return {
    id: 'scratch',
    title: 'Scratch (offline, free)',
    abilities: {
      idempotencyKey: false,
      jobPolling: false,
      remoteHistory: false,
      balance: false,
      subscription: false,
      usage: false,
      durationPrediction: false,
      costUnit: 'free',
      voiceList: true,
      needsKey: false,
    },
    defaultBaseUrl: null,
    defaultConcurrency: 2,
    account: () => 'scratch',
    textRules: () => ({
      limit: TEXT_LIMIT,
      pauseMarkup: null,
      directionMarkup: null,
      settings: ['speed'],
      model: null,
      format: 'wav',
    }),
    // There is one, and no recipe names it: its row is here so that its setting can be shown with its range.
    models: async () => [
      {
        modelId: 'scratch',
        name: 'Scratch',
        description: null,
        textLimit: TEXT_LIMIT,
        languages: [],
        creditsPerCharacter: 0,
        concurrencyGroup: null,
        settings: [
          {
            name: 'speed',
            label: 'Speed',
            kind: 'number',
            min: SLOWEST,
            max: FASTEST,
            step: 0.05,
            choices: null,
            defaultValue: 1,
            hint: '1 is the pace of the voice itself.',
          },
        ],
      },
    ],
    estimateCredits: () => 0,
    request: (_workspace, recipe) => ({
      method: 'POST',
      url: 'scratch:speak',
      contentType: 'application/json',
      body: encodeTask(recipe),
    }),
    submit: async ({ signal }, request) => {
      const task = decodeTask(request.body);
      try {
        const wav = await speak(task, signal);
        return { kind: 'audio', vendorId: null, chargedCredits: 0, body: once(wav) };
      } catch (error) {
        throw toProviderError(error);
      }
    },
    probe: async () => undefined,
    test: async ({ signal }) => {
      const builtIn = await compute.flite({ voice: 'kal', text: 'Ready.', speed: 1 }, signal).then(
        (wav) => ({
          ok: true,
          message: `The built-in voices speak (${FLITE_VOICES.length} voices, ${wav.length} bytes of test audio).`,
        }),
        (error: unknown) => ({
          ok: false,
          message: `The built-in voices do not speak: ${error instanceof Error ? error.message : String(error)}`,
        }),
      );
      const system = await programs.voices().then(
        (voices) => ({
          ok: voices.length > 0 ? true : null,
          message:
            voices.length > 0
              ? `${voices.length} voices of this system.`
              : 'This system has no speech program; the built-in voices are enough.',
        }),
        (error: unknown) => ({
          ok: false,
          message: `The system's voices cannot be listed: ${error instanceof Error ? error.message : String(error)}`,
        }),
      );
      return {
        ok: builtIn.ok,
        checks: [
          { name: 'built-in voices', ...builtIn },
          { name: 'system voices', ...system },
        ],
      };
    },
    voices: () =>
      listVoices().catch((error: unknown) => {
        throw toProviderError(error);
      }),
  };
};
