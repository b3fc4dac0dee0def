/** `cuebooth library`: what the library takes up, the library as one file, and back. */
import { constants, copyFile, link, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AppError } from '#contract/errors.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { say, withSession, type Command, type CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { createPaint } from '../output/paint.ts';
import { bytes, count, counted, moment } from '../output/words.ts';

type Storage = MethodOutput<'library.storage'>;

export const formatStorage = (found: Storage, bold: (text: string) => string): string => {
  const { unreferenced, media, previews, exports, backups, putAside, freeBytes } = found;
  const newest = backups[0];
  const lines = [
    bold(found.path),
    `database   ${bytes(found.databaseBytes)}`,
    `audio      ${bytes(media.bytes)} in ${counted(media.files, 'file')}`,
    ...(unreferenced.files === 0
      ? []
      : [
          `           ${counted(unreferenced.files, 'file')} of it (${bytes(unreferenced.bytes)}) that no take names; ${count(unreferenced.removable)} cost nothing and can go (${bytes(unreferenced.removableBytes)})`,
        ]),
    `previews   ${bytes(previews.bytes)} in ${counted(previews.files, 'file')}`,
    `exports    ${bytes(exports.bytes)} in ${counted(exports.files, 'file')}`,
    `backups    ${counted(backups.length, 'backup')}${newest === undefined ? '' : `, the newest of ${moment(newest.createdAt)}`}`,
    ...putAside.map(({ path, createdAt }) => `put aside  ${path}, of ${moment(createdAt)}`),
    ...(freeBytes === null ? [] : [`disk       ${bytes(freeBytes)} free`]),
  ];
  return `${lines.join('\n')}\n`;
};

export const storage: Command<{ readonly json?: boolean }> = (context, options) =>
  withSession(context, 'read', async ({ client }) => {
    const { out } = context.terminal;
    const found = await client.call('library.storage', {});
    if (options.json === true) writeJson(out, found);
    else out.write(formatStorage(found, createPaint(out).bold));
    return exitCodes.done;
  });

const agree = async ({ terminal }: CommandContext, question: string, yes: boolean | undefined): Promise<void> => {
  if (yes === true) return;
  if (!terminal.interactive)
    throw new AppError('invalid_input', 'Nobody can be asked here. Nothing was changed; agree with --yes.');
  if (!(await terminal.confirm(question))) throw new AppError('cancelled', 'Nothing was changed.');
};

export interface CleanOptions {
  readonly previews?: boolean;
  readonly exports?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}
export const clean: Command<CleanOptions> = (context, options) =>
  withSession(context, 'edit', async ({ client }) => {
    const { terminal } = context;
    const { unreferenced, previews, exports } = await client.call('library.storage', {});
    const parts = [
      { what: 'unreferenced', files: unreferenced.removable, size: unreferenced.removableBytes },
      ...(options.previews === true
        ? [{ what: 'previews', files: previews.files, size: previews.bytes } as const]
        : []),
      ...(options.exports === true ? [{ what: 'exports', files: exports.files, size: exports.bytes } as const] : []),
    ] as const;
    const files = parts.reduce((sum, part) => sum + part.files, 0);
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    if (files > 0)
      await agree(context, `Remove ${counted(files, 'file')} (${bytes(size)}) that cost nothing?`, options.yes);
    const removed =
      files === 0
        ? { files: 0, bytes: 0 }
        : await client.call('library.cleanUp', { what: parts.map(({ what }) => what) });
    if (options.json === true) writeJson(terminal.out, removed);
    else
      terminal.out.write(
        removed.files === 0
          ? 'There is nothing that could go.\n'
          : `Removed ${counted(removed.files, 'file')}, ${bytes(removed.bytes)}. Audio that was paid for is all there.\n`,
      );
    return exitCodes.done;
  });

export interface FileOptions {
  readonly file: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

export const exportFile: Command<FileOptions> = (context, options) => {
  const target = resolve(context.folder, options.file);
  return withSession(context, 'edit', async ({ client, mediaPath }) => {
    const { terminal } = context;
    if (await isThere(target))
      throw new AppError('conflict', `${target} is there already. Nothing was written; choose another name.`);
    const made = await client.call('library.export', {});
    const file = await mediaPath(made.exportId);
    if (file === null) throw new AppError('internal', 'The exported file is gone before it could be handed over.');
    // A second name costs nothing; another disk needs a copy.
    await link(file.path, target).catch(() => copyFile(file.path, target, constants.COPYFILE_EXCL));
    await rm(file.path, { force: true });
    if (options.json === true) writeJson(terminal.out, { file: target, bytes: made.bytes });
    else terminal.out.write(`${target} (${bytes(made.bytes)})\n`);
    return exitCodes.done;
  });
};

export const restore: Command<FileOptions> = async (context, options) => {
  const { terminal } = context;
  const file = resolve(context.folder, options.file);
  if (!(await isThere(file))) throw new AppError('not_found', `There is no file ${file}. Nothing was changed.`);
  await agree(
    context,
    `Put ${basename(file)} in the place of this library? The library that is here is put aside whole, with all its audio.`,
    options.yes,
  );
  const restored = await withSession(context, 'edit', ({ client, lendFile }) =>
    client.call('library.restore', { blobId: lendFile(file) }),
  );
  if (options.json === true) writeJson(terminal.out, restored);
  else
    terminal.out.write(
      `${counted(restored.scripts, 'script')} and ${counted(restored.takes, 'take')} are in the library now.\n`,
    );
  say(terminal, `The library that was here lies whole in ${join(restored.putAside)}.`);
  if (restored.paused > 0)
    say(
      terminal,
      `${counted(restored.paused, 'order')} that ${restored.paused === 1 ? 'was' : 'were'} open in the file ${restored.paused === 1 ? 'is' : 'are'} paused, so that nothing is paid for twice: cuebooth queue`,
    );
  return exitCodes.done;
};
