/** `cuebooth voices`: what can be written into a cast. */
import { findWorkspace, say, withSession, type Command } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';

export interface VoicesOptions {
  readonly workspace?: string;
  readonly search?: string;
  readonly json?: boolean;
}
export const listVoices: Command<VoicesOptions> = (context, options) =>
  withSession(context, 'read', async (session) => {
    const { terminal } = context;
    const workspaceId =
      options.workspace === undefined ? undefined : (await findWorkspace(session, options.workspace)).id;
    const { voices, unavailable } = await session.client.call('voice.list', {
      ...(workspaceId === undefined ? {} : { workspaceId }),
      ...(options.search === undefined ? {} : { search: options.search }),
    });
    for (const entry of unavailable) say(terminal, entry.message);
    if (options.json === true) writeJson(terminal.out, voices);
    else if (voices.length === 0) say(terminal, 'No voice was found.');
    else {
      terminal.out.write(
        formatTable(
          voices,
          [
            { title: 'VOICE', value: (voice) => voice.reference },
            { title: 'NAME', value: (voice) => voice.name, flexible: true },
            { title: 'LANGUAGE', value: (voice) => voice.language ?? '' },
            { title: 'GENDER', value: (voice) => voice.gender ?? '' },
            { title: 'COST', value: (voice) => (voice.free ? 'free' : 'credits') },
            { title: 'DESCRIPTION', value: (voice) => voice.description ?? '', flexible: true },
          ],
          terminal.out,
        ),
      );
    }
    return exitCodes.done;
  });
