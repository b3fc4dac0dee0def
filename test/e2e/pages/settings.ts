import type { Page } from '@playwright/test';

/** The Settings room. */
export const createSettings = (page: Page) => {
  const workspaces = page.getByRole('region', { name: 'Workspaces' });
  const item = (name: string) => workspaces.getByRole('listitem', { name, exact: true });
  return {
    workspaces,
    item,
    add: async (workspace: {
      readonly name: string;
      readonly baseUrl: string;
      readonly key: string;
    }): Promise<void> => {
      await workspaces.getByRole('button', { name: 'Add workspace' }).click();
      const form = page.getByRole('dialog', { name: 'Add workspace' });
      await form.getByRole('textbox', { name: 'Name' }).fill(workspace.name);
      await form.getByRole('textbox', { name: 'Base URL' }).fill(workspace.baseUrl);
      await form.getByLabel('API key').fill(workspace.key);
      // A machine without a key ring still takes a key for as long as the studio runs.
      await form.getByRole('switch', { name: /this session only/ }).check({ force: true });
      await form.getByRole('button', { name: 'Add workspace' }).click();
    },
    remove: async (name: string): Promise<void> => {
      await item(name)
        .getByRole('button', { name: `Remove ${name}` })
        .click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Remove workspace' }).click();
    },
    check: page.getByRole('button', { name: 'Check the library' }),
    library: page.getByRole('region', { name: 'Library' }),
  };
};
