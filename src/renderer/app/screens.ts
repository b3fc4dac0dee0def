import type { ComponentType } from 'react';
import type { Overlay, Room } from '../stores/navigation-store.ts';
import { lazyScreen } from './lazy-screen.tsx';
import { Palette } from './palette.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';

export const screens = {
  scripts: lazyScreen(async () => (await import('../screens/scripts/scripts-screen.tsx')).ScriptsScreen),
  renders: lazyScreen(async () => (await import('../screens/renders/renders-screen.tsx')).RendersScreen),
  review: lazyScreen(async () => (await import('../screens/review/review-screen.tsx')).ReviewScreen),
  history: lazyScreen(async () => (await import('../screens/history/history-screen.tsx')).HistoryScreen),
  voices: lazyScreen(async () => (await import('../screens/voices/voices-screen.tsx')).VoicesScreen),
  usage: lazyScreen(async () => (await import('../screens/usage/usage-screen.tsx')).UsageScreen),
  settings: lazyScreen(async () => (await import('../screens/settings/settings-screen.tsx')).SettingsScreen),
} as const satisfies Record<Room, ComponentType>;

export const overlayScreens = {
  palette: Palette,
  shortcuts: ShortcutSheet,
  render: lazyScreen(async () => (await import('../screens/scripts/render-sheet.tsx')).RenderSheet),
  'new-script': lazyScreen(async () => (await import('../screens/scripts/new-script-sheet.tsx')).NewScriptSheet),
  import: lazyScreen(async () => (await import('../screens/scripts/import-sheet.tsx')).ImportSheet),
  find: lazyScreen(async () => (await import('../screens/scripts/find-sheet.tsx')).FindSheet),
  revisions: lazyScreen(async () => (await import('../screens/scripts/revisions-sheet.tsx')).RevisionsSheet),
  subscription: lazyScreen(async () => (await import('../screens/usage/subscription-sheet.tsx')).SubscriptionSheet),
  take: lazyScreen(async () => (await import('../screens/takes/take-sheet.tsx')).TakeSheet),
  notifications: lazyScreen(async () => (await import('./notifications-sheet.tsx')).NotificationsSheet),
} as const satisfies Record<Overlay, ComponentType>;
