/** The inspector's problems and the editor stand side by side; one asks, the other scrolls. */
const eventName = 'cuebooth:go-to-problem';

export const goToProblem = (line: number, column: number): void => {
  window.dispatchEvent(new CustomEvent(eventName, { detail: { line, column } }));
};

export const onGoToProblem = (listener: (line: number, column: number) => void): (() => void) => {
  const heard = (event: Event): void => {
    const { line, column } = (event as CustomEvent<{ line: number; column: number }>).detail;
    listener(line, column);
  };
  window.addEventListener(eventName, heard);
  return () => window.removeEventListener(eventName, heard);
};
