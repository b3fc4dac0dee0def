/** When a vendor's lists are read: one reading per workspace at a time, and only where somebody needs them. */
import type { WorkspaceId } from '#contract/entities.ts';
import type { WorkspaceRow } from '../database/workspaces.ts';
import type { Ports } from '../ports.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import { viewOf } from '../providers/workspace-view.ts';
import type { Router } from '../router.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import { readLists } from './read-lists.ts';
import type { Shelves } from './shelves.ts';

/** Age at which a list is read again, in ms. */
const freshForMs = 5 * 60_000;
/** After a failure a vendor is left alone for so long, unless a person asks, in ms. */
const restAfterFailureMs = 30_000;
/** Longest wait for a new list where an old one is there, in ms. */
const patienceMs = 2_000;

export interface KeepFresh {
  load(names?: readonly string[]): Promise<readonly { readonly workspaceId: WorkspaceId; readonly message: string }[]>;
  refresh(workspaceIds: readonly string[]): Promise<void>;
  forget(workspaceId: string): void;
  stop(): void;
}

export const createKeepFresh = (
  ports: Pick<Ports, 'vault' | 'clock' | 'logger'>,
  providers: ProviderRegistry,
  shelves: Shelves,
  publish: Router['publish'],
): KeepFresh => {
  const { clock } = ports;
  /** Workspaces whose lists may be another account's. */
  const doubted = new Set<string>();
  /** Monotonic times before which a vendor that failed is not asked again. */
  const resting = new Map<string, number>();

  const readings = createOneAtATime(async (workspaceId, signal) => {
    const row = shelves.row(workspaceId);
    if (row === null) return;
    const provider = providers.get(row.provider);
    const shelf = shelves.of(row);
    const before = shelf.message;
    const lists = await readLists(ports.vault, provider, viewOf(row, provider), signal);
    if (signal.aborted) return;
    try {
      shelf.put({ ...lists, at: clock.now() });
    } catch (error) {
      ports.logger.warn('The voices that were read could not be kept in the library.', { workspaceId, error });
    }
    doubted.delete(workspaceId);
    if (lists.message === null) resting.delete(workspaceId);
    else resting.set(workspaceId, clock.monotonic() + restAfterFailureMs);
    if (lists.voices !== null || lists.message !== before) publish('voice.changed', { workspaceId: row.id });
  });

  /** `missing`: there is nothing to go by before it was read. */
  const needOf = (row: WorkspaceRow): 'none' | 'newer' | 'missing' => {
    if (clock.monotonic() < (resting.get(row.id) ?? Number.NEGATIVE_INFINITY)) return 'none';
    const { readAt, message } = shelves.of(row);
    if (readAt === null || doubted.has(row.id)) return 'missing';
    const age = clock.now() - readAt;
    return age >= 0 && age < freshForMs && message === null ? 'none' : 'newer';
  };
  /** Resolves when the work has ended, or the time is over; the work goes on then. */
  const within = async (ms: number, work: Promise<unknown>): Promise<void> => {
    let callOff = (): void => undefined;
    const time = new Promise<void>((resolve) => {
      callOff = clock.after(ms, resolve);
    });
    try {
      await Promise.race([work, time]);
    } finally {
      callOff();
    }
  };

  return {
    load: async (names) => {
      const rows = shelves.rows().filter((row) => names === undefined || names.includes(row.name));
      await Promise.all(
        rows.map(async (row) => {
          const need = needOf(row);
          if (need === 'missing') await readings.run(row.id);
          else if (need === 'newer') await within(patienceMs, readings.run(row.id));
        }),
      );
      return rows.flatMap((row) => {
        const { message } = shelves.of(row);
        return message === null ? [] : [{ workspaceId: row.id, message }];
      });
    },
    refresh: async (workspaceIds) => {
      await Promise.all(workspaceIds.map((workspaceId) => readings.run(workspaceId)));
    },
    forget: (workspaceId) => {
      doubted.add(workspaceId);
      resting.delete(workspaceId);
      readings.callOff(workspaceId);
    },
    stop: () => readings.stop(),
  };
};
