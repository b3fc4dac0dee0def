/**
 * The generations API of Chosen: create with an idempotency key, poll by id, download from a URL.
 * Only `submit` can cost anything; every failure of a poll or a download is `again`, so that a free look never ends
 * a job that may be paid for.
 */
import { AppError } from '#contract/errors.ts';
import type { CallContext, ProviderPorts, SpeechProvider, VendorStatus, WorkspaceView } from '../provider.ts';
import { ProviderError } from '../provider.ts';
import { readAccount } from './account.ts';
import { runChecks } from './check.ts';
import { createChosenClient, retryAfterOf } from './client.ts';
import { readList } from './list.ts';
import { failUnreadable } from './map.ts';
import { parseFields, readStatus } from './schema.ts';
import { readConnection, textLimitOf, voiceNames } from './settings.ts';
import type { Connection } from './settings.ts';
import { settingsForm } from './settings-form.ts';

const impossibleId = '00000000-0000-4000-8000-000000000000';

const statusUrl = ({ baseUrl, settings }: Connection, vendorId: string): string =>
  `${baseUrl}${settings.statusPath.replaceAll('{id}', () => encodeURIComponent(vendorId))}`;

/** Requests carry the two documented fields unless the workspace's settings name more. */
export const createChosen = (ports: ProviderPorts): SpeechProvider => {
  const client = createChosenClient(ports);
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

  const read = (
    text: string,
    context: CallContext,
    connection: Connection,
    wantedId: string | null,
    retryAfterMs: number | undefined,
  ): VendorStatus => {
    const fields = parseFields(text);
    const status =
      fields === null
        ? null
        : readStatus(fields, { baseUrl: connection.baseUrl, wantedId, retryAfterMs: retryAfterMs ?? null });
    if (status !== null) return status;
    throw failUnreadable({
      call: wantedId === null ? 'create' : 'status',
      workspaceName: context.workspace.name,
      vendorSays: null,
    });
  };

  const poll = async (context: CallContext, vendorId: string): Promise<VendorStatus> => {
    const connection = connectionFor(context);
    const { answer, text } = await client.exchange('status', context, connection, {
      method: 'GET',
      url: statusUrl(connection, vendorId),
      headers: {},
      timeoutSeconds: connection.settings.readTimeoutSeconds,
    });
    return read(text, context, connection, vendorId, retryAfterOf(answer.headers, ports.now()));
  };

  return {
    id: 'chosen',
    title: 'Chosen Voice AI',
    abilities: {
      idempotencyKey: true,
      jobPolling: true,
      remoteHistory: false,
      balance: false,
      subscription: false,
      usage: false,
      durationPrediction: false,
      costUnit: 'credits',
      voiceList: false,
      needsKey: true,
    },
    defaultBaseUrl: 'https://www.chosenvoiceai.com',
    hosts: [{ label: 'Chosen Voice AI', baseUrl: 'https://www.chosenvoiceai.com' }],
    settings: settingsForm,
    notice:
      'The API needs the Pro, Scale, Business or Enterprise plan. The vendor tells neither balance nor history: both are what this app has seen, unless you name paths for them.',
    defaultConcurrency: 2,

    account(workspace) {
      const { baseUrl, settings } = connectionOf(workspace);
      return `${baseUrl}#${settings.keyOwner.trim()}`;
    },

    textRules: (workspace, _voice, model) => ({
      limit: textLimitOf(connectionOf(workspace).settings),
      pauseMarkup: null,
      directionMarkup: null,
      settings: [],
      model,
      format: 'wav',
    }),

    estimateCredits: () => null,

    request(workspace, recipe) {
      const { baseUrl, settings } = connectionOf(workspace);
      const optional = [
        [settings.modelField, recipe.model],
        [settings.languageField, recipe.language],
        [settings.formatField, recipe.format],
      ] as const;
      const fields = Object.fromEntries([
        [settings.textField, recipe.text],
        [settings.voiceField, recipe.voice],
        ...optional.filter(([name, value]) => name !== '' && value !== null),
      ]);
      return {
        method: 'POST',
        url: `${baseUrl}${settings.createPath}`,
        contentType: 'application/json',
        body: new TextEncoder().encode(JSON.stringify(fields)),
      };
    },

    async submit(context, request, idempotencyKey) {
      const connection = connectionFor(context);
      const { answer, text } = await client.exchange('create', context, connection, {
        method: request.method,
        url: request.url,
        headers: {
          'content-type': request.contentType,
          ...(idempotencyKey === null ? {} : { [connection.settings.idempotencyHeader]: idempotencyKey }),
        },
        body: request.body,
        timeoutSeconds: connection.settings.answerTimeoutSeconds,
      });
      return read(text, context, connection, null, retryAfterOf(answer.headers, ports.now()));
    },

    poll,

    download: async (context, audioUrl) => client.audio(context, connectionFor(context), audioUrl),

    /** Throws `history_unavailable` unless the workspace names a list. */
    history: async (context, page) => readList(client, context, connectionFor(context), page),

    async historyAudio(context, vendorItemId) {
      const status = await poll(context, vendorItemId);
      if (status.kind === 'completed') return client.audio(context, connectionFor(context), status.audioUrl);
      throw new ProviderError(
        'media_missing',
        `"${context.workspace.name}" has no audio for this entry: it ${status.kind === 'failed' ? 'failed' : 'is not finished yet'}. Nothing was charged by this look.`,
        { phase: 'headers', charged: 'no', disposition: status.kind === 'failed' ? 'permanent' : 'again' },
      );
    },

    /** Throws `not_found` unless the workspace names a place for it. */
    readAccount: async (context) => readAccount(client, context, connectionFor(context)),

    probe: async (context) => client.reach(context, connectionFor(context)),

    async test(context) {
      try {
        const connection = connectionOf(context.workspace);
        return await runChecks(client, context, connection, statusUrl(connection, impossibleId));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return { ok: false, checks: [{ name: 'Settings', ok: false, message: error.message }] };
      }
    },

    voices: async (context) =>
      voiceNames(connectionFor(context).settings).map((name) => ({
        voiceId: name,
        name,
        language: null,
        gender: null,
        description: null,
      })),
  };
};
