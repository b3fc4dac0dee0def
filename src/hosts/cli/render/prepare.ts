/** Brings the script and its variants into the library; anything wrong with them is said before anything renders. */
import { posix, sep } from 'node:path';
import type { Problem } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { MethodInput, MethodOutput } from '#contract/methods/index.ts';
import { say, type CommandContext } from '../context.ts';
import { errorsIn, formatProblems } from '../output/problems.ts';
import { counted } from '../output/words.ts';
import { readTextFile } from '../read-text.ts';
import type { Session } from '../session.ts';
import type { RenderOptions } from './options.ts';

export interface Prepared {
  readonly project: MethodOutput<'project.ensure'>;
  readonly script: MethodOutput<'script.save'>;
  readonly order: MethodInput<'render.estimate'>;
  /** Those that were said already. */
  readonly problems: readonly Problem[];
}

/** A script's name in its project: the path as typed, the same on every platform. */
export const scriptPath = (typed: string): string =>
  posix.normalize(sep === '\\' ? typed.replaceAll('\\', '/') : typed);

/** Throws `script_has_errors`, `variants_have_errors`, `invalid_input`. */
export const prepare = async (context: CommandContext, session: Session, options: RenderOptions): Promise<Prepared> => {
  const { client } = session;
  const { err } = context.terminal;
  const source = await readTextFile(context, options.script);
  const table = options.variants === undefined ? null : await readTextFile(context, options.variants);

  const project = await client.call('project.ensure', { name: options.project });
  const script = await client.call('script.save', {
    projectId: project.id,
    path: scriptPath(options.script),
    source: { kind: 'text', text: source },
  });
  err.write(formatProblems(options.script, script.problems, 'text', err));
  const scriptErrors = errorsIn(script.problems);
  if (scriptErrors > 0) {
    throw new AppError(
      'script_has_errors',
      `${options.script} has ${counted(scriptErrors, 'error')}. Nothing was rendered; mend the script and run this again.`,
    );
  }

  let problems: readonly Problem[] = script.problems;
  if (table === null) {
    const { variants } = await client.call('variant.list', { scriptId: script.id });
    if (variants.length > 0)
      say(context.terminal, `Using the ${counted(variants.length, 'variant')} imported for this script before.`);
  } else {
    const imported = await client.call('variant.import', {
      scriptId: script.id,
      source: { kind: 'text', text: table },
    });
    err.write(formatProblems(options.variants ?? '', imported.problems, 'table', err));
    problems = [...problems, ...imported.problems];
    const tableErrors = errorsIn(imported.problems);
    if (tableErrors > 0 || !imported.saved) {
      throw new AppError(
        'variants_have_errors',
        `${options.variants} has ${counted(tableErrors, 'error')}. Nothing was rendered and the variants are as they were; mend the table and run this again.`,
      );
    }
  }

  return {
    project,
    script,
    problems,
    order: {
      scriptId: script.id,
      ...(options.only === undefined ? {} : { only: [...options.only] }),
      voices: { ...options.voice },
      takes: options.takes,
      retake: options.retake ?? false,
    },
  };
};
