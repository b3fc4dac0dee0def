/** Files of other formats, through the engine and its real archive. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MethodOutput } from '#contract/methods/index.ts';
import { openStudio, type Studio } from '#test/builders/studio.ts';

let studio: Studio;
const blobs = new Map<string, Uint8Array>();
beforeAll(async () => {
  studio = await openStudio({ engine: { readBlob: async (id) => blobs.get(id) ?? null } });
});
afterAll(() => studio.remove());

const convert = (fileName: string, text: string): Promise<MethodOutput<'script.convert'>> =>
  studio.client.call('script.convert', { fileName, source: { kind: 'text', text } });
const convertBytes = (fileName: string, bytes: Uint8Array): Promise<MethodOutput<'script.convert'>> => {
  blobs.set(fileName, bytes);
  return studio.client.call('script.convert', { fileName, source: { kind: 'blob', blobId: fileName as never } });
};
const bodyOf = (source: string): string[] => source.split('---\n')[2]?.trim().split('\n') ?? [];

const paragraph = (text: string, style = ''): string =>
  `<w:p>${style === '' ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${text}</w:p>`;
const run = (text: string, properties = ''): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
const cell = (text: string): string => `<w:tc>${paragraph(run(text))}</w:tc>`;
let made = 0;
const docx = async (body: string, title = ''): Promise<Uint8Array> => {
  made += 1;
  const path = `exports/made-${made}.docx`;
  await studio.ports.archive.write(path, [
    { name: '[Content_Types].xml', content: '<Types/>' },
    {
      name: 'docProps/core.xml',
      content: `<cp:coreProperties xmlns:cp="a" xmlns:dc="b"><dc:title>${title}</dc:title></cp:coreProperties>`,
    },
    {
      name: 'word/document.xml',
      content: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    },
  ]);
  return new Uint8Array(readFileSync(join(studio.folder, path)));
};

describe('a plain text', () => {
  it('keeps speakers in capitals and turns names that come again into speakers', async () => {
    const { source, format, notes, lines } = await convert(
      'radio.txt',
      'Anna: Good morning.\nBen: Morning, Anna.\nBen: Sleep well?\nAnna (tired): Coffee?\nRemember: only today.\n',
    );
    expect(format).toBe('text');
    expect(lines).toBe(5);
    expect(source).toContain('cast:\n  ANNA:\n  BEN:');
    expect(bodyOf(source)).toEqual([
      'ANNA: Good morning.',
      'BEN: Morning, Anna.',
      'BEN: Sleep well?',
      'ANNA (tired): Coffee?',
      'ANNA: Remember: only today.',
    ]);
    expect(notes.join(' ')).toContain('Taken for speakers: Anna, Ben');
  });

  it('joins rows that were broken by hand, and hides what would be read as a heading', async () => {
    const { source, notes } = await convert(
      'letter.txt',
      'This is the first sentence of a paragraph that was\nbroken by hand at about fifty characters, as letters\nare.\n\n# 1 in the country.\n',
    );
    expect(bodyOf(source)).toEqual([
      'This is the first sentence of a paragraph that was broken by hand at about fifty characters, as letters are.',
      '\\# 1 in the country.',
    ]);
    expect(source).toContain('NARRATOR:');
    expect(notes.join(' ')).toContain('2 rows that had been broken by hand');
  });

  it('makes variables of placeholders and notes of sound cues', async () => {
    const { source, notes } = await convert('spot.txt', '[SFX: door]\nHOST: Come to {City Name} on <<day>>.\n');
    expect(bodyOf(source)).toEqual(['// SFX: door', 'HOST: Come to {{city_name}} on {{day}}.']);
    expect(notes.join(' ')).toContain('{{city_name}}, {{day}}');
  });

  it('is left alone where it is a script of ours already', async () => {
    const text = '---\ntitle: Ours\ncast:\n  HOST: scratch/slt\n---\nHOST: Hello {{city|"Berlin"}}.\n';
    expect(await convert('ours.txt', text)).toEqual({
      source: text,
      title: 'Ours',
      format: 'cue',
      lines: 1,
      notes: [],
    });
  });
});

describe('Markdown', () => {
  it('loses its marks and keeps headings, lists and tables', async () => {
    const { source, title } = await convert(
      'spot.md',
      '# Spring *sale*\n\n## Opening\n\n- **HOST:** Come [in](https://x.test).\n- **GUEST** (warm): _Hello._\n\n| Speaker | Line |\n|---|---|\n| HOST | Bye. |\n',
    );
    expect(title).toBe('Spring sale');
    expect(bodyOf(source).filter(Boolean)).toEqual([
      '# Opening',
      'HOST: Come in.',
      'GUEST (warm): Hello.',
      'HOST: Bye.',
    ]);
  });
});

describe('a table', () => {
  it('is read by its header, with directions, and pauses from its times', async () => {
    const { source, notes } = await convert(
      'lines.csv',
      'Start;End;Sprecher;Regie;Text;Datei\n0:00;0:02;Anna;warm;"Hallo; alle.";a.wav\n0:03;0:04;Ben;;Guten Tag.;b.wav\n',
    );
    expect(bodyOf(source)).toEqual(['ANNA (warm): Hallo; alle. [pause 1000ms]', 'BEN: Guten Tag.']);
    expect(notes.join(' ')).toContain('left out: Datei');
  });

  it('without a header is guessed, and says so', async () => {
    const { source, notes } = await convert(
      'lines.csv',
      'HOST,Welcome to the show.\nGUEST,Thank you for having me.\nHOST,Tell us more.\n',
    );
    expect(bodyOf(source)).toEqual([
      'HOST: Welcome to the show.',
      'GUEST: Thank you for having me.',
      'HOST: Tell us more.',
    ]);
    expect(notes.join(' ')).toContain('No header was found');
  });
});

describe('subtitles', () => {
  it('become lines with the silence between them, sentences whole again', async () => {
    const { source, format } = await convert(
      'film.srt',
      '1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>We never</i>\r\n\r\n2\r\n00:00:02,100 --> 00:00:03,000\r\nmeant to stay. [door]\r\n\r\n3\r\n00:00:04,500 --> 00:00:05,000\r\nMARY: Then go.\r\n',
    );
    expect(format).toBe('srt');
    expect(bodyOf(source)).toEqual(['We never meant to stay. [pause 1500ms]', 'MARY: Then go.']);
  });

  it('of the web name their voices', async () => {
    const { source } = await convert(
      'film.vtt',
      'WEBVTT\n\nNOTE a remark\n\n00:01.000 --> 00:02.000\n<v Roger Bingham>We are in New York\n\n00:02.000 --> 00:03.000\n<v Neil>Are we?\n',
    );
    expect(bodyOf(source)).toEqual(['ROGER BINGHAM: We are in New York', 'NEIL: Are we?']);
  });
});

describe('a screenplay', () => {
  it('keeps what is said with its manner, and the rest as headings and notes', async () => {
    const { source, title } = await convert(
      'film.fountain',
      'Title: _**The Door**_\nAuthor: A\n\nINT. HOUSE - DAY\n\nMary waits. /* cut\nthis */\n\nMARY (V.O.)\n(softly)\nWho is *there*?\n(louder)\nAnswer me.\n\n@McAvoy\nOnly me.\n\nCUT TO:\n',
    );
    expect(title).toBe('The Door');
    expect(bodyOf(source).filter(Boolean)).toEqual([
      '# INT. HOUSE - DAY',
      '// Mary waits.',
      'MARY (softly): Who is there?',
      'MARY (louder): Answer me.',
      'MCAVOY: Only me.',
      '// CUT TO:',
    ]);
  });
});

