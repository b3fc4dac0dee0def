import { describe, expect, it } from 'vitest';
import { createFakeStudio, createFakeTerminal, paid, runFake, type TerminalOptions } from './fake-studio.ts';

const run = async (args: readonly string[], options: TerminalOptions = {}) => {
  const studio = createFakeStudio({
    'workspace.list': () => [paid],
    'workspace.add': (input) => ({
      ...paid,
      name: input.name,
      key: { ...paid.key, configured: input.key !== undefined },
    }),
    'workspace.setKey': () => paid,
    'workspace.remove': () => ({}),
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
