/** Hands a text to the person as a file. */
export const saveText = (fileName: string, text: string, type: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has begun by the next turn; the text need not be kept.
  setTimeout(() => URL.revokeObjectURL(url), 0);
};
