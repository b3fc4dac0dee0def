/** Whether the price was seen and accepted before anything is paid. */
import type { MethodOutput } from '#contract/methods/index.ts';
import { AppError } from '#contract/errors.ts';
import { counted, credits } from '../output/words.ts';
import type { Terminal } from '../terminal.ts';

type Estimate = MethodOutput<'render.estimate'>;
type Workspaces = MethodOutput<'workspace.list'>;

/** False only where nothing is new or every new unit comes from a provider that never charges. */
export const mayCost = (estimate: Estimate, workspaces: Workspaces): boolean => {
  if (estimate.fresh === 0) return false;
  const paying = estimate.byWorkspace.filter((part) => part.fresh > 0);
  if (paying.length === 0) return true;
  return paying.some(
    (part) => workspaces.find((workspace) => workspace.id === part.workspaceId)?.abilities.costUnit !== 'free',
  );
};

/** True when the order may go out. Throws `invalid_input` where nobody can be asked. */
export const consent = async (
  terminal: Terminal,
  estimate: Estimate,
  workspaces: Workspaces,
  options: { readonly yes?: boolean; readonly budget?: number },
): Promise<boolean> => {
  if (options.yes === true || !mayCost(estimate, workspaces)) return true;
  const price = estimate.credits === null ? 'credits, how many is not known yet' : `about ${credits(estimate.credits)}`;
  if (!terminal.interactive) {
    throw new AppError(
      'invalid_input',
      `This would render ${counted(estimate.fresh, 'new line')} and cost ${price}, and there is nobody to ask. Nothing was rendered; add --yes to agree, or --dry-run to look only.`,
    );
  }
  const cap = options.budget === undefined ? '' : `, at most ${credits(options.budget)}`;
  return terminal.confirm(`Render ${counted(estimate.fresh, 'new line')} for ${price}${cap}?`);
};
