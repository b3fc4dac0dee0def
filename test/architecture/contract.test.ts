/** The contract as a whole: nothing in it is without a handler, a test or a publisher, and no key can leave by it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { KeyState } from '#contract/entities.ts';
import { type EventName, events } from '#contract/events.ts';
import { type MethodName, methods } from '#contract/methods/index.ts';
import type { Reply } from '#contract/transport.ts';
import { createLogger } from '#node/logger.ts';
import { openStudio, type Studio } from '#test/builders/studio.ts';
import { startGenerationsServer, type GenerationsServer } from '#hosts/demo/vendors/chosen/server.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const methodNames = Object.keys(methods) as MethodName[];
const eventNames = Object.keys(events) as EventName[];
const filesUnder = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && !name.includes('node_modules'))
    .map((name) => join(repository, folder, name));

/** Names that would carry a secret. `idempotencyKey` is none: it opens nothing. */
const keyLike = /^(key|keys|api_?-?key|secret|token|authorization|password|credentials?)$/i;
/** Every place of a JSON schema that has a key-like name, with what lies there. */
const keyLikeFields = (schema: unknown, path = ''): { readonly path: string; readonly field: unknown }[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) => {
    const inner = keyLikeFields(value, `${path}/${name}`);
    return path.endsWith('/properties') && keyLike.test(name)
      ? [{ path: `${path}/${name}`, field: value }, ...inner]
      : inner;
  });
};
const jsonSchema = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' });

describe('the search for key-like fields', () => {
  it('finds one wherever it hides', () => {
    const leaky = z.object({
      list: z.array(z.object({ apiKey: z.string() })),
      either: z.union([z.object({ token: z.string() }), z.null()]),
    });
    expect(keyLikeFields(jsonSchema(leaky)).map(({ path }) => path.split('/').at(-1))).toEqual(['apiKey', 'token']);
  });
});

describe.each(methodNames)('%s', (name) => {
  it('has no key-like field in its output', () => {
    const found = keyLikeFields(jsonSchema(methods[name].output)).map(({ field }) => field);
    // The one exception says whether there is a key, never what it is.
    const { $schema: _, ...keyState } = jsonSchema(KeyState) as Record<string, unknown>;
    for (const field of found) expect(field).toEqual(keyState);
  });
});

describe('every method', () => {
  const tests = ['test']
    .flatMap((folder) => filesUnder(folder, /\.(test|spec)\.tsx?$|specs\/.*\.ts$/))
    .filter((file) => !file.endsWith('contract.test.ts'))
    .map((file) => readFileSync(file, 'utf8'));

  it.each(methodNames)('%s is called in a test', (name) => {
    expect(tests.some((text) => text.includes(`'${name}'`))).toBe(true);
  });
});

describe('every event', () => {
  const sources = filesUnder('src/engine', /\.ts$/).map((file) => readFileSync(file, 'utf8'));

  it.each(eventNames)('%s is published by the engine', (name) => {
    expect(sources.some((text) => new RegExp(`publish\\(\\s*'${name.replace('.', '\\.')}'`).test(text))).toBe(true);
  });

  it.each(eventNames)('%s has no key-like field', (name) => {
    expect(keyLikeFields(jsonSchema(events[name]))).toEqual([]);
  });
});

describe('a key', () => {
  const key = 'sk-RECOGNISABLE-7f3a91c4d2-do-not-tell';
  const said: string[] = [];
  let studio: Studio;
  let vendor: GenerationsServer;
  const call = async (name: MethodName, input: unknown): Promise<Reply> => {
    const reply = await studio.engine.router.dispatch(name, input);
    said.push(JSON.stringify(reply));
    return reply;
  };
  const output = async <T>(name: MethodName, input: unknown): Promise<T> => {
    const reply = await call(name, input);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
    return reply.output as T;
  };

  beforeAll(async () => {
    vendor = await startGenerationsServer({
      seed: 3,
      serviceTimeMs: 20,
      audioBytes: 3000,
      apiKey: key,
      faults: { errorAfter: 0.4, failed: 0.3, rateLimitSilent: 0.3 },
    });
    studio = await openStudio({
      over: () => ({
        logger: createLogger({
          level: 'debug',
          write: (line: string) => {
            said.push(line);
          },
        }),
      }),
    });
    studio.engine.router.subscribe((push) => said.push(JSON.stringify(push)));
    const workspace = await output<{ id: string }>('workspace.add', {
      provider: 'chosen',
      name: 'chosen',
      baseUrl: vendor.baseUrl,
      key,
      settings: { concurrency: 4 },
    });
    await call('workspace.setKey', { workspaceId: workspace.id, key });
    await call('workspace.test', { workspaceId: workspace.id });
    await call('workspace.setKey', { workspaceId: workspace.id, key: 7 });
    await call('workspace.add', { provider: 'chosen', name: 'a/b', key });
    await call('workspace.add', { provider: 'chosen', name: 'chosen', key });
    const lines = Array.from({ length: 10 }, (_, index) => `Line number ${index} that is unspeakably plain.`).concat(
      'This one is unspeakable.',
    );
    const script = await studio.script(lines, 'chosen/Ava');
    const render = await output<{ id: string }>('render.enqueue', { scriptId: script.id });
    await studio.settled(render.id as never);
    vendor.change({ apiKey: 'another' });
    await studio.settled(
      (await output<{ id: string }>('render.enqueue', { scriptId: script.id, retake: true })).id as never,
    );
    for (const name of methodNames)
      if (methods[name].kind === 'query')
        await call(name, {
          workspaceId: workspace.id,
          scriptId: script.id,
          renderId: render.id,
          projectId: script.projectId,
        });
    await call('library.doctor', {});
    await call('workspace.removeKey', { workspaceId: workspace.id });
  }, 60_000);
  afterAll(async () => {
    await studio.remove();
    await vendor.close();
  });

  it('was really used', () => {
    expect(vendor.ledger().length).toBeGreaterThan(5);
    expect(said.length).toBeGreaterThan(50);
  });

  it('is in no reply, no push and no line of the log', () => {
    expect(said.filter((text) => text.includes(key) || text.includes(key.slice(3, 24)))).toEqual([]);
  });

  it('is told apart by its last four characters alone', () => {
    const hints = said.flatMap((text) =>
      [...text.matchAll(/"configured":true,"hint":"([^"]*)"/g)].map(([, hint]) => hint),
    );
    expect(new Set(hints)).toEqual(new Set([`...${key.slice(-4)}`]));
  });

  it('is in no file of the library', () => {
    const files = readdirSync(studio.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['library.db', 'settings.json']));
    const withKey = files.filter(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name));
      return bytes.includes(key) || bytes.includes(Buffer.from(key).toString('base64').slice(0, 40));
    });
    expect(withKey.map(({ name }) => name)).toEqual([]);
    expect(files.some(({ name }) => /^[0-9a-f]{64}\.json$/.test(name))).toBe(true);
  });
});

describe('every method of the engine', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio({
      start: false,
      over: (ports) => ({ logger: { ...ports.logger, error: () => undefined } }),
    });
  }, 60_000);
  afterAll(() => studio.remove());

  it.each(methodNames)('%s is answered by its handler, in words of the contract', async (name) => {
    const reply = await studio.engine.router.dispatch(name, {});
    const code = reply.ok ? 'ok' : reply.error.code;
    expect(['unknown_method', 'internal', 'invalid_output']).not.toContain(code);
  });
});
