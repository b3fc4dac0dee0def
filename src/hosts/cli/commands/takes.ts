/** `cuebooth takes`: what the library owns. */
import type { Take } from '#contract/entities.ts';
import { say, withSession, type Command } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { moment, seconds } from '../output/words.ts';
import { findScript } from '../render/find-script.ts';

export interface TakesOptions {
  readonly search?: string;
  readonly script?: string;
  readonly variant?: string;
  readonly suspect?: boolean;
  readonly limit: number;
  readonly json?: boolean;
}

const pageSize = 1000;

export const listTakes: Command<TakesOptions> = (context, options) =>
  withSession(context, 'read', async (session) => {
    const { terminal } = context;
    const filter = {
      ...(options.script === undefined ? {} : { scriptId: await findScript(session, options.script) }),
      ...(options.variant === undefined ? {} : { variant: options.variant }),
      ...(options.search === undefined ? {} : { search: options.search }),
      suspectOnly: options.suspect ?? false,
    };
    const takes: Take[] = [];
    let cursor: string | null = null;
    do {
      const page: { readonly takes: readonly Take[]; readonly cursor: string | null } = await session.client.call(
        'take.list',
        {
          ...filter,
          ...(cursor === null ? {} : { after: cursor }),
          limit: Math.min(pageSize, options.limit - takes.length),
        },
      );
      takes.push(...page.takes);
      cursor = page.takes.length === 0 ? null : page.cursor;
    } while (cursor !== null && takes.length < options.limit);

    if (options.json === true) {
      writeJson(terminal.out, takes);
      return exitCodes.done;
    }
    if (takes.length === 0) say(terminal, 'No take was found.');
    terminal.out.write(
      formatTable(
        takes,
        [
          { title: 'TAKE', value: (take) => take.id },
          { title: 'MADE', value: (take) => moment(take.createdAt) },
          { title: 'VOICE', value: (take) => take.voiceName ?? take.voice },
          { title: 'NO', value: (take) => `${take.takeNo}${take.selected ? '*' : ''}`, align: 'right' },
          { title: 'LENGTH', value: (take) => seconds(take.durationMs / 1000), align: 'right' },
          { title: 'LUFS', value: (take) => take.loudnessLufs?.toFixed(1) ?? '', align: 'right' },
          { title: 'TEXT', value: (take) => take.text, flexible: true },
          { title: 'NOTE', value: (take) => take.suspect ?? '', flexible: true },
        ],
        terminal.out,
      ),
    );
    if (cursor !== null) say(terminal, `There are more; --limit shows more than ${options.limit}.`);
    return exitCodes.done;
  });
