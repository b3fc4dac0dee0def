import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WritableDatabase } from '#engine/ports.ts';
import { createCommitGroup } from '#engine/queue/commit-group.ts';
import { openQueueDatabase, type QueueDatabase } from '#test/builders/queue-database.ts';
import { createManualClock } from './manual-clock.ts';

let rows: QueueDatabase;
beforeEach(() => {
  rows = openQueueDatabase();
});
afterEach(() => rows.remove());

/** The real database, counting its commits. */
const counted = (): { readonly database: WritableDatabase; readonly commits: () => number } => {
  let commits = 0;
  const { database } = rows;
  return {
    commits: () => commits,
    database: {
      ...database,
      transaction: (run) => {
        const result = database.transaction(run);
        commits += 1;
        return result;
      },
    },
  };
};
const write = (database: WritableDatabase, name: string): string => {
  database.prepare('INSERT INTO projects (id, name, created_at) VALUES (?, ?, 1)').run(name, name);
  return name;
};
const written = (): unknown => rows.value('SELECT count(*) - 1 FROM projects');

describe('pieces of work that come within a few milliseconds', () => {
  it('share one commit and are answered with their own results', async () => {
    const clock = createManualClock();
    const { database, commits } = counted();
    const group = createCommitGroup(database, clock, { windowMs: 3 });
    const answers = ['a', 'b', 'c'].map((name) => group.run('point', () => write(database, name)));
    await clock.advance(2);
    expect([commits(), written()]).toEqual([0, 0]);
    await clock.advance(1);
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c']);
    expect([commits(), written()]).toEqual([1, 3]);
    expect(clock.pending()).toBe(0);
  });

  it('never wait longer than ten milliseconds for company', async () => {
    const clock = createManualClock();
    const group = createCommitGroup(rows.database, clock);
    const answer = group.run('point', () => write(rows.database, 'a'));
    await clock.advance(10);
    expect(written()).toBe(1);
    expect(await answer).toBe('a');
  });

  it('are answered only after the commit that holds them', async () => {
    const clock = createManualClock();
    const { database } = counted();
    const seen: string[] = [];
    const watched: WritableDatabase = {
      ...database,
      transaction: (run) => {
        const result = database.transaction(run);
        seen.push('committed');
        return result;
      },
    };
    const group = createCommitGroup(watched, clock, { windowMs: 3 });
    const answered = group
      .run('point', () => {
        seen.push('written');
        return null;
      })
      .then(() => seen.push('answered'));
    await clock.advance(3);
    await answered;
    expect(seen).toEqual(['written', 'committed', 'answered']);
  });

  it('do not fail with a neighbour that cannot be written', async () => {
    const clock = createManualClock();
    const { database } = counted();
    const group = createCommitGroup(database, clock, { windowMs: 3 });
    const first = group.run('point', () => write(database, 'a'));
    const broken = group.run('point', () => {
      write(database, 'half');
      throw new Error('no such luck');
    });
    const last = group.run('point', () => write(database, 'b'));
    const caught = expect(broken).rejects.toThrow('no such luck');
    await clock.advance(3);
    await caught;
    expect(await Promise.all([first, last])).toEqual(['a', 'b']);
    expect(rows.database.prepare("SELECT name FROM projects WHERE id <> 'p' ORDER BY name").all()).toEqual([
      { name: 'a' },
      { name: 'b' },
    ]);
  });

  it('are each told when the disk refuses the commit itself', async () => {
    const clock = createManualClock();
    const { database } = counted();
    const full: WritableDatabase = {
      ...database,
      transaction: (run) =>
        database.transaction(() => {
          run();
          throw new Error('disk full');
        }),
    };
    const group = createCommitGroup(full, clock, { windowMs: 3 });
    const pieces = ['a', 'b'].map((name) =>
      expect(group.run('point', () => write(database, name))).rejects.toThrow('disk full'),
    );
    await clock.advance(3);
    await Promise.all(pieces);
    expect(written()).toBe(0);
  });

  it('are split over several commits when they take long, in their order', async () => {
    const clock = createManualClock();
    let elapsed = 0;
    const { database, commits } = counted();
    const group = createCommitGroup(database, { ...clock, monotonic: () => elapsed }, { windowMs: 3, sliceMs: 5 });
    const order: number[] = [];
    const all = Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        group
          .run('point', () => {
            elapsed += 2;
            write(database, String(index));
            return index;
          })
          .then((done) => order.push(done)),
      ),
    );
    await clock.advance(3);
    await all;
    expect(commits()).toBe(4);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(written()).toBe(10);
  });

  it('are committed at once when the queue ends, also what comes meanwhile', async () => {
    const clock = createManualClock();
    const { database } = counted();
    const group = createCommitGroup(database, clock, { windowMs: 3 });
    const followed = group
      .run('point', () => write(database, 'a'))
      .then(() => group.run('point', () => write(database, 'b')));
    await group.idle();
    await group.idle();
    expect(await followed).toBe('b');
    expect(written()).toBe(2);
    expect(clock.pending()).toBe(0);
  });
});
