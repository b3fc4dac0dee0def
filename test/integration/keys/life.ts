/**
 * One life of the studio in a process of its own, with everything written down that goes in or out: replies and events in
 * a file, a log at debug level, keys in an encrypted file. Started as `node life.ts <plan as JSON>`; keys come by environment.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, env, exit, kill, pid } from 'node:process';
import type { MethodInput, MethodName, MethodOutput } from '#contract/methods/index.ts';
import type { Render, RenderId, Workspace } from '#contract/entities.ts';
import { createDirectTransport } from '#client/direct.ts';
import { createHttp } from '#node/http.ts';
import { createLogger, openLogFile } from '#node/logger.ts';
import { openMachineSettings } from '#node/machine-settings.ts';
import { createCipherVault, type Cipher } from '#node/vault/cipher.ts';
import { createHostVault } from '#node/vault/host-vault.ts';
import { openStudio } from '#test/builders/studio.ts';
import { clockFrom } from '../../crash/child.ts';

export interface Vendor {
  readonly provider: 'chosen' | 'elevenlabs' | 'supertone';
  readonly baseUrl: string;
  readonly voice: string;
  /** Of `CUEBOOTH_TEST_KEY_<name>`: first one that is refused, then the right one. */
  readonly wrongKey: string;
  readonly rightKey: string;
  readonly settings: Workspace['settings'];
}
export interface Plan {
  readonly library: string;
  readonly appData: string;
  /** Replies and events, one JSON a line. */
  readonly record: string;
  readonly clockBase: number;
  readonly speed: number;
  readonly vendors: readonly Vendor[];
  /** Vendors that fail and echo. */
  readonly echoes: readonly Vendor[];
  /** Ends by `kill -9` while lines are on their way; else goes on where the life before was cut off. */
  readonly isKilled: boolean;
}

/** A key file that only this machine could read: here, with a key in the environment. */
const cipher = (): Cipher => {
  const secret = Buffer.from(env['CUEBOOTH_TEST_CIPHER'] ?? '', 'hex');
  return {
    available: async () => true,
    encrypt: async (text) => {
      const start = randomBytes(12);
      const made = createCipheriv('aes-256-gcm', secret, start);
      return Buffer.concat([start, made.update(text, 'utf8'), made.final(), made.getAuthTag()]);
    },
    decrypt: async (bytes) => {
      const all = Buffer.from(bytes);
      const made = createDecipheriv('aes-256-gcm', secret, all.subarray(0, 12));
      made.setAuthTag(all.subarray(-16));
      return `${made.update(all.subarray(12, -16)).toString('utf8')}${made.final().toString('utf8')}`;
    },
  };
};

/** Looks for lost calls are over by then. */
const patienceMs = 200_000;

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

