import type { LineId } from '#contract/entities.ts';
import { getScript, listLines, listScripts, removeScript } from '../database/scripts.ts';
import type { EngineContext } from './context.ts';
import type { Handlers } from '../router.ts';
import { decodeText } from '../scripts/decode-text.ts';
import { assignLineIds } from '../scripts/line-ids.ts';
import { parseScript } from '../scripts/parse-script.ts';
import { toScriptLines } from '../scripts/parsed-script.ts';
import { setCast } from '../scripts/set-cast.ts';
import { requireProject, requireScript } from './lookups.ts';
import { readSource } from './read-source.ts';
import { createScriptDesk, titleOf } from './save-script.ts';

export const scriptHandlers = (
  context: EngineContext,
): Pick<
  Handlers,
  'script.list' | 'script.get' | 'script.check' | 'script.save' | 'script.setCast' | 'script.remove'
> => {
  const { database, ids, clock } = context.ports;
  const { show, save } = createScriptDesk(context);
  return {
    'script.list': ({ projectId }) => listScripts(database, projectId ?? null),
    'script.get': ({ scriptId }) => show(requireScript(database, scriptId)),
    'script.check': ({ source, scriptId }) => {
      const parsed = parseScript(source);
      const previous = scriptId === undefined ? [] : listLines(database, scriptId);
      const lineIds = assignLineIds(previous, parsed.lines, () => ids.next() as LineId);
      return {
        title: titleOf(parsed, scriptId === undefined ? '' : (getScript(database, scriptId)?.path ?? '')),
        slotSeconds: parsed.slotSeconds,
        language: parsed.language,
        cast: [...parsed.cast],
        lines: toScriptLines(parsed.lines, lineIds),
        variables: [...parsed.variables],
        problems: [...parsed.problems],
      };
    },
    'script.save': async ({ projectId, path, source }) => {
      requireProject(database, projectId);
      const bytes = await readSource(context, source);
      return save(projectId, path, typeof bytes === 'string' ? bytes : decodeText(bytes).text);
    },
    'script.setCast': ({ scriptId, cast }) => {
      const row = requireScript(database, scriptId);
      return save(row.projectId, row.path, setCast(row.source, cast));
    },
    'script.remove': ({ scriptId }) => {
      const row = requireScript(database, scriptId);
      database.transaction(() => removeScript(database, row.id, clock.now()));
      context.publish('script.changed', { scriptId: row.id, projectId: row.projectId, revision: row.revision });
      return {};
    },
  };
};
