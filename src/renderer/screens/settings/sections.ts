/** The parts of the settings, in the order of the list. */
export const sections = [
  'workspaces',
  'storage',
  'appearance',
  'audio',
  'shortcuts',
  'language',
  'privacy',
  'about',
] as const;
export type Section = (typeof sections)[number];

export const sectionOf = (name: string | undefined): Section =>
  sections.find((known) => known === name) ?? 'workspaces';
