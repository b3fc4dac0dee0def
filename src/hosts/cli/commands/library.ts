/** `cuebooth doctor` and `cuebooth backup`: the health of the library. */
import { AppError } from '#contract/errors.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { say, withSession, type Command, type CommandContext } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { createPaint } from '../output/paint.ts';
import { bytes, count, counted, moment } from '../output/words.ts';
import { printable } from '../output/width.ts';
import type { Sink } from '../terminal.ts';

type Report = MethodOutput<'library.doctor'>;
const shown = 20;

const few = (entries: readonly string[]): string[] => [
  ...entries.slice(0, shown).map((entry) => `    ${entry}`),
  ...(entries.length > shown ? [`    and ${count(entries.length - shown)} more`] : []),
];

const isHealthy = (report: Report): boolean => report.databaseOk && report.missing.length === 0;

export const formatReport = (path: string, report: Report, sink: Pick<Sink, 'color'>): string => {
  const paint = createPaint(sink);
  const mark = (good: boolean): string => (good ? paint.good('✓') : paint.bad('✗'));
  const newest = report.backups.reduce((latest, backup) => Math.max(latest, backup.createdAt), 0);
  const adoptable = report.unreferenced.filter((file) => file.adoptable).length;
  const lines = [
    paint.bold(path),
    `${mark(report.databaseOk)} database: ${report.databaseMessage}`,
    `${mark(report.missing.length === 0)} ${counted(report.takes, 'take')}, ${counted(report.mediaFiles, 'audio file')}, ${bytes(report.mediaBytes)}; ${report.missing.length === 0 ? 'all there' : `${count(report.missing.length)} missing`}`,
    ...few(report.missing.map((take) => `${take.paid ? 'paid' : 'free'}  ${take.sha256.slice(0, 12)}  ${take.text}`)),
    ...(report.unreferenced.length === 0
      ? []
      : [
          `${paint.warn('!')} ${counted(report.unreferenced.length, 'audio file')} that no take names, ${count(adoptable)} can be adopted; none is ever deleted`,
          ...few(report.unreferenced.map((file) => `${file.file}  ${bytes(file.bytes)}`)),
        ]),
    ...(report.incoming.length === 0
      ? []
      : [
          `${paint.warn('!')} ${counted(report.incoming.length, 'body', 'bodies')} of calls that are not settled yet; the next start takes them up`,
        ]),
    `${mark(report.backups.length > 0)} ${counted(report.backups.length, 'backup')}${newest === 0 ? '' : `, the newest of ${moment(newest)}`}`,
    ...report.repaired.map((done) => `${paint.good('✓')} ${done}`),
  ];
  return `${lines.join('\n')}\n`;
};

export interface DoctorOptions {
  readonly repair?: boolean;
  /** A backup's file, named in full: `--yes` does not consent to this. */
  readonly restore?: string;
  readonly json?: boolean;
}

const restore = async (context: CommandContext, file: string): Promise<void> => {
  const { keptAside } = await context.restoreBackup(file);
  say(
    context.terminal,
    `${file} is the library's database now.${keptAside === null ? '' : ` The one before is kept as ${keptAside}.`}`,
  );
};

const examine = (context: CommandContext, repair: boolean, json: boolean): Promise<ExitCode> =>
  withSession(context, repair ? 'edit' : 'read', async ({ client, libraryPath }) => {
    const { terminal } = context;
    if (repair) await client.call('library.backup', {});
    const report = await client.call('library.doctor', { repair });
    if (json) writeJson(terminal.out, report);
    else terminal.out.write(formatReport(libraryPath, report, terminal.out));
    const mendable = !isHealthy(report) || report.unreferenced.some((file) => file.adoptable);
    if (!repair && mendable)
      say(terminal, '`cuebooth doctor --repair` mends what can be mended; it makes a backup first.');
    return isHealthy(report) ? exitCodes.done : exitCodes.library;
  });

export const doctor: Command<DoctorOptions> = async (context, options) => {
  const { terminal } = context;
  const repair = options.repair === true || options.restore !== undefined;
  if (options.restore !== undefined) await restore(context, options.restore);
  try {
    return await examine(context, repair, options.json === true);
  } catch (error) {
    if (!(error instanceof AppError) || error.action?.type !== 'restore-backup') throw error;
    const file = error.action.path;
    if (!repair || !terminal.interactive) {
      say(terminal, `To go back to that backup: cuebooth doctor --restore ${JSON.stringify(file)}`);
      throw error;
    }
    say(terminal, printable(error.message));
    if (!(await terminal.confirm('Restore this backup now?'))) {
      say(terminal, 'Nothing was changed.');
      return exitCodes.library;
    }
    await restore(context, file);
    return examine(context, true, options.json === true);
  }
};

export const backup: Command<{ readonly json?: boolean }> = (context, options) =>
  withSession(context, 'edit', async ({ client }) => {
    const made = await client.call('library.backup', {});
    if (options.json === true) writeJson(context.terminal.out, made);
    else context.terminal.out.write(`${made.file} (${bytes(made.bytes)})\n`);
    return exitCodes.done;
  });