const live = async (plan: Plan): Promise<void> => {
  const keyOf = (name: string): string => env[`CUEBOOTH_TEST_KEY_${name}`] ?? '';
  const clock = clockFrom(plan.clockBase, plan.speed);
  const log = openLogFile(join(plan.appData, 'logs', 'cuebooth.log'));
  const logger = createLogger({ level: 'debug', write: log.write });
  let isArmed = false;
  const studio = await openStudio({
    folder: plan.library,
    clock,
    vault: createHostVault({ store: createCipherVault(join(plan.appData, 'keys.json'), cipher()), nameOf: () => null }),
    start: false,
    engine: { person: 'Robin', machine: 'test bench' },
    checkpoint: (point) => {
      if (isArmed && point === 'body.opened') kill(pid, 'SIGKILL');
    },
    over: () => {
      const real = createHttp({ userAgent: 'Cuebooth/test', proxy: 'none' });
      return {
        logger,
        http: {
          close: () => real.close(),
          request: async (pool, request) => {
            // A fault of our own, with everything in its message that a careless library would put there.
            if (request.url.includes('broken'))
              throw new Error(`Cannot send ${JSON.stringify(request.headers)} to ${request.url}`, {
                cause: new TypeError(`Invalid header: ${Object.values(request.headers).join(' ')}`),
              });
            return real.request(pool, request);
          },
        },
      };
    },
  });
  const write = (what: unknown): void => appendFileSync(plan.record, `${JSON.stringify(what)}\n`);
  const wire = createDirectTransport(studio.engine.router);
  wire.subscribe((signal) => write({ signal }));
  /** Undefined where it failed; the failure is written down too. */
  const call = async <N extends MethodName>(method: N, input: MethodInput<N>): Promise<MethodOutput<N> | undefined> => {
    const reply = await wire.request(method, input);
    write({ method, reply });
    return reply.ok ? (reply.output as MethodOutput<N>) : undefined;
  };
  await studio.engine.start();

  /** A vendor that only ever fails leaves lines waiting for good: they are given up after a while of the studio's time. */
  const settledOrTired = async (renderId: RenderId): Promise<Render | undefined> => {
    let rest = (): void => undefined;
    const tired = new Promise<null>((resolve) => {
      rest = clock.after(patienceMs, () => resolve(null));
    });
    const end = await Promise.race([studio.settled(renderId), tired]);
    rest();
    return end ?? call('render.cancel', { renderId });
  };
  const add = (vendor: Vendor, name: string, key: string) =>
    call('workspace.add', { provider: vendor.provider, name, baseUrl: vendor.baseUrl, key, settings: vendor.settings });
  const project = await call('project.ensure', { name: 'Spring' });
  const order = async (title: string, voice: string, lines: number): Promise<void> => {
    const said = Array.from({ length: lines }, (_, index) => `NARRATOR: ${title}, line ${index + 1} of the offer.`);
    const text = `---\ntitle: ${title}\nlanguage: en\ncast:\n  NARRATOR: ${voice}\n---\n${said.join('\n')}\n`;
    const script = await call('script.save', {
      projectId: project?.id ?? ('' as never),
      path: `${title}.cue.txt`,
      source: { kind: 'text', text },
    });
    if (script === undefined) return;
    await call('render.estimate', { scriptId: script.id });
    const render = await call('render.enqueue', { scriptId: script.id });
    if (render === undefined) return;
    write({ settled: await settledOrTired(render.id) });
    await call('render.items', { renderId: render.id });
    await call('render.retry', { renderId: render.id });
  };

  /** Every question that can be asked of a workspace. What fails is written down like everything else. */
  const askAll = async ({ id: workspaceId }: Workspace): Promise<void> => {
    const now = clock.now();
    const range = { from: day(now - 40 * 86_400_000), to: day(now) };
    await call('workspace.test', { workspaceId });
    await call('voice.refresh', { workspaceId });
    const voices = await call('voice.list', { workspaceId });
    const [voice] = voices?.voices ?? [];
    await call('voice.models', { workspaceId });
    if (voice !== undefined) {
      await call('voice.similar', { workspaceId, voiceId: voice.voiceId });
      await call('voice.preview', { workspaceId, voiceId: voice.voiceId });
      await call('voice.mark', { workspaceId, voiceId: voice.voiceId, favourite: true });
    }
    const found = await call('voice.library', { workspaceId, search: 'warm' });
    await call('voice.addFromLibrary', {
      workspaceId,
      libraryId: found?.voices[0]?.libraryId ?? 'owner/none',
      name: 'From the library',
    });
    await call('account.refresh', { workspaceId });
    await call('account.subscription', { workspaceId });
    await call('account.reconcile', { workspaceId });
    await call('usage.sync', { workspaceId, ...range });
    await call('usage.query', { ...range, by: ['voice'], workspaceId });
    await call('usage.export', { ...range, by: ['day'], workspaceId, format: 'csv' });
    await call('history.sync', { workspaceId, backfill: true });
    const history = await call('history.search', { workspaceIds: [workspaceId] });
    for (const entry of history?.entries.slice(0, 3) ?? []) {
      await call('history.get', { id: entry.id });
      await call('history.fetchAudio', { id: entry.id });
    }
  };

  if (plan.isKilled) {
    for (const vendor of plan.vendors) {
      const name = vendor.provider;
      const workspace = await add(vendor, name, keyOf(vendor.wrongKey));
      if (workspace === undefined) continue;
      await askAll(workspace);
      await call('workspace.setKey', { workspaceId: workspace.id, key: keyOf(vendor.rightKey), sessionOnly: true });
      await call('workspace.removeKey', { workspaceId: workspace.id });
      await call('workspace.setKey', { workspaceId: workspace.id, key: keyOf(vendor.rightKey) });
      await order(`First at ${name}`, `${name}/${vendor.voice}`, 3);
      await askAll(workspace);
    }
    for (const vendor of plan.echoes) {
      const name = `echo ${vendor.provider}`;
      const workspace = await add(vendor, name, keyOf(vendor.rightKey));
      if (workspace === undefined) continue;
      for (let round = 0; round < 3; round += 1) await askAll(workspace);
      await order(`Echo of ${vendor.provider}`, `${name}/${vendor.voice}`, 8);
      const broken = { ...vendor, baseUrl: `${vendor.baseUrl}/broken` };
      const fault = await add(broken, `broken ${vendor.provider}`, keyOf(vendor.rightKey));
      if (fault !== undefined) await askAll(fault);
    }
    isArmed = true;
    const [vendor] = plan.vendors;
    if (vendor !== undefined) await order('Cut off', `${vendor.provider}/${vendor.voice}`, 4);
    // Not reached: the order above is cut off.
    exit(3);
  }

  for (const workspace of (await call('workspace.list', {})) ?? [])
    if (workspace.provider !== 'scratch') await askAll(workspace);
  for (const render of (await call('render.list', {})) ?? []) {
    await call('render.resume', { renderId: render.id });
    if (!render.title.startsWith('Echo')) write({ settled: await settledOrTired(render.id) });
  }
  for (const vendor of plan.vendors)
    await order(`Again at ${vendor.provider}`, `${vendor.provider}/${vendor.voice}`, 2);
  const jobs = (await call('queue.list', { limit: 1000 })) ?? [];
  const asking = jobs.filter(({ state }) => state === 'uncertain').map(({ id }) => id);
  if (asking.length > 0) {
    await call('queue.resolve', { jobIds: asking, decision: 'look_again' });
    await call('queue.resolve', { jobIds: asking, decision: 'give_up' });
  }
  await call('queue.lanes', {});
  await call('ledger.list', {});
  await call('take.list', {});
  await call('account.meters', {});
  await call('budget.set', { name: 'Spring', stopCredits: 1000 });
  await call('budget.list', {});
  await call('alert.list', { all: true });
  await call('history.search', { text: 'offer' });
  await call('library.get', {});
  await call('library.doctor', {});
  await call('workspace.add', { provider: 'chosen', name: 'with/slash', key: keyOf(plan.vendors[0]?.rightKey ?? '') });
  await call('no.such.method' as 'library.get', { key: keyOf(plan.vendors[0]?.rightKey ?? '') } as never);
  const settings = await openMachineSettings(plan.appData);
  settings.set('recentLibraries', [plan.library]);
  await studio.close('park');
  log.close();
  exit(0);
};

if (import.meta.main) await live(JSON.parse(argv[2] ?? '') as Plan);