describe('a Word file', () => {
  it('gives its paragraphs, headings and tables, without what is deleted or hidden', async () => {
    const bytes = await docx(
      paragraph(run('Opening'), 'Heading1') +
        paragraph(
          `${run('host', '<w:caps/>')}${run(': Come to ')}${run('«City»')}${run('secret', '<w:vanish/>')}.`.replace(
            '.',
            run('.'),
          ),
        ) +
        paragraph(
          `${run('HOST: We open ')}<w:del><w:r><w:delText>late</w:delText></w:r></w:del><w:ins>${run('early')}</w:ins>${run('.')}`,
        ) +
        `<w:tbl><w:tr>${cell('Speaker')}${cell('Text')}</w:tr><w:tr>${cell('GUEST')}${cell('At &lt; nine?')}</w:tr></w:tbl>`,
      'Open day',
    );
    const { source, title, format, notes } = await convertBytes('open.docx', bytes);
    expect({ title, format }).toEqual({ title: 'Open day', format: 'docx' });
    expect(bodyOf(source).filter(Boolean)).toEqual([
      '# Opening',
      'HOST: Come to {{city}}.',
      'HOST: We open early.',
      'GUEST: At < nine?',
    ]);
    expect(notes.join(' ')).toContain('1 deletion');
  });

  it('that is damaged, old or something else is refused with what to do', async () => {
    await expect(convertBytes('bad.docx', await docx('<w:p>'))).rejects.toThrow(/damaged/);
    await expect(convertBytes('old.doc', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0]))).rejects.toThrow(
      /Save it as .docx/,
    );
    await expect(convertBytes('a.pdf', new TextEncoder().encode('%PDF-1.7'))).rejects.toThrow(/PDF/);
    await expect(convert('a.docx', 'plain')).rejects.toThrow(/not a Word document/);
    await expect(convert('empty.txt', '\n \n')).rejects.toThrow(/no line that could be spoken/);
  });
});

it('what is made of a file is a script without errors, whatever the file holds', async () => {
  for (const text of [
    '--- \nHOST: a',
    'a: b: c:',
    '{{x',
    '(x) HOST {: y',
    'TITLE: "x\nTITLE: y',
    '\\NOTE: x',
    '/// x\nHOST: y',
  ]) {
    const { source } = await convert('odd.txt', text);
    const project = await studio.client.call('project.ensure', { name: 'Odd' });
    const { lines } = await studio.client.call('script.save', {
      projectId: project.id,
      path: 'odd',
      source: { kind: 'text', text: source },
    });
    expect(lines.length, source).toBeGreaterThan(0);
  }
});
