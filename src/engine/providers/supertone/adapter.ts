/**
 * Supertone: synchronous speech without an idempotency key and without a history. Only `submit` can cost anything; what
 * it charged is the length of the audio in seconds. An answer that is lost stays a question: see find.ts.
 */
import { AppError } from '#contract/errors.ts';
import type { CallContext, ProviderPorts, SpeechProvider, WorkspaceView } from '../provider.ts';
import { ProviderError } from '../provider.ts';
import { runChecks } from './check.ts';
import { createSupertoneClient } from './client.ts';
import { lookAtFigures } from './find.ts';
import { honours, modelFor, modelsOf, settingNames, textLimit } from './models.ts';
import { retirementNotice } from './retired.ts';
import { Prediction } from './schema.ts';
import { callsOfAMinute, readConnection, settingsForm } from './settings.ts';
import type { Connection } from './settings.ts';
import { predictionBody, readSpeech, speechBody } from './speech.ts';
import { readBalance, readVoiceUsage } from './usage.ts';
import { readVoices } from './voices.ts';

/** Before the first take of a voice: about 14 characters a second, an unhurried reader of English. An estimate only. */
const usualSecondsPerCharacter = 1 / 14;

const positive = (value: unknown): number | null => {
  const number = typeof value === 'boolean' ? Number.NaN : Number(value ?? Number.NaN);
  return Number.isFinite(number) && number > 0 ? number : null;
};

export const createSupertone = (ports: ProviderPorts): SpeechProvider => {
  const client = createSupertoneClient(ports);
  // Settings are parsed once per workspace object, not once per request.
  const connections = new WeakMap<WorkspaceView, Connection>();
  const connectionOf = (workspace: WorkspaceView): Connection => {
    const known = connections.get(workspace);
    if (known !== undefined) return known;
    const connection = readConnection(workspace);
    connections.set(workspace, connection);
    return connection;
  };
  const connectionFor = ({ workspace }: CallContext): Connection => {
    try {
      return connectionOf(workspace);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new ProviderError(error.code, error.message, {
        phase: 'connect',
        charged: 'no',
        disposition: 'permanent',
        cause: error,
      });
    }
  };

  return {
    id: 'supertone',
    title: 'Supertone',
    abilities: {
      idempotencyKey: false,
      jobPolling: false,
      remoteHistory: false,
      balance: true,
      subscription: false,
      usage: true,
      durationPrediction: true,
      costUnit: 'seconds',
      voiceList: true,
      needsKey: true,
    },
    defaultBaseUrl: 'https://supertoneapi.com',
    hosts: [{ label: 'Supertone', baseUrl: 'https://supertoneapi.com' }],
    settings: settingsForm,
    notice: retirementNotice,
    defaultConcurrency: 2,
    // Figures lag behind by nobody knows how much; a minute later they are as good as they get.
    lookAfterMs: [5_000, 60_000],

    requestsPerMinute: (workspace) => callsOfAMinute(connectionOf(workspace).settings),

    account(workspace) {
      const { baseUrl, settings } = connectionOf(workspace);
      return `${baseUrl}#${settings.keyOwner.trim()}`;
    },

    textRules(workspace, _voice, asked, rates) {
      const model = modelFor(asked, rates.voice);
      return {
        limit: textLimit,
        pauseMarkup: null,
        directionMarkup: null,
        settings: settingNames(model),
        model,
        format: connectionOf(workspace).settings.format,
      };
    },

    estimateCredits({ text, settings, model }, { secondsPerCharacter }) {
      const set = honours(model, 'duration') ? positive(settings['duration']) : null;
      if (set !== null) return set;
      const speed = positive(settings['speed']) ?? 1;
      return ([...text].length * (secondsPerCharacter ?? usualSecondsPerCharacter)) / speed;
    },
    creditsOfAudio: (durationMs) => durationMs / 1000,

    request(workspace, recipe) {
      const { baseUrl, settings } = connectionOf(workspace);
      return {
        method: 'POST',
        url: `${baseUrl}/v1/text-to-speech/${encodeURIComponent(recipe.voice)}`,
        contentType: 'application/json',
        body: speechBody(recipe, settings.timestamps),
      };
    },

    async submit(context, { method, url, contentType, body }) {
      const answer = await client.send('create', context, connectionFor(context), {
        method,
        url,
        headers: { 'content-type': contentType, accept: 'audio/wav, audio/mpeg, application/json' },
        body,
      });
      const unreadable = (missing: string, text: string) => client.unreadable('create', context, answer, missing, text);
      const speech = readSpeech(answer, unreadable);
      if (speech !== null) return speech;
      await answer.dump().catch(() => undefined);
      throw unreadable('audio', '');
    },

    find: async (context, lost) => lookAtFigures(client, context, connectionFor(context), lost),

    probe: async (context) => client.reach(context, connectionFor(context)),

    async test(context) {
      try {
        return await runChecks(client, context, connectionOf(context.workspace), ports.now);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return { ok: false, checks: [{ name: 'Settings', ok: false, message: error.message }] };
      }
    },

    voices: async (context) => readVoices(client, context, connectionFor(context)),

    models: async (context) => modelsOf(await readVoices(client, context, connectionFor(context))),

    async readAccount(context) {
      const connection = connectionFor(context);
      const { plan } = connection.settings;
      return {
        usedCredits: null,
        limitCredits: null,
        remainingCredits: await readBalance(client, context, connection),
        resetAt: null,
        plan: plan === 'unknown' ? null : plan,
        subscription: null,
      };
    },

    usage: async (context, range) => readVoiceUsage(client, context, connectionFor(context), range),

    async predictSeconds(context, recipe) {
      if ([...recipe.text].length > textLimit) return null;
      const connection = connectionFor(context);
      const { duration } = await client.read(
        'predict',
        context,
        connection,
        {
          method: 'POST',
          url: `${connection.baseUrl}/v1/predict-duration/${encodeURIComponent(recipe.voice)}`,
          headers: { 'content-type': 'application/json' },
          body: predictionBody(recipe),
        },
        Prediction,
      );
      return duration ?? null;
    },
  };
};
