/** The composition root: the product without a host. */
import type { WorkspaceId } from '#contract/entities.ts';
import { insertWorkspace, listWorkspaces } from './database/workspaces.ts';
import { exportOf } from './exports.ts';
import { accountHandlers } from './handlers/account.ts';
import { alertHandlers } from './handlers/alert.ts';
import { budgetHandlers } from './handlers/budget.ts';
import { historyHandlers } from './handlers/history.ts';
import type { EngineContext, EngineOptions } from './handlers/context.ts';
import { scriptTextsHandlers } from './handlers/script-texts.ts';
import { scriptPreviewHandlers } from './handlers/script-preview.ts';
import { lexiconHandlers } from './handlers/lexicon.ts';
import { voiceQuoteHandlers } from './handlers/voice-quote.ts';
import { historyIndexHandlers } from './handlers/history-index.ts';
import { takePlacesHandlers } from './handlers/take-places.ts';
import { accountReadingsHandlers } from './handlers/account-readings.ts';
import { libraryStorageHandlers } from './handlers/library-storage.ts';
import { preferenceHandlers } from './handlers/preference.ts';
import { createReviewDesk } from './handlers/review-desk.ts';
import { reviewHandlers } from './handlers/review.ts';
import { reviewPackageHandlers } from './handlers/review-package.ts';
import { personHandlers } from './handlers/person.ts';
import { variantHandlers } from './handlers/variant.ts';
import { variantOutlookHandlers } from './handlers/variant-outlook.ts';
import { variantPatchHandlers } from './handlers/variant-patch.ts';
import { libraryHandlers } from './handlers/library.ts';
import { projectHandlers } from './handlers/project.ts';
import { queueHandlers } from './handlers/queue.ts';
import { renderHandlers } from './handlers/render.ts';
import { scriptHandlers } from './handlers/script.ts';
import { takeHandlers } from './handlers/take.ts';
import { usageHandlers } from './handlers/usage.ts';
import { voiceHandlers } from './handlers/voice.ts';
import { workspaceHandlers } from './handlers/workspace.ts';
import { createHistoryKeeper } from './history/keeper.ts';
import type { Push } from '#contract/transport.ts';
import type { Ports } from './ports.ts';
import { createRegistry } from './providers/registry.ts';
import { createQueue } from './queue/queue.ts';
import type { Recovered } from './queue/recover.ts';
import { createRouter, type Handlers, type Router } from './router.ts';
import { createAccounts } from './subscription/accounts.ts';
import { getTake } from './database/takes.ts';
import { inspectLibrary } from './takes/doctor.ts';
import { mediaPath } from './takes/store-audio.ts';
import { createVoiceCatalogue } from './voices/catalogue.ts';
import { createImpactSearch } from './voices/impact.ts';
import { createTroubleWatch } from './voices/trouble-watch.ts';

export type { EngineOptions } from './handlers/context.ts';
export { migrate, pendingMigrations, schemaVersion } from './database/migrate.ts';

export interface Engine {
  readonly router: Router;
  /** Recovers what the last process left and lets the queue run. Without it the library can be read and edited. */
  start(): Promise<Recovered>;
  /** `finish`: nothing new leaves, what is in flight is stored. `park`: stops at once; the next start goes on. May be hurried by a second call. */
  shutdown(mode: 'finish' | 'park'): Promise<void>;
  /** Path of a take's or a fetched preview's audio, or of an export, inside the library, and its format; null when there is none. */
  mediaOf(mediaId: string): { readonly path: string; readonly format: string } | null;
}

/** Long enough after the start to be in nobody's way, in ms. */
const reportAfterMs = 5_000;

