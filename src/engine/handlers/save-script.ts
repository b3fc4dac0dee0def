/** Reading and writing whole scripts, for every handler that changes a text. */
import type { LineId, Script, ScriptId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { insertRevision } from '../database/script-revisions.ts';
import { getScriptByPath, listLines, saveLines, saveScript, type ScriptRow } from '../database/scripts.ts';
import { assignLineIds } from '../scripts/line-ids.ts';
import { parseScript } from '../scripts/parse-script.ts';
import { type ParsedScript, toScriptLines } from '../scripts/parsed-script.ts';
import type { EngineContext } from './context.ts';

/** A script without a title is called after its file. */
export const titleOf = (parsed: Pick<ParsedScript, 'title'>, path: string): string =>
  parsed.title ?? (path.split(/[\\/]/).at(-1) ?? path).replace(/(?:\.cue)?\.[^.]+$/i, '');

export const createScriptDesk = (context: EngineContext) => {
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

  /** Writes without telling anybody; for several scripts in one transaction. Null: nothing changed. */
  const write = (projectId: ScriptRow['projectId'], path: string, source: string): ScriptRow | null => {
    const known = getScriptByPath(database, projectId, path);
    if (known !== null && known.source === source) return null;
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
      insertRevision(database, {
        scriptId: id,
        revision: row.revision,
        source,
        person: context.options.person,
        at: row.updatedAt,
      });
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
    return row;
  };
  const tell = ({ id, projectId, revision }: ScriptRow): void =>
    context.publish('script.changed', { scriptId: id, projectId, revision });

  return {
    show,
    write,
    tell,
    /** The next revision of the script at this path, or a new script there. A text that is stored already changes nothing. */
    save: (projectId: ScriptRow['projectId'], path: string, source: string): Script => {
      const known = getScriptByPath(database, projectId, path);
      const row = write(projectId, path, source);
      if (row === null && known !== null) return show(known);
      if (row === null) throw new AppError('internal', 'The script was not written, for no reason that is known.');
      tell(row);
      return show(row);
    },
  };
};
