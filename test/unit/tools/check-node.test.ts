import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { nodeIsGoodEnough, tooOldSentence } from '../../../tools/check-node.mjs';

const guard = fileURLToPath(new URL('../../../tools/check-node.mjs', import.meta.url));

describe('the guard in front of every command', () => {
  it.each(['22.19.0', '22.30.1', '23.6.0', '24.0.0', '26.10.0'])('lets Node %s pass', (version) => {
    expect(nodeIsGoodEnough(version)).toBe(true);
  });

  it.each(['12.22.12', '18.20.4', '20.20.2', '21.7.3', '22.18.0', '23.5.0'])('refuses Node %s', (version) => {
    expect(nodeIsGoodEnough(version)).toBe(false);
  });

  it('says in one sentence what is wrong and what to do', () => {
    const sentence = tooOldSentence('18.20.4');
    expect(sentence).toMatch(/^Cuebooth .*18\.20\.4.*\.$/);
    expect(sentence).not.toContain('\n');
  });

  it('is written in syntax that old Nodes can parse', () => {
    // Down-levelling to ES2015 must change nothing: then there was nothing newer in it.
    const text = readFileSync(guard, 'utf8');
    const print = (target: ts.ScriptTarget): string =>
      ts.transpileModule(text, {
        fileName: 'check-node.mjs',
        compilerOptions: { target, module: ts.ModuleKind.ESNext },
      }).outputText;
    expect(print(ts.ScriptTarget.ES2015)).toBe(print(ts.ScriptTarget.ESNext));
    expect(text).not.toContain("'node:");
  });

  it('runs the command in place on a Node that is new enough', () => {
    const script = `import { onGoodNode } from ${JSON.stringify(guard)}; onGoodNode(() => { process.exitCode = 7; });`;
    const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    expect(status).toBe(7);
  });
});