export const createEngine = (ports: Ports, options: EngineOptions): Engine => {
  const providers =
    options.providers ??
    createRegistry({ http: ports.http, compute: ports.compute, programs: ports.programs, now: ports.clock.now });
  // The router publishes for handlers that are made before it is.
  let router: Router | null = null;
  const publish: Router['publish'] = (name, payload) => router?.publish(name, payload);
  const voices = createVoiceCatalogue(ports, providers, publish, { readOnly: options.readOnly ?? false });
  const queue = createQueue(ports, providers, publish, voices.ratesOf);
  const findImpact = createImpactSearch(ports.database, ports.clock);
  const voiceImpact = () =>
    findImpact(
      voices.all().filter(({ availability }) => availability !== 'available'),
      voices.find,
    );
  const troubles = createTroubleWatch(ports, voiceImpact, () => accounts.touched('voice'));
  const accounts = createAccounts(ports, providers, publish, {
    readOnly: options.readOnly ?? false,
    isWorking: ({ id }) =>
      queue.snapshot().lanes.some(({ workspaceId, state }) => workspaceId === id && state === 'working'),
    voiceTrouble: () => troubles.known(),
  });
  const history = createHistoryKeeper(ports, providers, publish);
  const followers: ((push: Push) => void)[] = [];
  const context: EngineContext = {
    follow: (listener) => followers.push(listener),
    ports,
    options,
    providers,
    queue,
    publish,
    voices,
    voiceImpact,
    accounts,
    history,
  };
  if (options.readOnly !== true && listWorkspaces(ports.database).length === 0) {
    // Offline voices need no account: they are there from the first moment.
    const row = {
      id: ports.ids.next() as WorkspaceId,
      provider: 'scratch' as const,
      name: 'scratch',
      baseUrl: null,
      settings: {},
      createdAt: ports.clock.now(),
    };
    ports.database.transaction(() => insertWorkspace(ports.database, row));
  }
  const reviewDesk = createReviewDesk(context);
  const all = {
    ...libraryHandlers(context),
    ...workspaceHandlers(context),
    ...voiceHandlers(context),
    ...projectHandlers(context),
    ...scriptHandlers(context),
    ...renderHandlers(context),
    ...queueHandlers(context),
    ...takeHandlers(context),
    ...accountHandlers(context),
    ...usageHandlers(context),
    ...budgetHandlers(context),
    ...alertHandlers(context),
    ...historyHandlers(context),
    ...scriptTextsHandlers(context),
    ...scriptPreviewHandlers(context),
    ...lexiconHandlers(context),
    ...voiceQuoteHandlers(context),
    ...historyIndexHandlers(context),
    ...takePlacesHandlers(context),
    ...accountReadingsHandlers(context),
    ...libraryStorageHandlers(context),
    ...preferenceHandlers(context),
    ...reviewHandlers(context, reviewDesk),
    ...reviewPackageHandlers(context, reviewDesk),
    ...personHandlers(context),
    ...variantHandlers(context),
    ...variantPatchHandlers(context),
    ...variantOutlookHandlers(context),
  } satisfies Handlers;
  const ready = createRouter({ handlers: all, logger: ports.logger });
  router = ready;
  ready.subscribe(reviewDesk.heed);
  for (const listener of followers) ready.subscribe(listener);
  let endReport: (() => void) | null = null;
  /** What the folder and the database disagree about, told once a while after the start; `library.doctor` has the list. */
  const reportMedia = async (): Promise<void> => {
    const first = await inspectLibrary(ports, undefined, false);
    if (first.missing.length === 0 && first.unreferenced.length === 0) return;
    // Audio that is being placed right now has no take yet: only what a second look finds again is told.
    await new Promise<void>((resolve) => {
      endReport = ports.clock.after(reportAfterMs, resolve);
    });
    const second = await inspectLibrary(ports, undefined, false);
    const missing = second.missing.filter(({ takeId }) => first.missing.some((one) => one.takeId === takeId));
    const unreferenced = second.unreferenced.filter(({ file }) => first.unreferenced.some((one) => one.file === file));
    if (missing.length === 0 && unreferenced.length === 0) return;
    const said = [
      missing.length === 0 ? '' : `${missing.length} takes have lost their audio file. `,
      unreferenced.length === 0 ? '' : `${unreferenced.length} audio files belong to no take; they are kept. `,
    ];
    publish('library.notice', {
      level: 'warning',
      code: 'media_disagrees',
      message: `${said.join('')}Run the doctor to see them and to mend what can be mended.`,
    });
  };
  return {
    router,
    start: async () => {
      endReport = ports.clock.after(reportAfterMs, () => {
        reportMedia().catch((error: unknown) =>
          ports.logger.warn('The media folder could not be looked through.', { error }),
        );
      });
      const recovered = await queue.start();
      accounts.start(ready.subscribe);
      if (options.readOnly !== true) troubles.start(ready.subscribe);
      if (options.readOnly !== true) history.start();
      for (const title of recovered.unfinishedOrders) {
        publish('library.notice', {
          level: 'warning',
          code: 'order_cut_off',
          message: `Cuebooth ended while the order of "${title}" was being written down. Nothing of it was sent; order it again.`,
        });
      }
      return recovered;
    },
    shutdown: async (mode) => {
      endReport?.();
      accounts.stop();
      troubles.stop();
      voices.stop();
      await history.stop();
      await queue.stop(mode);
    },
    mediaOf: (mediaId) => {
      const take = getTake(ports.database, mediaId);
      return take === null
        ? (voices.mediaOf(mediaId) ?? exportOf(mediaId))
        : { path: mediaPath(take.sha256, take.format), format: take.format };
    },
  };
};
