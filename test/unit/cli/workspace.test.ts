import { describe, expect, it } from 'vitest';
import { AppError } from '#contract/errors.ts';
import {
  createFakeStudio,
  createFakeTerminal,
  paid,
  runFake,
  type FakeHandlers,
  type TerminalOptions,
} from './fake-studio.ts';

const offer = {
  provider: 'chosen' as const,
  title: 'Chosen Voice AI',
  abilities: paid.abilities,
  hosts: [
    { label: 'Worldwide', baseUrl: 'https://api.example' },
    { label: 'EU residency', baseUrl: 'https://eu.example' },
    { label: 'India residency', baseUrl: 'https://in.example' },
  ],
  settings: [],
  notice: 'This vendor closes its service soon.',
};
const run = async (args: readonly string[], options: TerminalOptions = {}, handlers: FakeHandlers = {}) => {
  const studio = createFakeStudio({
    'workspace.providers': () => [offer],
    'workspace.list': () => [paid],
    'workspace.add': (input) => ({
      ...paid,
      name: input.name,
      key: { ...paid.key, configured: input.key !== undefined },
    }),
    'workspace.setKey': () => paid,
    'workspace.remove': () => ({}),
    ...handlers,
  });
  const terminal = createFakeTerminal(options);
  const exitCode = await runFake(studio, terminal, args);
  return {
    exitCode,
    studio,
    terminal,
    ...terminal.said,
    input: (method: string) => studio.calls.find((call) => call.method === method)?.input,
  };
};
const add = ['workspace', 'add', 'chosen', '--name', 'agency'];

describe('the key of a workspace', () => {
  it('comes from the variable that is named', async () => {
    const result = await run([...add, '--key-env', 'AGENCY_KEY'], { environment: { AGENCY_KEY: 'sk-1234\n' } });
    expect(result.exitCode).toBe(0);
    expect(result.input('workspace.add')).toMatchObject({ key: 'sk-1234' });
  });

  it('comes from standard input when it is asked for so', async () => {
    const result = await run(['workspace', 'set-key', 'agency', '--key-stdin'], { input: 'sk-1234\r\n' });
    expect(result.input('workspace.setKey')).toMatchObject({ key: 'sk-1234' });
  });

  it('comes from a prompt that shows nothing', async () => {
    const result = await run(['workspace', 'set-key', 'agency'], { interactive: true, hidden: 'sk-1234' });
    expect(result.terminal.questions).toEqual(['API key (not shown): ']);
    expect(result.input('workspace.setKey')).toMatchObject({ key: 'sk-1234' });
  });

  it('is never printed', async () => {
    const result = await run([...add, '--key-env', 'AGENCY_KEY', '--json'], { environment: { AGENCY_KEY: 'sk-1234' } });
    expect(result.out + result.err).not.toContain('sk-1234');
  });

  it('is not repeated when it was typed where the variable belongs', async () => {
    const result = await run([...add, '--key-env', 'sk-live-1234']);
    expect(result.exitCode).toBe(2);
    expect(result.err).not.toContain('sk-live-1234');
    expect(result.studio.calls).toEqual([]);
  });

  it('is refused when the variable is not set or empty', async () => {
    expect((await run([...add, '--key-env', 'NOT_SET'])).exitCode).toBe(2);
    expect((await run([...add, '--key-env', 'EMPTY'], { environment: { EMPTY: ' ' } })).exitCode).toBe(2);
  });

  it('that cannot be kept here leaves no workspace, and the way with a variable is named', async () => {
    const result = await run(
      [...add, '--key-env', 'K'],
      { environment: { K: 'sk-1234' } },
      {
        'workspace.add': () => {
          throw new AppError('vault_unavailable', 'The key was not stored.');
        },
      },
    );
    expect(result.exitCode).toBe(6);
    expect(result.err).toContain('The workspace was not added');
    expect(result.err).toContain('CUEBOOTH_KEY_AGENCY');
  });

  it('is asked for nowhere when nobody is there: adding goes on without and says how to set it', async () => {
    const result = await run(add);
    expect(result.exitCode).toBe(0);
    expect(result.input('workspace.add')).not.toHaveProperty('key');
    expect(result.err).toContain('set-key');
    expect((await run(['workspace', 'set-key', 'agency'])).exitCode).toBe(2);
  });
});

