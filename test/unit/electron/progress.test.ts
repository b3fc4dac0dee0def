import { beforeEach, describe, expect, it } from 'vitest';
import type { Render } from '#contract/entities.ts';
import { createProgressReporter, type ProgressMode, type ProgressReporter } from '#electron/main/progress.ts';

const progress = {
  items: 10,
  units: 10,
  owned: 0,
  queued: 0,
  running: 0,
  uncertain: 0,
  asking: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  spentCredits: 0,
  heldCredits: 0,
  perSecond: null,
  secondsLeft: null,
};
const renderOf = (
  id: string,
  state: Render['state'],
  counts: Partial<typeof progress> = {},
  more: Partial<Render> = {},
): Render => ({
  id: id as Render['id'],
  projectId: 'p' as Render['projectId'],
  scriptId: null,
  title: `Campaign ${id}`,
  state,
  purpose: 'render',
  takes: 1,
  budgetCredits: null,
  priority: 0,
  person: 'me',
  machine: 'here',
  createdAt: 1,
  finishedAt: null,
  errors: [],
  progress: { ...progress, ...counts },
  ...more,
});

describe('what the desktop shows', () => {
  let bar: { ratio: number | null; mode: ProgressMode } | undefined;
  let notes: { title: string; body: string }[];
  let reporter: ProgressReporter;
  let seq = 0;
  beforeEach(() => {
    bar = undefined;
    notes = [];
    reporter = createProgressReporter({
      showProgress: (ratio, mode) => {
        bar = { ratio, mode };
      },
      notify: (note) => notes.push(note),
    });
  });
  const push = (render: Render): void =>
    reporter.onPush({ seq: (seq += 1), name: 'render.changed', payload: { render } });

  it('adds up the open renders and takes the bar away when the last is over', () => {
    push(renderOf('a', 'active', { units: 10, succeeded: 5 }));
    push(renderOf('b', 'active', { units: 30, owned: 5 }));
    expect(bar).toEqual({ ratio: 0.25, mode: 'normal' });
    push(renderOf('b', 'done', { units: 30, succeeded: 30 }));
    expect(bar).toEqual({ ratio: 0.5, mode: 'normal' });
    push(renderOf('a', 'cancelled'));
    expect(bar).toEqual({ ratio: null, mode: 'normal' });
  });

  it('shows that something needs a person', () => {
    push(renderOf('a', 'active', { asking: 1 }));
    expect(bar?.mode).toBe('error');
    push(renderOf('a', 'over_budget'));
    expect(bar?.mode).toBe('error');
    push(renderOf('a', 'paused'));
    expect(bar?.mode).toBe('paused');
  });

  it('tells once when a batch ends, and what came of it', () => {
    push(renderOf('a', 'active', { succeeded: 7 }));
    push(renderOf('a', 'done', { succeeded: 7, owned: 1, failed: 2 }));
    push(renderOf('a', 'done', { succeeded: 7, owned: 1, failed: 2 }));
    expect(notes).toEqual([{ title: 'Campaign a', body: '8 takes ready, 2 lines failed.' }]);
  });

  it.each<[string, Render, Render]>([
    [
      'an audition',
      renderOf('a', 'active', {}, { purpose: 'audition' }),
      renderOf('a', 'done', {}, { purpose: 'audition' }),
    ],
    ['a cancelled batch', renderOf('a', 'active'), renderOf('a', 'cancelled')],
    ['a batch that was over when first seen', renderOf('a', 'done'), renderOf('a', 'done')],
  ])('says nothing of %s', (_what, first, second) => {
    push(first);
    push(second);
    expect(notes).toEqual([]);
  });

  it('knows whether there is work', () => {
    expect(reporter.isWorking()).toBe(false);
    reporter.setTally({ queued: 3, running: 0 });
    expect(reporter.isWorking()).toBe(true);
    reporter.onPush({
      seq: 1,
      name: 'queue.changed',
      payload: { lanes: [], tally: { queued: 0, running: 0, asking: 4 } },
    });
    expect(reporter.isWorking()).toBe(false);
  });
});
