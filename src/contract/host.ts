/** What a host says of itself. */

/**
 * What a host can do beyond the contract. Screens ask for these, never for the host's name.
 * `notifications`: the system tells when a batch ends. `taskbarProgress`: progress shows on the app's icon.
 * `background`: work goes on after the window is closed. `revealFile`, `openFolder`, `dragOut`: the system's file manager.
 */
export const hostCapabilities = [
  'notifications',
  'taskbarProgress',
  'background',
  'revealFile',
  'openFolder',
  'dragOut',
] as const;
export type HostCapability = (typeof hostCapabilities)[number];

export interface HostDescription {
  readonly kind: 'electron' | 'web' | 'direct';
  readonly capabilities: readonly HostCapability[];
}
