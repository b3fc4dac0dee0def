import type { VariantStore } from '../../../stores/variant-store.ts';

/** Hands the table to the person as a file. */
export const saveCsv = async (variants: Pick<VariantStore, 'exportText'>): Promise<void> => {
  const made = await variants.exportText();
  if (made === null) return;
  const address = URL.createObjectURL(new Blob([made.text], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: made.fileName });
  link.click();
  // The download has begun by then; the page need not keep the text.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};
