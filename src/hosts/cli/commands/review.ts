/** `cuebooth review`: what a client hears, and what comes back. */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '#contract/errors.ts';
import { exportPath } from '#engine/exports.ts';
import { say, withSession, type Command } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { counted } from '../output/words.ts';
import { readTextFile } from '../read-text.ts';
import { findScript } from '../render/find-script.ts';

export interface PackageOptions {
  readonly script: string;
  readonly out?: string;
  readonly only?: readonly string[];
  readonly title?: string;
  readonly note?: string;
  readonly openOnly?: boolean;
  readonly json?: boolean;
}

/** The zip leaves the library's exports: it is the caller's from then on. */
const takeAway = async (from: string, to: string): Promise<void> => {
  try {
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, to);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError(
      'invalid_input',
      `The package could not be written to ${to}: ${reason}. It is kept at ${from}; copy it from there, or name another --out.`,
      { cause: error },
    );
  }
  await rm(from, { force: true });
};

export const packReview: Command<PackageOptions> = (context, options) =>
  withSession(context, 'edit', async (session) => {
    const { terminal } = context;
    const scriptId = await findScript(session, options.script);
    const made = await session.client.call('review.package', {
      scriptId,
      openOnly: options.openOnly ?? false,
      ...(options.only === undefined ? {} : { variants: [...options.only] }),
      ...(options.title === undefined ? {} : { title: options.title }),
      ...(options.note === undefined ? {} : { note: options.note }),
    });
    const file = resolve(context.folder, options.out ?? made.fileName);
    await takeAway(join(session.libraryPath, exportPath(made.exportId)), file);
    const { takes, variants, bytes } = made;
    if (options.json === true) writeJson(terminal.out, { file, takes, variants, bytes });
    else {
      terminal.out.write(`${file}: ${counted(takes, 'take')} of ${counted(variants, 'variant')}.\n`);
      say(
        terminal,
        'The client unpacks it, opens index.html, and sends back the answers file. `cuebooth review read` takes it in.',
      );
    }
    return exitCodes.done;
  });

export const readReview: Command<{ readonly file: string; readonly json?: boolean }> = (context, options) =>
  withSession(context, 'edit', async ({ client }) => {
    const { terminal } = context;
    const text = await readTextFile(context, options.file);
    const read = await client.call('review.readBack', { source: { kind: 'text', text } });
    if (options.json === true) {
      writeJson(terminal.out, read);
      return exitCodes.done;
    }
    terminal.out.write(
      `${basename(options.file)}, answers of ${JSON.stringify(read.person)}: ${read.approved} approved, ${read.rejected} rejected, ${counted(read.comments, 'comment')}.\n`,
    );
    if (read.repeated > 0) say(terminal, `${counted(read.repeated, 'answer')} had been read before.`);
    if (read.unknown > 0)
      say(terminal, `${counted(read.unknown, 'answer')} about takes that are not in this library were left out.`);
    return exitCodes.done;
  });
