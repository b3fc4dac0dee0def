import type { LineId, Script, ScriptId } from '#contract/entities.ts';
import {
  getScript,
  getScriptByPath,
  listLines,
  listScripts,
  removeScript,
  saveLines,
  saveScript,
  type ScriptRow,
} from '../database/scripts.ts';
import type { EngineContext } from './context.ts';
import type { Handlers } from '../router.ts';
import { decodeText } from '../scripts/decode-text.ts';
import { assignLineIds } from '../scripts/line-ids.ts';
import { parseScript } from '../scripts/parse-script.ts';
import { type ParsedScript, toScriptLines } from '../scripts/parsed-script.ts';
import { setCast } from '../scripts/set-cast.ts';
import { requireProject, requireScript } from './lookups.ts';
import { readSource } from './read-source.ts';

/** A script without a title is called after its file. */
const titleOf = (parsed: ParsedScript, path: string): string =>
  parsed.title ?? (path.split(/[\\/]/).at(-1) ?? path).replace(/(?:\.cue)?\.[^.]+$/i, '');

export const scriptHandlers = (
  context: EngineContext,
): Pick<
  Handlers,
  'script.list' | 'script.get' | 'script.check' | 'script.save' | 'script.setCast' | 'script.remove'
> => {
  const { database, ids, clock } = context.ports;

  const show = (row: ScriptRow): Script => {
    const parsed = parseScript(row.source);
    const lineIds = listLines(database, row.id).map(({ id }) => id);
    return {
      id: row.id,
      projectId: row.projectId,
      path: row.path,
      title: row.title,
      revision: row.revision,
      source: row.source,
      slotSeconds: parsed.slotSeconds,
      language: parsed.language,
      cast: [...parsed.cast],
      lines: toScriptLines(parsed.lines, lineIds),
      variables: [...parsed.variables],
      problems: [...parsed.problems],
      updatedAt: row.updatedAt,
    };
  };
  const save = (projectId: ScriptRow['projectId'], path: string, source: string): Script => {
    const known = getScriptByPath(database, projectId, path);
    if (known !== null && known.source === source) return show(known);
    const parsed = parseScript(source);
    const id = known?.id ?? (ids.next() as ScriptId);
    const lineIds = assignLineIds(
      known === null ? [] : listLines(database, id),
      parsed.lines,
      () => ids.next() as LineId,
    );
    const row: ScriptRow = {
      id,
      projectId,
      path,
      title: titleOf(parsed, path),
      slotSeconds: parsed.slotSeconds,
      revision: (known?.revision ?? 0) + 1,
      source,
      updatedAt: clock.now(),
    };
    database.transaction(() => {
      saveScript(database, row);
      saveLines(
        database,
        id,
        parsed.lines.flatMap((line, index) => {
          const lineId = lineIds[index];
          return lineId === undefined
            ? []
            : [{ id: lineId, position: line.position, character: line.character, text: line.text }];
        }),
      );
    });
    context.publish('script.changed', { scriptId: id, projectId, revision: row.revision });
    return show(row);
  };
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
      const voices = Object.entries(cast).flatMap(([character, choice]) => {
        const voice = typeof choice === 'string' ? choice : choice.voice;
        return voice === undefined ? [] : [[character, voice] as const];
      });
      return save(row.projectId, row.path, setCast(row.source, Object.fromEntries(voices)));
    },
    'script.remove': ({ scriptId }) => {
      const row = requireScript(database, scriptId);
      database.transaction(() => removeScript(database, row.id, clock.now()));
      context.publish('script.changed', { scriptId: row.id, projectId: row.projectId, revision: row.revision });
      return {};
    },
  };
};
