/** The tally light, drawn: the tray must not depend on a file that a package may lack. */

export const trayIconSize = 32;

/** BGRA, premultiplied: an amber disc with a soft edge. */
export const drawTrayIcon = (): Buffer => {
  const pixels = Buffer.alloc(trayIconSize * trayIconSize * 4);
  const centre = (trayIconSize - 1) / 2;
  const radius = trayIconSize * 0.36;
  for (let y = 0; y < trayIconSize; y += 1) {
    for (let x = 0; x < trayIconSize; x += 1) {
      const alpha = Math.max(0, Math.min(1, radius + 0.5 - Math.hypot(x - centre, y - centre)));
      const bytes = [0x32, 0x8a, 0xf2, 0xff].map((channel) => Math.round(channel * alpha));
      pixels.set(bytes, (y * trayIconSize + x) * 4);
    }
  }
  return pixels;
};
