/** The takes behind a figure, as History is asked for them. */
import { type DayRange, historyTimes } from '../../figures/periods.ts';
import type { Layer, LayerDimension } from '../../figures/stacks.ts';

export interface Behind {
  readonly range: DayRange;
  readonly workspaceId?: string | null | undefined;
  readonly voice?: string | undefined;
  readonly project?: string | undefined;
  readonly person?: string | undefined;
}
export const historyQuery = ({
  range,
  workspaceId,
  voice,
  project,
  person,
}: Behind): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ ...historyTimes(range), workspace: workspaceId ?? '', voice, project, person }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );

/** Which part of the takes a layer is of; the rest is of all. */
export const behindLayer = (layer: Layer | null, dimension: LayerDimension): Omit<Behind, 'range'> => {
  if (layer === null || layer.id === null || layer.id === '') return {};
  if (dimension === 'workspace') return { workspaceId: layer.id };
  if (dimension === 'voice') return { voice: layer.id, workspaceId: layer.workspaceId };
  return dimension === 'project' ? { project: layer.id } : dimension === 'person' ? { person: layer.id } : {};
};
