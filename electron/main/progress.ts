/** What the desktop shows of the queue: progress on the app's icon, a notification when a batch ends, whether there is work. */
import type { Render } from '#contract/entities.ts';
import { events } from '#contract/events.ts';
import type { Push } from '#contract/transport.ts';

export type ProgressMode = 'normal' | 'paused' | 'error';

export interface ProgressParts {
  /** 0..1; null takes the bar away. */
  readonly showProgress: (ratio: number | null, mode: ProgressMode) => void;
  readonly notify: (note: { readonly title: string; readonly body: string }) => void;
}

export interface ProgressReporter {
  onPush(push: Push): void;
  /** Lines queued or on their way, as last told. */
  isWorking(): boolean;
  setTally(tally: { readonly queued: number; readonly running: number }): void;
}

const isOver = (render: Render): boolean => render.state === 'done' || render.state === 'cancelled';
const finished = ({ progress }: Render): number =>
  progress.owned + progress.succeeded + progress.failed + progress.cancelled;

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

export const describeEnd = ({ progress }: Render): string => {
  const parts = [`${count(progress.owned + progress.succeeded, 'take', 'takes')} ready`];
  if (progress.failed > 0) parts.push(`${count(progress.failed, 'line', 'lines')} failed`);
  if (progress.asking > 0) parts.push(`${count(progress.asking, 'line waits', 'lines wait')} for your decision`);
  return `${parts.join(', ')}.`;
};

export const createProgressReporter = ({ showProgress, notify }: ProgressParts): ProgressReporter => {
  const open = new Map<string, Render>();
  let working = false;

  const show = (): void => {
    const renders = [...open.values()];
    const units = renders.reduce((sum, { progress }) => sum + progress.units, 0);
    if (units === 0) {
      showProgress(null, 'normal');
      return;
    }
    const done = renders.reduce((sum, render) => sum + finished(render), 0);
    const needsCare = renders.some(
      ({ state, progress }) => state === 'over_budget' || progress.failed > 0 || progress.asking > 0,
    );
    const resting = renders.every(({ state }) => state === 'paused' || state === 'over_budget');
    showProgress(Math.min(1, done / units), needsCare ? 'error' : resting ? 'paused' : 'normal');
  };

  const onRender = (render: Render): void => {
    if (!isOver(render)) open.set(render.id, render);
    // Only a batch that was seen at work ends with a notification: a push may repeat an end.
    else if (open.delete(render.id) && render.state === 'done' && render.purpose === 'render') {
      notify({ title: render.title, body: describeEnd(render) });
    }
    show();
  };

  const setTally = ({ queued, running }: { readonly queued: number; readonly running: number }): void => {
    working = queued + running > 0;
  };

  return {
    onPush: ({ name, payload }) => {
      if (name === 'render.changed') onRender(events['render.changed'].parse(payload).render);
      if (name === 'queue.changed') setTally(events['queue.changed'].parse(payload).tally);
    },
    isWorking: () => working,
    setTally,
  };
};
