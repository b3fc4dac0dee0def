import type { Ports, Sync, WritableDatabase } from '../ports.ts';

/** One transaction with a named point right before its commit and one right after. */
export const commitAt = <T>(
  { database, checkpoint }: { readonly database: WritableDatabase; readonly checkpoint?: Ports['checkpoint'] },
  point: string,
  work: () => Sync<T>,
): Sync<T> => {
  if (checkpoint === undefined) return database.transaction(work);
  const result = database.transaction(() => {
    const made = work();
    checkpoint(`${point}.committing`);
    return made;
  });
  checkpoint(`${point}.committed`);
  return result;
};
