import { beforeEach, describe, expect, it } from 'vitest';
import { guardEveryPage, refuseNavigation, refusePermissions } from '#electron/main/guards.ts';
import { createFakeApp, createFakeContents, createFakeSession } from '#test/fakes/electron.ts';

describe('a page', () => {
  let fake: ReturnType<typeof createFakeContents>;
  let refused: string[];
  beforeEach(() => {
    refused = [];
    fake = createFakeContents();
    refuseNavigation(fake.contents as never, (url) => refused.push(url));
  });

  it.each(['https://evil.example/', 'file:///etc/passwd', 'cuebooth://other/', 'javascript:alert(1)', 'about:blank'])(
    'cannot go to %s',
    (url) => {
      expect(fake.refuses('will-frame-navigate', { url, isMainFrame: true })).toBe(true);
      expect(refused).toEqual([url]);
    },
  );
  it('may reload itself', () => {
    expect(fake.refuses('will-frame-navigate', { url: 'cuebooth://app/', isMainFrame: true })).toBe(false);
    expect(refused).toEqual([]);
  });
  it('cannot fill a frame, not even with our own address', () => {
    expect(fake.refuses('will-frame-navigate', { url: 'cuebooth://app/', isMainFrame: false })).toBe(true);
  });
  it('is not led elsewhere by a redirect', () => {
    expect(fake.refuses('will-redirect', { url: 'https://evil.example/' })).toBe(true);
  });
  it.each(['https://evil.example/', 'cuebooth://app/'])('cannot open a window at %s', (url) => {
    expect(fake.openWindow(url)).toBe('deny');
    expect(refused).toEqual([url]);
  });
  it('cannot embed a webview', () => {
    expect(fake.refuses('will-attach-webview', {})).toBe(true);
  });
});

it('guards a page that nobody meant to make', () => {
  const app = createFakeApp();
  const refused: string[] = [];
  guardEveryPage(app.app as never, (url) => refused.push(url));
  const surprise = createFakeContents();
  app.createContents(surprise.contents);
  expect(surprise.openWindow('https://evil.example/')).toBe('deny');
  expect(surprise.refuses('will-frame-navigate', { url: 'https://evil.example/', isMainFrame: true })).toBe(true);
});

describe('a permission', () => {
  const session = createFakeSession();
  refusePermissions(session.session as never);

  it.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'fileSystem',
    'display-capture',
    'midi',
    'hid',
    'usb',
    'serial',
    'openExternal',
    'unknown',
  ])('for %s is refused when asked for and when checked', (permission) => {
    expect(session.request(permission)).toBe(false);
    expect(session.check(permission)).toBe(false);
  });
  it('for writing plain text to the clipboard is given, so that Copy works', () => {
    expect([session.request('clipboard-sanitized-write'), session.check('clipboard-sanitized-write')]).toEqual([
      true,
      true,
    ]);
  });
  it('for a device or a screen is never given', () => {
    expect(session.device()).toBe(false);
    expect(session.displayMedia()).toBeNull();
  });
});
