import { expect, it } from 'vitest';
import { HttpError } from '#engine/ports.ts';
import { setUp } from './setup.ts';

const keyOf = async (answer: Parameters<typeof setUp>[0]) => {
  const { elevenlabs, context } = setUp(answer);
  const { ok, checks } = await elevenlabs.test(context);
  return { ok, names: checks.map(({ name }) => name), key: checks.find(({ name }) => name === 'Key') };
};

it('a vendor that answers nothing leaves no working connection and says that it could not be reached', async () => {
  const { ok, key, names } = await keyOf(() => {
    throw new HttpError('connect', 'refused', 'connect ECONNREFUSED');
  });
  expect(ok).toBe(false);
  expect(key).toMatchObject({ ok: false, message: expect.stringContaining('could not be reached') });
  expect(names).toEqual(['Settings', 'Key']);
});

it('one answer among broken calls is enough to know the key', async () => {
  const { ok, key } = await keyOf((_request, url) => {
    if (url.pathname === '/v1/models') return { body: [] };
    throw new HttpError('headers', 'timeout', 'no answer');
  });
  expect(ok).toBe(true);
  expect(key?.ok).toBe(true);
});

it('answers that say nothing of the key leave it open', async () => {
  expect((await keyOf(() => ({ status: 500, body: {} }))).key?.ok).toBe(null);
});