it('reads settings as numbers, booleans and texts', async () => {
  const result = await run([
    ...add,
    '--set',
    'concurrency=4',
    '--set',
    'polling=false',
    '--set',
    'path=/v2/x',
    '--set',
    'plan="10"',
  ]);
  expect(result.input('workspace.add')).toMatchObject({
    settings: { concurrency: 4, polling: false, path: '/v2/x', plan: '10' },
  });
});

describe('removing a workspace', () => {
  it('asks first', async () => {
    const refused = await run(['workspace', 'remove', 'agency'], { interactive: true, answer: false });
    expect(refused.input('workspace.remove')).toBeUndefined();
    expect(refused.exitCode).toBe(130);
    const agreed = await run(['workspace', 'remove', 'agency'], { interactive: true, answer: true });
    expect(agreed.input('workspace.remove')).toEqual({ workspaceId: 'w2' });
  });

  it('is refused where nobody can be asked, unless --yes is there', async () => {
    expect((await run(['workspace', 'remove', 'agency'])).exitCode).toBe(2);
    expect((await run(['workspace', 'remove', 'agency', '--yes'])).exitCode).toBe(0);
  });

  it('names the workspaces that exist when there is none of that name', async () => {
    const result = await run(['workspace', 'remove', 'agancy', '--yes']);
    expect(result.exitCode).toBe(2);
    expect(result.err).toContain('There are: agency.');
  });
});

describe('the place of a workspace', () => {
  it.each([
    ['eu residency', 'https://eu.example'],
    ['EU', 'https://eu.example'],
    ['Worldwide', 'https://api.example'],
  ])('is found by its region %j', async (region, baseUrl) => {
    const result = await run([...add, '--region', region]);
    expect(result.exitCode).toBe(0);
    expect(result.input('workspace.add')).toMatchObject({ baseUrl });
  });

  it.each(['residency', 'Mars'])('is refused for %j, and the regions are named', async (region) => {
    const result = await run([...add, '--region', region]);
    expect(result.exitCode).toBe(2);
    expect(result.err).toContain('"Worldwide", "EU residency", "India residency"');
    expect(result.input('workspace.add')).toBeUndefined();
  });

  it("is the vendor's default otherwise, and the others are named with the vendor's notice", async () => {
    const result = await run(add);
    expect(result.input('workspace.add')).toMatchObject({ baseUrl: null });
    expect(result.err).toContain('It uses Worldwide; --region chooses another');
    expect(result.err).toContain('This vendor closes its service soon.');
  });
});

describe('a key for this command only', () => {
  const test = { ok: true, checks: [{ name: 'Key', ok: true, message: 'Accepted.', missing: null }] };
  const withTest: FakeHandlers = { 'workspace.test': () => test };

  it('is tried at once and kept nowhere, and the next way is said', async () => {
    const result = await run([...add, '--session-only', '--key-env', 'K'], { environment: { K: 'sk-1234' } }, withTest);
    expect(result.input('workspace.add')).toMatchObject({ key: 'sk-1234', sessionOnly: true });
    expect(result.out).toBe('Added agency (chosen).\nagency works\n  ✓ Key: Accepted.\n');
    expect(result.err).toContain('CUEBOOTH_KEY_AGENCY');
  });

  it('comes with its test in JSON', async () => {
    const args = [...add, '--session-only', '--key-env', 'K', '--json'];
    const result = await run(args, { environment: { K: 'sk-1234' } }, withTest);
    expect(JSON.parse(result.out)).toMatchObject({ name: 'agency', test });
  });

  it('needs to be there', async () => {
    expect((await run([...add, '--session-only'])).exitCode).toBe(2);
  });
});

