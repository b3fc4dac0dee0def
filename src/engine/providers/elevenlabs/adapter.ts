/**
 * ElevenLabs: synchronous and flow speech, voices and library, models, subscription, history, usage. It takes no
 * idempotency key: a lost answer is fetched by its id, or looked for in the history, and never sent again by itself.
 */
import { AppError } from '#contract/errors.ts';
import type { CallContext, ProviderPorts, SpeechProvider, WorkspaceView } from '../provider.ts';
import { ProviderError } from '../provider.ts';
import { runChecks } from './check.ts';
import { createClient } from './client.ts';
import { findCall } from './find.ts';
import { readHistoryPage } from './history.ts';
import { creditsOf, modelsOf, textRulesOf, vendorDefaultModel } from './models.ts';
import { ModelList } from './schema.ts';
import { hosts, readConnection, settingsForm } from './settings.ts';
import type { Connection } from './settings.ts';
import { createSpeech } from './speech.ts';
import { requestOf } from './speech-request.ts';
import { readAccount } from './subscription.ts';
import { readUsage } from './usage.ts';
import { addFromLibrary, readLibrary, readVoices } from './voices.ts';

/** Only `submit` can cost anything, and it sends once. */
export const createElevenLabs = (ports: ProviderPorts): SpeechProvider => {
  const client = createClient(ports);
  const speech = createSpeech(client, ports.now);
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
    id: 'elevenlabs',
    title: 'ElevenLabs',
    abilities: {
      idempotencyKey: false,
      jobPolling: true,
      remoteHistory: true,
      balance: true,
      subscription: true,
      usage: true,
      durationPrediction: false,
      costUnit: 'characters',
      voiceList: true,
      needsKey: true,
    },
    defaultBaseUrl: hosts[0].baseUrl,
    hosts,
    settings: settingsForm,
    notice: null,
    defaultConcurrency: 2,
    // The history is written a little late: 30 s have to be outlasted.
    lookAfterMs: [2_000, 7_000, 22_000, 67_000, 150_000],

    account(workspace) {
      const { baseUrl, settings } = connectionOf(workspace);
      return `${baseUrl}#${settings.keyOwner.trim()}`;
    },
    concurrencyGroup: (recipe, rates) =>
      rates.models.find(({ modelId }) => modelId === (recipe.model ?? vendorDefaultModel))?.concurrencyGroup ?? '',
    textRules: (workspace, _voice, model, rates) => textRulesOf(connectionOf(workspace), model, rates),
    estimateCredits: (recipe, rates) => creditsOf(recipe.text, recipe.model, rates),
    request: (workspace, recipe, context) => requestOf(connectionOf(workspace), recipe, context),

    submit: async (context, request) => speech.submit(context, connectionFor(context), request),
    poll: async (context, vendorId, request) => speech.poll(context, connectionFor(context), vendorId, request),
    find: async (context, lost) => findCall(client, context, connectionFor(context), lost, ports.now),
    download: async (context, audioUrl) => speech.download(context, connectionFor(context), audioUrl),
    probe: async (context) => client.reach(context, connectionFor(context)),

    async test(context) {
      try {
        return await runChecks(client, context, connectionOf(context.workspace));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return { ok: false, checks: [{ name: 'Settings', ok: false, message: error.message }] };
      }
    },

    voices: async (context) => readVoices(client, context, connectionFor(context)),
    async models(context) {
      const { value } = await client.read('read', context, connectionFor(context), '/v1/models', ModelList);
      return modelsOf(value);
    },
    library: async (context, query) => readLibrary(client, context, connectionFor(context), query),
    addFromLibrary: async (context, libraryId, name) =>
      addFromLibrary(client, context, connectionFor(context), libraryId, name),
    readAccount: async (context) => readAccount(client, context, connectionFor(context)),
    history: async (context, page) => readHistoryPage(client, context, connectionFor(context), page),
    historyAudio: async (context, vendorItemId) => speech.historyAudio(context, connectionFor(context), vendorItemId),
    usage: async (context, range) => readUsage(client, context, connectionFor(context), range),
  };
};
