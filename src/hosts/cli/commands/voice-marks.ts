/** `cuebooth voices mark`, `similar` and `impact`: what people note about a voice, and what to do when one goes. */
import type { WorkspaceId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { findWorkspace, say, withSession, type Command } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { oneLine } from '../output/width.ts';
import type { Session } from '../session.ts';
import { noticeWords } from './voices.ts';

/**
 * `workspace/voice` as a cast writes it; the voice by id, else by its alias or name. An id that no list has is handed on:
 * the engine knows voices that are gone.
 */
const findVoice = async (
  session: Session,
  reference: string,
): Promise<{ readonly workspaceId: WorkspaceId; readonly voiceId: string }> => {
  const at = reference.indexOf('/');
  const wanted = reference.slice(at + 1);
  if (at < 1 || wanted === '')
    throw new AppError('invalid_input', `Write a voice as workspace/voice, not ${JSON.stringify(reference)}.`);
  const { id: workspaceId } = await findWorkspace(session, reference.slice(0, at));
  const { voices } = await session.client.call('voice.list', { workspaceId, refresh: false });
  const same = (name: string | null): boolean => name !== null && name.toLowerCase() === wanted.toLowerCase();
  const found =
    voices.find(({ voiceId }) => voiceId === wanted) ??
    voices.find(({ alias }) => same(alias)) ??
    voices.find(({ name }) => same(name));
  return { workspaceId, voiceId: found?.voiceId ?? wanted };
};

export interface MarkOptions {
  readonly voice: string;
  readonly favourite?: boolean;
  readonly alias?: string;
  readonly json?: boolean;
}
export const markVoice: Command<MarkOptions> = (context, options) => {
  if (options.favourite === undefined && options.alias === undefined)
    throw new AppError('invalid_input', 'Say --favourite, --no-favourite or --alias. Nothing was changed.');
  return withSession(context, 'edit', async (session) => {
    const voice = await session.client.call('voice.mark', {
      ...(await findVoice(session, options.voice)),
      ...(options.favourite === undefined ? {} : { favourite: options.favourite }),
      ...(options.alias === undefined ? {} : { alias: options.alias }),
    });
    const said = [
      voice.favourite ? 'a favourite' : 'no favourite',
      ...(voice.alias === null ? [] : [`called ${voice.alias}`]),
    ];
    if (options.json === true) writeJson(context.terminal.out, voice);
    else context.terminal.out.write(`${oneLine(voice.reference)} is ${oneLine(said.join(' and '))}.\n`);
    return exitCodes.done;
  });
};

export const similarVoices: Command<{ readonly voice: string; readonly limit: number; readonly json?: boolean }> = (
  context,
  options,
) =>
  withSession(context, 'read', async (session) => {
    const { terminal } = context;
    const found = await session.client.call('voice.similar', {
      ...(await findVoice(session, options.voice)),
      limit: options.limit,
    });
    if (options.json === true) writeJson(terminal.out, found);
    else {
      if (found.length === 0) say(terminal, 'No voice here is like it.');
      terminal.out.write(
        formatTable(
          found,
          [
            { title: 'VOICE', value: ({ voice }) => voice.reference },
            { title: 'NAME', value: ({ voice }) => voice.name, flexible: true },
            { title: 'WHY', value: ({ reasons }) => reasons.join(', '), flexible: true },
          ],
          terminal.out,
        ),
      );
    }
    return exitCodes.done;
  });

export const voiceImpact: Command<{ readonly json?: boolean }> = (context, options) =>
  withSession(context, 'read', async ({ client }) => {
    const { terminal } = context;
    const impacts = await client.call('voice.impact', {});
    if (options.json === true) {
      writeJson(terminal.out, impacts);
      return exitCodes.done;
    }
    if (impacts.length === 0) say(terminal, 'No script uses a voice that is gone or will go.');
    terminal.out.write(
      formatTable(
        impacts.flatMap(({ voice, scripts }) => scripts.map((script) => ({ voice, script }))),
        [
          { title: 'VOICE', value: ({ voice }) => voice.reference },
          { title: 'NAME', value: ({ voice }) => voice.name, flexible: true },
          { title: 'NOTICE', value: ({ voice }) => noticeWords(voice) },
          { title: 'SCRIPT', value: ({ script }) => script.title, flexible: true },
          { title: 'CHARACTERS', value: ({ script }) => script.characters.join(', '), flexible: true },
        ],
        terminal.out,
      ),
    );
    if (impacts.length > 0) say(terminal, '`cuebooth voices similar WORKSPACE/VOICE` names the nearest replacements.');
    return exitCodes.done;
  });