describe('removing a key', () => {
  const without = { ...paid, key: { configured: false, hint: null, locked: false } };

  it('asks first, and is refused where nobody can be asked, unless --yes is there', async () => {
    const handlers: FakeHandlers = { 'workspace.removeKey': () => without };
    const refused = await run(['workspace', 'remove-key', 'agency'], { interactive: true, answer: false }, handlers);
    expect(refused.exitCode).toBe(130);
    expect(refused.input('workspace.removeKey')).toBeUndefined();
    expect((await run(['workspace', 'remove-key', 'agency'], {}, handlers)).exitCode).toBe(2);
    const agreed = await run(['workspace', 'remove-key', 'agency', '--yes'], {}, handlers);
    expect(agreed.exitCode).toBe(0);
    expect(agreed.input('workspace.removeKey')).toEqual({ workspaceId: 'w2' });
    expect(agreed.err).toBe('');
  });

  it('says when a variable still holds one', async () => {
    const result = await run(['workspace', 'remove-key', 'agency', '--yes'], {}, { 'workspace.removeKey': () => paid });
    expect(result.err).toContain('The variable CUEBOOTH_KEY_AGENCY still holds one');
  });
});

describe('testing a workspace', () => {
  const checks = [
    { name: 'Key', ok: true, message: 'Accepted.', missing: null },
    {
      name: 'History',
      ok: false,
      message: 'Every lost answer will become a question.',
      missing: 'speech_history_read',
    },
    { name: 'Balance', ok: null, message: 'This vendor does not say.', missing: null },
  ];
  const handlers: FakeHandlers = { 'workspace.test': () => ({ ok: false, checks }) };

  it('names the scopes that the key lacks and what each costs', async () => {
    const result = await run(['workspace', 'test', 'agency'], {}, handlers);
    expect(result.exitCode).toBe(6);
    expect(result.out).toBe(
      [
        'agency works, with gaps',
        '  ✓ Key: Accepted.',
        '  ✗ History: Every lost answer will become a question. [scope speech_history_read is missing]',
        '  - Balance: This vendor does not say.',
        "  The key lacks speech_history_read; the vendor's page of API keys adds scopes.",
        '',
      ].join('\n'),
    );
  });

  it('does not call it gaps when the key itself fails', async () => {
    const refused = [{ name: 'Key', ok: false, message: 'It was refused.', missing: null }];
    const result = await run(
      ['workspace', 'test', 'agency'],
      {},
      {
        'workspace.test': () => ({ ok: false, checks: refused }),
      },
    );
    expect(result.out).toContain('agency does not work');
  });

  it.each([
    [[...add, '--key-env', 'K'], 'Added agency (chosen).\n'],
    [['workspace', 'set-key', 'agency', '--key-env', 'K'], 'The key of agency is set (...a1b2).\n'],
  ])('follows a new key and only warns: %j', async (args, said) => {
    const result = await run(args, { environment: { K: 'sk-1234' } }, handlers);
    expect(result.exitCode).toBe(0);
    expect(result.out).toBe(said);
    expect(result.err).toContain(
      'agency works, with gaps\n  ✗ History: Every lost answer will become a question. [scope speech_history_read is missing]\n',
    );
    expect(result.err).not.toContain('Balance');
    const json = await run([...args, '--json'], { environment: { K: 'sk-1234' } }, handlers);
    expect(JSON.parse(json.out)).toMatchObject({ name: 'agency', checks });
    const without = await run([...args, '--no-test'], { environment: { K: 'sk-1234' } }, handlers);
    expect(without.input('workspace.test')).toBeUndefined();
    expect(without.exitCode).toBe(0);
  });

  it('that cannot be made leaves the workspace added', async () => {
    const result = await run(
      [...add, '--key-env', 'K'],
      { environment: { K: 'sk-1234' } },
      {
        'workspace.test': () => {
          throw new AppError('provider_offline', 'No network.');
        },
      },
    );
    expect(result.exitCode).toBe(0);
    expect(result.err).toContain('agency could not be tested: No network.');
  });

  it('prints the checks of every workspace as one array', async () => {
    const result = await run(['workspace', 'test', '--json'], {}, handlers);
    expect(JSON.parse(result.out)).toMatchObject([{ workspace: 'agency', ok: false, checks }]);
  });
});

it('lists the vendors with their regions and notices', async () => {
  const result = await run(['workspace', 'providers']);
  expect(result.out).toContain('Worldwide, EU residency, India residency');
  expect(result.err).toBe('Chosen Voice AI: This vendor closes its service soon.\n');
  expect(JSON.parse((await run(['workspace', 'providers', '--json'])).out)).toEqual([offer]);
});
