import type { Locator, Page } from '@playwright/test';

/** The Settings room. */
export const createSettings = (page: Page) => {
  const workspaces = page.getByRole('region', { name: 'Workspaces' });
  const storage = page.getByRole('tabpanel', { name: 'Storage' });
  const shortcut = (command: string) => page.getByRole('listitem', { name: command, exact: true });
  const item = (name: string) => workspaces.getByRole('listitem', { name, exact: true });
  const choose = async (field: Locator, option: string | RegExp): Promise<void> => {
    await field.click();
    await page.getByRole('option', { name: option }).click();
  };
  const openKey = async (name: string): Promise<Locator> => {
    await item(name)
      .getByRole('button', { name: `Key of ${name}` })
      .click();
    return page.getByRole('dialog', { name: `Key of ${name}` });
  };
  return {
    workspaces,
    item,
    openKey,
    replaceKey: async (name: string, key: string): Promise<void> => {
      const sheet = await openKey(name);
      await sheet.getByLabel('API key').fill(key);
      await sheet.getByRole('switch', { name: /this session only/ }).check({ force: true });
      await sheet.getByRole('button', { name: 'Replace the key' }).click();
    },
    forgetKey: async (name: string): Promise<void> => {
      const sheet = await openKey(name);
      await sheet.getByRole('button', { name: 'Forget the key' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Forget the key' }).click();
    },
    add: async (workspace: {
      readonly name: string;
      readonly baseUrl: string;
      readonly key: string;
    }): Promise<void> => {
      await workspaces.getByRole('button', { name: 'Add workspace' }).click();
      const form = page.getByRole('dialog', { name: 'Add workspace' });
      await form.getByRole('textbox', { name: 'Name' }).fill(workspace.name);
      await choose(form.getByRole('button', { name: /Vendor$/ }), /^Chosen|^Generations/);
      const region = form.getByRole('button', { name: /Region$/ });
      if (await region.isVisible()) await choose(region, 'Another address');
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
    open: async (
      section: 'Workspaces' | 'Storage' | 'Appearance' | 'Audio' | 'Shortcuts' | 'Language' | 'Privacy' | 'About',
    ): Promise<void> => {
      await page.getByRole('tab', { name: section }).click();
    },
    check: page.getByRole('button', { name: 'Check the library' }),
    library: page.getByRole('region', { name: 'Library', exact: true }),
    storage,
    /** Makes the file of the whole library and downloads it to `path`. */
    exportTo: async (path: string): Promise<void> => {
      await storage.getByRole('button', { name: 'Export to one file' }).click();
      const started = page.waitForEvent('download');
      await storage.getByRole('link', { name: 'Download' }).click();
      await (await started).saveAs(path);
    },
    /** Answers the one question; resolves when the page has begun anew. */
    restoreFrom: async (path: string): Promise<void> => {
      const chooser = page.waitForEvent('filechooser');
      await storage.getByRole('button', { name: 'Restore from a file' }).click();
      await (await chooser).setFiles(path);
      const again = page.waitForEvent('load');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Restore this file' }).click();
      await again;
    },
    shortcut,
    /** Presses Change, then the keys. */
    bind: async (command: string, keys: string): Promise<void> => {
      await shortcut(command)
        .getByRole('button', { name: `Change the keys of ${command}` })
        .click();
      await page.keyboard.press(keys);
    },
  };
};
