/** The places where this computer can play sound, as far as the browser tells. */
export interface Output {
  readonly id: string;
  /** Empty where the browser keeps names to itself. */
  readonly label: string;
}
interface OutputPicker {
  selectAudioOutput?(): Promise<MediaDeviceInfo>;
}

/** Named outputs besides the system's default; empty where the browser names none. */
export const listOutputs = async (devices: MediaDevices | undefined): Promise<readonly Output[]> => {
  const all = (await devices?.enumerateDevices().catch(() => [])) ?? [];
  return all
    .filter(
      ({ kind, deviceId, label }) =>
        kind === 'audiooutput' && deviceId !== '' && deviceId !== 'default' && label !== '',
    )
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
};

/** The browser's own list, where it has one; null where the person chose nothing. */
export const pickOutput = async (devices: MediaDevices & OutputPicker): Promise<Output | null> => {
  const picked = await devices.selectAudioOutput?.().catch(() => null);
  return picked == null ? null : { id: picked.deviceId, label: picked.label };
};
export const canPickOutput = (devices: (MediaDevices & OutputPicker) | undefined): boolean =>
  devices !== undefined && 'selectAudioOutput' in devices;
