import { expect, it } from 'vitest';
import type { Push } from '#contract/transport.ts';
import { createTestEngine } from './test-engine.ts';

const notice = (message: string) => ({ level: 'notice', code: 'test', message }) as const;
const messageOf = (push: Push): string => (push.payload as { readonly message: string }).message;

it('numbers pushes without a hole, also where a payload was refused', () => {
  const { router, log } = createTestEngine();
  const seen: number[] = [];
  router.subscribe(({ seq }) => seen.push(seq));
  router.publish('library.notice', notice('one'));
  router.publish('library.notice', { message: 'no level' } as never);
  router.publish('library.notice', notice('two'));
  expect(seen).toEqual([1, 2]);
  expect(log.map(({ level }) => level)).toEqual(['error']);
});

it('keeps the order for every listener when one of them publishes', () => {
  const { router } = createTestEngine();
  const seen: string[] = [];
  router.subscribe((push) => {
    if (messageOf(push) === 'first') router.publish('library.notice', notice('answer'));
  });
  router.subscribe((push) => seen.push(`${push.seq} ${messageOf(push)}`));
  router.publish('library.notice', notice('first'));
  expect(seen).toEqual(['1 first', '2 answer']);
});

it('goes on when a listener throws, and tells the log', () => {
  const { router, log } = createTestEngine();
  const seen: string[] = [];
  router.subscribe(() => {
    throw new Error('broken window');
  });
  router.subscribe((push) => seen.push(messageOf(push)));
  router.publish('library.notice', notice('one'));
  router.publish('library.notice', notice('two'));
  expect(seen).toEqual(['one', 'two']);
  expect(log).toHaveLength(2);
});

it('calls a listener no more once it was taken away, even during a push', () => {
  const { router } = createTestEngine();
  const seen: string[] = [];
  let endSecond = (): void => undefined;
  router.subscribe(() => endSecond());
  endSecond = router.subscribe((push) => seen.push(messageOf(push)));
  router.publish('library.notice', notice('one'));
  expect(seen).toEqual([]);
});

it('logs where an input or output is wrong, never what it was', async () => {
  const { router, log } = createTestEngine({ 'project.list': () => [{ id: 'sk-secret-a1b2', name: 7 }] as never });
  expect(await router.dispatch('project.list', {})).toMatchObject({ ok: false, error: { code: 'invalid_output' } });
  expect(JSON.stringify(log)).toContain('name');
  expect(JSON.stringify(log)).not.toContain('sk-secret-a1b2');
});
