/** Two thousand spoken lines with variables, pauses and manners, as the longest scripts have them. */
export const longScript = (lines = 2_000): string => {
  const body = Array.from(
    { length: lines },
    (_, at) =>
      `${at % 3 === 0 ? 'GUIDE (warm)' : 'HOST'}: Line ${at + 1} is for {{city}}, where the doors open at {{hour|"nine"}}. [pause 300ms] Come in and say hello.`,
  );
  return `---\ntitle: Long\nslot: 60\nlanguage: en-US\ncast:\n  HOST: scratch/slt\n  GUIDE: scratch/rms\n---\n${body.join('\n')}\n`;
};
