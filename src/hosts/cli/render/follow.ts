/** Waits for a render and says how the waiting ended. */
import type { Lane, Render } from '#contract/entities.ts';
import { ErrorCode } from '#contract/errors.ts';
import { oneLine } from '../output/width.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

export type Ending =
  /** Every unit has an end of its own. */
  | { readonly kind: 'finished'; readonly render: Render }
  | { readonly kind: 'over_budget'; readonly render: Render }
  /** All that is left waits for a person. */
  | { readonly kind: 'asking'; readonly render: Render }
  /** All that is left waits for something that no waiting brings: a key, a plan, a paused workspace, a full disk. */
  | {
      readonly kind: 'stuck';
      readonly render: Render;
      readonly reasons: readonly string[];
      readonly cause: ErrorCode | null;
    }
  | { readonly kind: 'signal'; readonly render: Render; readonly signal: 'interrupt' | 'terminate' };

export interface FollowOptions {
  /** At every change. `note` says why nothing moves, if so. */
  readonly onProgress: (render: Render, note: string | null) => void;
  /** Notices and lanes that stop or go on: told once each. */
  readonly onMessage: (message: string) => void;
}

const needsPerson = (lane: Lane): boolean =>
  lane.state === 'blocked' || lane.state === 'locked' || lane.state === 'paused';
const hasWork = (lane: Lane): boolean => lane.queued + lane.inFlight + lane.uncertain > 0;

const laneNote = (lane: Lane): string => oneLine(`${lane.workspaceName}: ${lane.reason ?? lane.state}`);

const endingOf = (render: Render, lanes: readonly Lane[] | null, cause: ErrorCode | null): Ending | null => {
  const { state, progress } = render;
  if (state === 'done' || state === 'cancelled') return { kind: 'finished', render };
  if (progress.running > 0) return null;
  if (state === 'over_budget') return { kind: 'over_budget', render };
  if (state === 'paused') return { kind: 'stuck', render, reasons: ['the render is paused'], cause: null };
  if (state === 'preparing') return null;
  if (progress.queued === 0 && progress.asking > 0 && progress.asking === progress.uncertain)
    return { kind: 'asking', render };
  const busy = lanes?.filter(hasWork) ?? [];
  if (progress.queued > 0 && busy.length > 0 && busy.every((lane) => needsPerson(lane) && lane.inFlight === 0)) {
    return { kind: 'stuck', render, reasons: busy.map(laneNote), cause };
  }
  return null;
};

/** Resolves once; listeners are gone by then. The queue itself is not touched. */
export const followRender = (
  session: Session,
  terminal: Terminal,
  render: Render,
  options: FollowOptions,
): Promise<Ending> =>
  new Promise((resolve, reject) => {
    const { client } = session;
    const ends: (() => void)[] = [];
    const told = new Map<string, string>();
    let latest = render;
    /** Nothing is concluded before the first snapshot. */
    let known = false;
    let lanes: readonly Lane[] | null = null;
    let cause: ErrorCode | null = null;
    let over = false;

    const finish = (settle: () => void): void => {
      if (over) return;
      over = true;
      for (const end of ends) end();
      settle();
    };
    const look = (): void => {
      if (over || !known) return;
      const waiting = lanes?.find((lane) => hasWork(lane) && lane.reason !== null && lane.inFlight === 0);
      options.onProgress(latest, waiting === undefined ? null : laneNote(waiting));
      const ending = endingOf(latest, lanes, cause);
      if (ending !== null) finish(() => resolve(ending));
    };
    const seeLanes = (next: readonly Lane[]): void => {
      lanes = next;
      for (const lane of next) {
        const news = hasWork(lane) && (needsPerson(lane) || lane.state === 'offline') ? laneNote(lane) : '';
        if (news !== '' && told.get(lane.workspaceId) !== news) options.onMessage(news);
        if (news !== '' || lane.state === 'working') told.set(lane.workspaceId, news);
      }
      look();
    };

    ends.push(
      client.on('render.changed', (change) => {
        if (change.render.id !== render.id) return;
        latest = change.render;
        known = true;
        look();
      }),
      client.on('queue.changed', (queue) => seeLanes(queue.lanes)),
      client.on('library.notice', ({ level, code, message }) => {
        if (level === 'error') cause = ErrorCode.safeParse(code).data ?? cause;
        // The ending itself says which budget is reached.
        if (level !== 'notice' && code !== 'over_budget') options.onMessage(oneLine(message));
      }),
      terminal.onSignal((signal) => finish(() => resolve({ kind: 'signal', render: latest, signal }))),
      client.onGap(() => void refresh()),
    );
    // Subscribed first, then the snapshot: a change in between is not missed, and it is newer than the snapshot.
    const refresh = async (): Promise<void> => {
      known = false;
      try {
        const queue = await client.call('queue.lanes', {});
        const snapshot = await client.call('render.get', { renderId: render.id });
        if (!known) latest = snapshot;
        known = true;
        seeLanes(queue.lanes);
      } catch (error) {
        finish(() => reject(error));
      }
    };
    void refresh();
  });
