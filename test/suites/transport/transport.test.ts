/** What a caller sees, whatever carries it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient, type Client } from '#client/index.ts';
import type { AppError } from '#contract/errors.ts';
import type { RenderId, TakeId } from '#contract/entities.ts';
import { createTestEngine, secretKey, type TestEngine } from './test-engine.ts';
import { blobLimit, wires, type OpenWire } from './wires.ts';

const refusalOf = async (call: Promise<unknown>): Promise<AppError> => {
  const outcome = await call.then(
    (output) => ({ output }),
    (error: unknown) => ({ error }),
  );
  if ('output' in outcome) throw new Error(`Expected a refusal, got ${JSON.stringify(outcome.output)}.`);
  return outcome.error as AppError;
};

const notice = (message: string) => ({ level: 'notice', code: 'test', message }) as const;

describe.each(wires)('over $name', (wire) => {
  let engine: TestEngine;
  let open: OpenWire;
  let client: Client;

  const connected = (): Promise<void> =>
    new Promise((resolve) => {
      client.onConnection((state) => {
        if (state === 'open') resolve();
      });
    });
  /** The messages of the notices that arrive, up to `count`. */
  const notices = (count: number): Promise<string[]> =>
    new Promise((resolve) => {
      const messages: string[] = [];
      client.on('library.notice', ({ message }) => {
        messages.push(message);
        if (messages.length === count) resolve(messages);
      });
    });

  beforeEach(async () => {
    engine = createTestEngine();
    open = await wire.open(engine);
    client = createClient(open.transport);
  });
  afterEach(async () => {
    client.close();
    await open.close();
    await expect.poll(() => engine.listeners()).toBe(0);
  });

  it('returns the output of a method', async () => {
    const project = await client.call('project.ensure', { name: 'Späti & Söhne 🛒' });
    expect(project).toEqual({ id: 'project-Späti & Söhne 🛒', name: 'Späti & Söhne 🛒', createdAt: 1, scriptCount: 0 });
  });

  it.each(['render.explode', 'constructor', '__proto__', 'toString', ''])(
    'refuses the unknown method %j',
    async (method) => {
      const reply = await open.transport.request(method, {});
      expect(reply).toMatchObject({ ok: false });
      if (method !== '') expect(reply).toMatchObject({ error: { code: 'unknown_method' } });
    },
  );

  it('names the field of a bad input and does not run the method', async () => {
    const error = await refusalOf(client.call('project.ensure', { name: '' }));
    expect(error.code).toBe('invalid_input');
    expect(error.message).toContain('name');
  });

  it('does not repeat the value of a bad input, which may be a key', async () => {
    const error = await refusalOf(
      client.call('workspace.setKey', { workspaceId: secretKey, key: [secretKey] } as never),
    );
    expect(error.code).toBe('invalid_input');
    expect(error.message).not.toContain(secretKey);
  });

  it('passes an expected error on with its code, message and action, and without its details', async () => {
    const error = await refusalOf(client.call('render.get', { renderId: 'r7' as RenderId }));
    expect(error).toMatchObject({ code: 'not_found', message: 'There is no render r7.', action: { type: 'retry' } });
    expect(error.details).toBeUndefined();
  });

  it('turns a handler that throws into a plain message and keeps the cause for the log', async () => {
    const error = await refusalOf(client.call('library.backup', {}));
    expect(error.code).toBe('internal');
    expect(error.message).not.toContain(secretKey);
    expect(error.message).not.toContain('no space');
    expect(engine.log.some(({ fields }) => String(fields?.['error']).includes('no space'))).toBe(true);
  });

  it('refuses an output that breaks the contract', async () => {
    expect((await refusalOf(client.call('library.get', {}))).code).toBe('invalid_output');
  });

  it('strips an apiKey that a handler returned by mistake', async () => {
    const projects = await client.call('project.list', {});
    expect(projects).toEqual([{ id: 'p1', name: 'Spring', createdAt: 1, scriptCount: 2 }]);
    expect(JSON.stringify(projects)).not.toContain(secretKey);
  });

  it('delivers pushes in the order of publishing', async () => {
    await connected();
    const arrived = notices(50);
    const sent = Array.from({ length: 50 }, (_, index) => `n${index}`);
    for (const message of sent) engine.router.publish('library.notice', notice(message));
    expect(await arrived).toEqual(sent);
  });

  it('strips what the event does not name and never sends a payload that breaks the contract', async () => {
    await connected();
    const seen: unknown[] = [];
    client.on('library.notice', (payload) => seen.push(payload));
    const arrived = notices(1);
    engine.router.publish('library.notice', { level: 'shout', code: 'test', message: 'never' } as never);
    engine.router.publish('library.notice', { ...notice('kept'), apiKey: secretKey } as never);
    await arrived;
    expect(seen).toEqual([notice('kept')]);
  });

  it('tells of a gap when a push was lost, and once only', async () => {
    await connected();
    let gaps = 0;
    client.onGap(() => {
      gaps += 1;
    });
    const arrived = notices(3);
    engine.router.publish('library.notice', notice('one'));
    engine.loseNextPush();
    engine.router.publish('library.notice', notice('lost'));
    engine.router.publish('library.notice', notice('three'));
    engine.router.publish('library.notice', notice('four'));
    expect(await arrived).toEqual(['one', 'three', 'four']);
    expect(gaps).toBe(1);
  });

  it('goes on to the other listeners when one throws', async () => {
    const thrown: unknown[] = [];
    client.close();
    await open.close();
    open = await wire.open(engine);
    client = createClient(open.transport, { onListenerError: (error) => thrown.push(error) });
    await connected();
    client.on('library.notice', () => {
      throw new Error('broken screen');
    });
    const arrived = notices(2);
    engine.router.publish('library.notice', notice('one'));
    engine.router.publish('library.notice', notice('two'));
    expect(await arrived).toEqual(['one', 'two']);
    expect(thrown).toHaveLength(2);
  });

  it('gives a caller its own copy', async () => {
    await connected();
    const seen: { message: string }[] = [];
    client.on('library.notice', (payload) => seen.push(payload));
    const mine = { level: 'notice', code: 'test', message: 'before' } as const;
    const arrived = notices(1);
    engine.router.publish('library.notice', mine);
    await arrived;
    for (const payload of seen) payload.message = 'changed by a screen';
    expect(mine.message).toBe('before');
  });

  it('answers `disconnected` when the host is gone', async () => {
    await connected();
    await open.loseHost();
    const error = await refusalOf(client.call('project.list', {}));
    expect(error).toMatchObject({ code: 'disconnected', action: { type: 'retry' } });
  });

  it('takes a file up and hands back its id', async () => {
    const blobId = await client.upload(new Blob(['ANNOUNCER: ', 'Hello.']));
    expect(Buffer.from((await open.blobs.read(blobId)) ?? []).toString()).toBe('ANNOUNCER: Hello.');
  });

  it('refuses a file over the limit and keeps nothing of it', async () => {
    const error = await refusalOf(client.upload(new Blob(['x'.repeat(blobLimit + 1)])));
    expect(error.code).toBe('blob_too_large');
    expect(await open.storedBlobs()).toEqual([]);
  });

  it('escapes a take id in the address of its audio', () => {
    expect(client.mediaUrl('t/../1?' as TakeId)).toMatch(/\/media\/t%2F\.\.%2F1%3F$/);
  });
});
