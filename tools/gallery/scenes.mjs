// What the gallery shows: a name, and how to get there from a fresh page.

/** @typedef {import('@playwright/test').Page} Page */

/**
 * @typedef {object} Scene
 * @property {string} name
 * @property {string} address after the `#`
 * @property {(page: Page) => Promise<void>} [act]
 */

/** @param {string} name @returns {(page: Page) => Promise<void>} */
const tab = (name) => async (page) => {
  await page.getByRole('tab', { name }).click();
};
/** @param {string} keys @returns {(page: Page) => Promise<void>} */
const press = (keys) => async (page) => {
  await page.locator('main').click({ position: { x: 2, y: 2 } });
  await page.keyboard.press(keys);
};
/** @param {Page} page @returns {Promise<void>} */
const firstRow = async (page) => {
  await page.locator('main [role="grid"] [role="row"]').nth(1).click();
};

/** @type {readonly Scene[]} */
export const scenes = [
  { name: 'scripts', address: '/scripts' },
  { name: 'variants', address: '/scripts', act: tab('Variants') },
  { name: 'cast', address: '/scripts', act: tab('Cast') },
  { name: 'lexicon', address: '/scripts', act: tab('Lexicon') },
  { name: 'render-sheet', address: '/scripts', act: press('ControlOrMeta+Shift+Enter') },
  { name: 'renders', address: '/renders', act: firstRow },
  { name: 'review', address: '/review', act: firstRow },
  { name: 'history', address: '/history', act: firstRow },
  { name: 'voices', address: '/voices' },
  { name: 'usage', address: '/usage' },
  { name: 'settings', address: '/settings' },
  { name: 'palette', address: '/scripts', act: press('ControlOrMeta+k') },
  { name: 'shortcuts', address: '/scripts', act: press('?') },
];

/** In the order of the pictures. */
export const themes = /** @type {const} */ (['dark', 'light', 'contrast']);
export const sizes = /** @type {const} */ ([
  { width: 1280, height: 800 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
]);
