/** Settings of a workspace: a name that nobody knows is refused, with the one that was probably meant. */
import { expect, it } from 'vitest';
import { endAll, openHosted, tempFolder } from './setup.ts';

endAll();

it('refuses an unknown setting and names the nearest; one that was there before stays', async () => {
  const { client, library } = await openHosted(tempFolder(), { start: false });
  const add = (settings: Record<string, string | number>) =>
    client.call('workspace.add', { provider: 'chosen', name: 'agency', baseUrl: 'http://127.0.0.1:9', settings });
  await expect(add({ concurency: 3 })).rejects.toMatchObject({
    code: 'setting_refused',
    message: expect.stringContaining('Was "concurrency" meant?'),
  });
  await expect(add({ zzz: 1 })).rejects.toMatchObject({ message: expect.stringContaining('There are: plan') });
  expect(await client.call('workspace.list', {})).toHaveLength(1);
  const { id } = await add({ concurrency: 3, plan: 'pro' });

  library.database.exec(`UPDATE workspaces SET settings = '{"ofOldTimes":1}' WHERE id = '${id}'`);
  const kept = await client.call('workspace.update', { workspaceId: id, settings: { ofOldTimes: 1, plan: 'pro' } });
  expect(kept.settings).toEqual({ ofOldTimes: 1, plan: 'pro' });
  await expect(
    client.call('workspace.update', { workspaceId: id, settings: { ofOldTimes: 1, plans: 'pro' } }),
  ).rejects.toMatchObject({ message: expect.stringContaining('Was "plan" meant?') });
});
