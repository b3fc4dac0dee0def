import type { WorkspaceRow } from '../database/workspaces.ts';
import type { SpeechProvider, WorkspaceView } from './provider.ts';

/** A workspace as its adapter sees it. */
export const viewOf = (row: WorkspaceRow, provider: SpeechProvider): WorkspaceView => ({
  id: row.id,
  name: row.name,
  provider: row.provider,
  baseUrl: (row.baseUrl ?? provider.defaultBaseUrl ?? '').replace(/\/+$/, ''),
  settings: row.settings,
});
