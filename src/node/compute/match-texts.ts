import { AppError } from '#contract/errors.ts';
import type { MatchedText, MatchTask } from '#engine/ports.ts';

const compile = ({ pattern, flags }: MatchTask): RegExp => {
  try {
    return new RegExp(pattern, `${flags}g`);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error);
    throw new AppError('invalid_input', `This is not a regular expression: ${why}. Nothing was changed.`);
  }
};

/** Rows are matched one by one, so that `^` and `$` mean a row and no match reaches over a line end. */
export const matchTexts = (task: MatchTask): readonly MatchedText[] => {
  const expression = compile(task);
  const once = new RegExp(expression.source, `${task.flags}y`);
  return task.texts.map((text): MatchedText => {
    const places: number[] = [];
    let replaced = '';
    let copied = 0;
    const rowPattern = /[^\r\n]+/g;
    for (let row = rowPattern.exec(text); row !== null; row = rowPattern.exec(text)) {
      for (const match of row[0].matchAll(expression)) {
        if (match[0] === '') continue;
        const from = row.index + match.index;
        places.push(from, from + match[0].length);
        if (task.replacement === null) continue;
        once.lastIndex = match.index;
        // Through String.replace, so that $1 and $<name> mean what they mean everywhere.
        const whole = row[0].replace(once, task.replacement);
        const tail = row[0].length - match.index - match[0].length;
        replaced += text.slice(copied, from) + whole.slice(match.index, whole.length - tail);
        copied = from + match[0].length;
      }
    }
    const isReplaced = task.replacement !== null && places.length > 0;
    return { places, replaced: isReplaced ? replaced + text.slice(copied) : null };
  });
};
