/** The bundled campaign, for a library that was never used: the first screen has something to try. */
import type { Client } from './index.ts';

const scriptName = 'spring-sale.cue.txt';
const tableName = 'spring-sale.csv';

/** Returns whether it was imported. `readText` reads a file of the bundled sample folder. */
export const importSample = async (
  client: Pick<Client, 'call'>,
  readText: (name: string) => Promise<string>,
): Promise<boolean> => {
  if ((await client.call('project.list', {})).length > 0) return false;
  const [script, table] = await Promise.all([readText(scriptName), readText(tableName)]);
  const project = await client.call('project.ensure', { name: 'Sample' });
  const { id } = await client.call('script.save', {
    projectId: project.id,
    path: scriptName,
    source: { kind: 'text', text: script },
  });
  await client.call('variant.import', { scriptId: id, source: { kind: 'text', text: table } });
  return true;
};
