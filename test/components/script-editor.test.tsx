/** The editor in a real browser: what it offers while one types, what it shows beside the text, what it mends. */
import { afterEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import '#renderer/screens/scripts/script-editor.module.css';
import { createEditor, type Editor, type EditorOptions } from '#renderer/screens/scripts/editor-view.ts';

let editor: Editor | undefined;
afterEach(() => {
  editor?.dom.parentElement?.remove();
  editor?.destroy();
});

const head = '---\ncast:\n  HOST: scratch/slt\n---\n';
const open = (text: string, more: Partial<EditorOptions> = {}): Editor => {
  editor = createEditor({
    text,
    names: () => ({
      variables: [
        { name: 'city', note: 'Berlin' },
        { name: 'country', note: '' },
      ],
      characters: [{ name: 'HOST', note: 'scratch/slt' }],
      directions: ['warm'],
      voices: [
        { reference: 'eleven/5jVr5', name: 'Paper Lantern', note: 'en' },
        { reference: 'scratch/slt', name: 'slt', note: 'en' },
      ],
    }),
    onEdit: () => undefined,
    onCursor: () => undefined,
    onPlay: () => undefined,
    onOpen: () => undefined,
    ...more,
  });
  const place = document.createElement('div');
  place.style.cssText = 'height:300px;width:800px';
  place.append(editor.dom);
  document.body.append(place);
  return editor;
};
const at = (made: Editor, line: number, column = 1000): void => made.goTo(line, column);
const offered = (): string[] =>
  [...document.querySelectorAll('.cm-tooltip-autocomplete li .cm-completionLabel')].map(
    ({ textContent }) => textContent ?? '',
  );
/** By the pointer: keys are taken only a moment after the list appeared, so that none is taken by accident. */
const takeFirst = (): void => {
  const first = document.querySelector('.cm-tooltip-autocomplete li');
  first?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
};

describe('completion', () => {
  it('offers variables behind two braces and closes them once', async () => {
    const made = open(`${head}HOST: In }}.`);
    at(made, 5, 10);
    await userEvent.keyboard('{{{{ci');
    await expect.poll(offered).toEqual(['city']);
    takeFirst();
    expect(made.text()).toBe(`${head}HOST: In {{city}}.`);
  });

  it('offers voices in the cast by their names, and writes their ids', async () => {
    const made = open('---\ncast:\n  HOST:\n---\n');
    at(made, 3);
    await userEvent.keyboard(' lant');
    await expect.poll(offered).toEqual(['eleven/Paper Lantern']);
    takeFirst();
    expect(made.text()).toBe('---\ncast:\n  HOST: eleven/5jVr5\n---\n');
  });

  it('offers characters at the start of a row, manners in brackets, and pauses', async () => {
    const made = open(`${head}\n`);
    at(made, 5);
    await userEvent.keyboard('HO');
    await expect.poll(offered).toEqual(['HOST']);
    await userEvent.keyboard('{Escape}ST (');
    await expect.poll(offered).toEqual(['warm']);
    await userEvent.keyboard('{Escape}x): [[');
    await expect.poll(offered).toContain('pause 300ms');
  });
});

describe('the column beside the text', () => {
  it('shows each line its length and price, moves with the rows, and plays at a press', async () => {
    const played: number[] = [];
    const made = open('HOST: One.\nHOST: Two.\n', { onPlay: (row) => played.push(row) });
    const cell = { state: 'owned', isActual: true, price: '12 cr', title: '', canPlay: true, isMaking: false };
    made.showLines([
      { row: 1, key: '1', cell: () => ({ ...cell, length: '1.0 s' }) },
      { row: 2, key: '2', cell: () => ({ ...cell, length: '2.0 s' }) },
    ]);
    const lengths = (): (string | null)[] =>
      [...document.querySelectorAll('.cue-length')].map(({ textContent }) => textContent);
    expect(lengths()).toEqual(['1.0 s', '2.0 s']);
    at(made, 1);
    await userEvent.keyboard('{Enter}More.');
    expect(lengths()).toEqual(['1.0 s', '2.0 s']);
    document.querySelectorAll('.cue-play')[1]?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
    expect(played).toEqual([3]);
  });
});

describe('values of a variant', () => {
  it('stand in for variables, and give way to the cursor', async () => {
    const made = open('HOST: In {{city}} on {{day|"Monday"}}.\nHOST: Bye.');
    made.showValues({ city: 'Leeds', day: null });
    const values = (): (string | null)[] =>
      [...document.querySelectorAll('.cue-value')].map(({ textContent }) => textContent);
    expect(values()).toEqual(['Leeds', 'Monday']);
    at(made, 1, 12);
    await expect.poll(values).toEqual(['Monday']);
    made.showValues(null);
    expect(values()).toEqual([]);
    expect(made.text()).toContain('{{city}}');
  });
});

describe('problems', () => {
  it('are mended by a key, where the text has moved on since', async () => {
    const made = open('HOST: One.\nHOST: {{x');
    const problem = {
      severity: 'error',
      code: 'variable_unclosed',
      message: 'Not closed.',
      line: 2,
      column: 7,
      endColumn: 9,
    } as const;
    made.showProblems([
      { problem, fixes: [{ label: 'Close it', change: { from: 20, to: 20, insert: '}}', cursor: 22 } }] },
    ]);
    at(made, 1);
    await userEvent.keyboard(' Two.');
    at(made, 2);
    await userEvent.keyboard('{Control>}.{/Control}');
    expect(made.text()).toBe('HOST: One. Two.\nHOST: {{x}}');
  });
});

describe('text from right to left', () => {
  it('goes by what is said in a row, not by the Latin name before it', () => {
    open('HOST: שלום {{city}}\nHOST: Hello שלום\nשלום');
    expect([...document.querySelectorAll('.cm-line')].map((row) => row.getAttribute('dir'))).toEqual([
      'rtl',
      null,
      'rtl',
    ]);
  });
});

it('a text changed from outside keeps the cursor, and another script has a history of its own', async () => {
  const made = open('HOST: One.\nHOST: Two.');
  at(made, 2);
  made.replace('HOST: Changed.\nHOST: Two.', 'update');
  await userEvent.keyboard('!');
  expect(made.text()).toBe('HOST: Changed.\nHOST: Two.!');
  made.replace('GUEST: Other.', 'open');
  at(made, 1);
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(made.text()).toBe('GUEST: Other.');
});
