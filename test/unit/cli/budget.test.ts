import { describe, expect, it } from 'vitest';
import type { Alert, Budget } from '#contract/account.ts';
import {
  createFakeStudio,
  createFakeTerminal,
  paid,
  runFake,
  type FakeHandlers,
  type TerminalOptions,
} from './fake-studio.ts';

const spring: Budget = {
  id: 'b1',
  name: 'Spring',
  projectId: 'p1' as Budget['projectId'],
  person: 'anna',
  workspaceId: null,
  period: 'month',
  warnCredits: 400,
  stopCredits: 500,
  spentCredits: 410,
  heldCredits: 20,
  state: 'warn',
  createdAt: 0,
};
const run = async (args: readonly string[], handlers: FakeHandlers = {}, options: TerminalOptions = {}) => {
  const studio = createFakeStudio({
    'workspace.list': () => [paid],
    'project.list': () => [{ id: 'p1', name: 'Spring sale', createdAt: 0, scriptCount: 1 }],
    'budget.list': () => [spring],
    'budget.set': (input) => ({ ...spring, ...input, id: input.id ?? 'b2' }),
    'budget.remove': () => ({}),
    ...handlers,
  });
  const terminal = createFakeTerminal(options);
  const exitCode = await runFake(studio, terminal, args);
  return {
    exitCode,
    ...terminal.said,
    input: (method: string) => studio.calls.find((call) => call.method === method)?.input,
  };
};

describe('budgets', () => {
  it('are listed with whom they are for and what is left', async () => {
    const { out } = await run(['budget']);
    expect(out).toMatch(/Spring +project Spring sale, person anna +each month +410 +20 +400 +500 +warn +b1/);
  });

  it('are made with the project and the workspace by name', async () => {
    const args = [
      'budget',
      'set',
      '--name',
      'New',
      '--project',
      'Spring sale',
      '--workspace',
      'agency',
      '--stop',
      '900',
    ];
    const { input, exitCode, out } = await run([...args, '--json']);
    expect(exitCode).toBe(0);
    expect(input('budget.set')).toEqual({
      name: 'New',
      projectId: 'p1',
      person: null,
      workspaceId: 'w2',
      period: 'month',
      warnCredits: null,
      stopCredits: 900,
    });
    expect(JSON.parse(out)).toMatchObject({ id: 'b2', name: 'New' });
  });

  it('of a known name are changed, and what is not said stays', async () => {
    const { input } = await run(['budget', 'set', '--name', 'Spring', '--warn', 'none', '--period', 'all']);
    expect(input('budget.set')).toEqual({
      id: 'b1',
      name: 'Spring',
      projectId: 'p1',
      person: 'anna',
      workspaceId: null,
      period: 'all',
      warnCredits: null,
      stopCredits: 500,
    });
  });

  it.each([
    ['no limit at all', ['--name', 'New']],
    ['a warning above the stop', ['--name', 'New', '--warn', '600', '--stop', '500']],
    ['a project that is not there', ['--name', 'New', '--stop', '1', '--project', 'Autumn']],
    ['a workspace that is not there', ['--name', 'New', '--stop', '1', '--workspace', 'acme']],
  ])('with %s are refused, and nothing is changed', async (_, args) => {
    const { exitCode, input, out } = await run(['budget', 'set', ...args]);
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(input('budget.set')).toBeUndefined();
  });

  it('of one name for two are told apart by id', async () => {
    const twins: FakeHandlers = { 'budget.list': () => [spring, { ...spring, id: 'b9' }] };
    const byName = await run(['budget', 'remove', 'Spring', '--yes'], twins);
    expect(byName.exitCode).toBe(2);
    expect(byName.err).toContain('b1, b9');
    expect((await run(['budget', 'remove', 'b9', '--yes'], twins)).input('budget.remove')).toEqual({ id: 'b9' });
  });

  it('are removed after a question', async () => {
    const refused = await run(['budget', 'remove', 'Spring'], {}, { interactive: true, answer: false });
    expect(refused.exitCode).toBe(130);
    expect(refused.input('budget.remove')).toBeUndefined();
    expect((await run(['budget', 'remove', 'Spring'])).exitCode).toBe(2);
    expect((await run(['budget', 'remove', 'Autumn', '--yes'])).exitCode).toBe(2);
    const agreed = await run(['budget', 'remove', 'Spring'], {}, { interactive: true, answer: true });
    expect(agreed.input('budget.remove')).toEqual({ id: 'b1' });
  });
});

describe('alerts', () => {
  const alert: Alert = {
    id: 'a1',
    kind: 'low_credits',
    level: 'warning',
    workspaceId: paid.id,
    message: 'Less than a tenth is left.',
    createdAt: 0,
    endedAt: null,
    subject: 'b1',
    dismissedAt: null,
  };

  it('are listed with their workspace and state', async () => {
    const over = { ...alert, id: 'a2', endedAt: 1 };
    const { out, input } = await run(['alerts', '--all'], { 'alert.list': () => [alert, over] });
    expect(input('alert.list')).toEqual({ all: true, limit: 200 });
    expect(out).toMatch(/warning +agency +open +Less than a tenth is left. +a1/);
    expect(out).toMatch(/over +Less/);
  });

  it('are dismissed by id', async () => {
    const { input, out } = await run(['alerts', 'dismiss', 'a1', '--json'], { 'alert.dismiss': () => ({}) });
    expect(input('alert.dismiss')).toEqual({ id: 'a1' });
    expect(JSON.parse(out)).toEqual({ id: 'a1', dismissed: true });
  });
});
