/** What `cuebooth serve --demo` opens: one demo for all tests of this file, as making it is most of the work. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openDemo } from '#hosts/demo/demo.ts';

let demo: Awaited<ReturnType<typeof openDemo>>;
beforeAll(async () => {
  demo = await openDemo();
}, 120_000);
afterAll(() => demo.close('park'));

const workspace = async (name: string) => {
  const found = (await demo.client.call('workspace.list', {})).find((one) => one.name === name);
  if (found === undefined) throw new Error(`The demo has no workspace ${name}.`);
  return found;
};

it('says of everything that it is made up', async () => {
  const library = await demo.client.call('library.get', {});
  expect(library.notices.map(({ code }) => code)).toEqual(['demo']);
  const projects = await demo.client.call('project.list', {});
  const scripts = await demo.client.call('script.list', {});
  const renders = await demo.client.call('render.list', { limit: 500 });
  for (const name of [
    ...projects.map((project) => project.name),
    ...scripts.map(({ title }) => title),
    ...renders.map(({ person }) => person),
  ])
    expect(name).toContain('(demo)');
  const workspaces = await demo.client.call('workspace.list', {});
  expect(workspaces.map(({ name }) => name)).toEqual(['scratch', 'chosen-demo', 'eleven-demo', 'supertone-demo']);
});

it('has three months of work, by several people, with all its audio in its place', async () => {
  const { counts } = await demo.client.call('library.get', {});
  expect(counts.projects).toBe(5);
  expect(counts.scripts).toBeGreaterThan(30);
  expect(counts.takes).toBeGreaterThan(800);
  expect(counts.takes).toBeLessThan(3000);
  const renders = await demo.client.call('render.list', { limit: 500 });
  expect(new Set(renders.map(({ person }) => person)).size).toBe(3);
  const oldest = Math.min(...renders.map(({ createdAt }) => createdAt));
  expect(Date.now() - oldest).toBeGreaterThan(80 * 86_400_000);
  const { missing, unreferenced, incoming } = await demo.client.call('library.doctor', {});
  expect({ missing, unreferenced, incoming }).toEqual({ missing: [], unreferenced: [], incoming: [] });
});

it('spends in each workspace what its vendor says', async () => {
  const { id } = await workspace('eleven-demo');
  const eleven = await demo.client.call('account.reconcile', { workspaceId: id });
  expect(eleven.vendorCredits).toBeGreaterThan(eleven.ourCredits);
  expect(eleven.unexplained).toBe(0);
  expect(new Set(eleven.lines.map(({ kind }) => kind))).toEqual(new Set(['vendor_only', 'open_call']));
  const to = new Date().toISOString().slice(0, 10);
  const from = new Date(Date.now() - 91 * 86_400_000).toISOString().slice(0, 10);
  const { rows } = await demo.client.call('usage.query', { from, to, by: ['workspace'] });
  const credits = (provider: string, source: string) =>
    rows.find((row) => row.provider === provider && row.source === source)?.credits;
  expect(credits('supertone', 'vendor')).toBeCloseTo(credits('supertone', 'ledger') ?? 0, 6);
  expect(credits('chosen', 'ledger')).toBeGreaterThan(1000);
});

it('has ours and the work of others in one history', async () => {
  const ours = await demo.client.call('history.search', { text: 'kayak', limit: 5 });
  expect(ours.entries.map(({ origin }) => origin)).toContain('cuebooth');
  const others = await demo.client.call('history.search', { origin: 'vendor', limit: 5 });
  expect(others.entries.length).toBeGreaterThan(0);
});

it('has something to look at today', async () => {
  const alerts = await demo.client.call('alert.list', {});
  const kinds = new Set(alerts.map(({ kind }) => kind));
  expect(kinds).toContain('invoice_open');
  expect(kinds).toContain('forecast_before_reset');
  const impact = await demo.client.call('voice.impact', {});
  expect(impact.map(({ voice }) => voice.name)).toEqual(['Vera Lind']);
  expect((await demo.client.call('queue.lanes', {})).tally.asking).toBe(1);
  const [question] = await demo.client.call('queue.list', { states: ['uncertain'] });
  expect(question?.generation?.evidence.at(-1)?.candidates).toHaveLength(1);
});

it('renders a line with a fake vendor, which bills it once', async () => {
  const { client, vendors } = demo;
  const voiceId = vendors.elevenlabs.voices()[0]?.voiceId ?? '';
  const project = await client.call('project.ensure', { name: 'Try (demo)' });
  const script = await client.call('script.save', {
    projectId: project.id,
    path: 'try.cue.txt',
    source: {
      kind: 'text',
      text: `---\ntitle: Try (demo)\ncast:\n  A: eleven-demo/${voiceId}\n---\nA: Just this once.\n`,
    },
  });
  const done = new Promise<void>((resolve) => {
    client.on('render.changed', ({ render }) => {
      if (render.scriptId === script.id && render.state === 'done') resolve();
    });
  });
  await client.call('render.enqueue', { scriptId: script.id });
  await done;
  expect(vendors.elevenlabs.ledger()).toMatchObject([{ text: 'Just this once.', chargedCredits: 15 }]);
  expect(vendors.elevenlabs.seenKeys()).toEqual([]);
});

it('can show a vendor that has ended its service', async () => {
  const { id } = await workspace('supertone-demo');
  await demo.client.call('workspace.update', { workspaceId: id, baseUrl: demo.vendors.retired.baseUrl });
  const [meter] = await demo.client.call('account.refresh', { workspaceId: id });
  expect(meter?.state).toBe('retired');
});

it('is gone when it is closed', async () => {
  await demo.close('park');
  expect(existsSync(demo.folder)).toBe(false);
  expect(demo.vendors.elevenlabs.pendingTimers()).toBe(0);
  await expect(fetch(demo.vendors.chosen.baseUrl)).rejects.toThrow();
});

it('is served on a free port of this machine, and leaves nothing behind at Ctrl-C', { timeout: 120_000 }, async () => {
  const temp = mkdtempSync(join(tmpdir(), 'cuebooth-test-'));
  const main = fileURLToPath(new URL('../../../src/hosts/cli/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, 'serve', '--demo', '--no-open', '--json'], {
    env: { ...process.env, TMPDIR: temp },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => {
    child.kill();
    rmSync(temp, { recursive: true, force: true });
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url, port } = JSON.parse(line) as { url: string; port: number };
  expect(new URL(url).host).toBe(`127.0.0.1:${port}`);
  expect(readdirSync(temp).filter((name) => name.startsWith('cuebooth-demo-'))).toHaveLength(1);
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  expect((await exit)[0]).toBe(0);
  expect(readdirSync(temp).filter((name) => name.startsWith('cuebooth-demo-'))).toEqual([]);
});
