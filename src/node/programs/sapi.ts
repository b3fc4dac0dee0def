/** Windows voices through Windows PowerShell and System.Speech. The scripts are constant; everything variable goes through stdin. */
import { AppError } from '#contract/errors.ts';
import { runProgram } from './run-program.ts';
import type { SpeechProgram, SystemVoice } from './speech-program.ts';
import { withTempWav } from './temp-wav.ts';

const PROGRAM = 'powershell.exe';
const VOICE_MISSING = 'CUEBOOTH_VOICE_MISSING';

const LIST_SCRIPT = `
[Console]::OutputEncoding = [System.Text.Encoding]::UTF8
Add-Type -AssemblyName System.Speech
$synthesizer = New-Object System.Speech.Synthesis.SpeechSynthesizer
$voices = @($synthesizer.GetInstalledVoices() | Where-Object { $_.Enabled } | ForEach-Object {
  @{ name = $_.VoiceInfo.Name; language = $_.VoiceInfo.Culture.Name; gender = $_.VoiceInfo.Gender.ToString() }
})
ConvertTo-Json -Compress -InputObject $voices
`;
const SPEAK_SCRIPT = `
$ErrorActionPreference = 'Stop'
$task = [Console]::In.ReadToEnd() | ConvertFrom-Json
Add-Type -AssemblyName System.Speech
$synthesizer = New-Object System.Speech.Synthesis.SpeechSynthesizer
try { $synthesizer.SelectVoice($task.voice) } catch { [Console]::Error.WriteLine('${VOICE_MISSING}'); exit 2 }
$synthesizer.Rate = $task.rate
$format = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(22050, 'Sixteen', 'Mono')
$synthesizer.SetOutputToWaveFile($task.path, $format)
$synthesizer.Speak($task.text)
$synthesizer.Dispose()
`;

const argsOf = (script: string): readonly string[] => [
  '-NoProfile',
  '-NonInteractive',
  '-EncodedCommand',
  Buffer.from(script, 'utf16le').toString('base64'),
];
/** JSON in ASCII, whatever code page the console believes in. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

const genderOf = (gender: unknown): SystemVoice['gender'] =>
  gender === 'Female' ? 'female' : gender === 'Male' ? 'male' : gender === 'Neutral' ? 'neutral' : null;

/** Reads the JSON of the list script; what is no voice is left out. */
export const parseSapiVoices = (json: string): readonly SystemVoice[] => {
  const parsed: unknown = json.trim() === '' ? [] : JSON.parse(json.replace(/^\uFEFF/, ''));
  return (Array.isArray(parsed) ? parsed : [parsed]).flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('name' in entry) || typeof entry.name !== 'string') return [];
    const language =
      'language' in entry && typeof entry.language === 'string' && entry.language !== '' ? entry.language : null;
    const gender = genderOf('gender' in entry ? entry.gender : null);
    return [{ id: `sapi:${entry.name}`, name: entry.name, language, gender, program: 'sapi' } as const];
  });
};

/** SAPI's rate runs from -10 to 10, a third to three times the normal speed. */
const rateOf = (speed: number): number => Math.max(-10, Math.min(10, Math.round((10 * Math.log(speed)) / Math.log(3))));

export const createSapi = (): SpeechProgram => ({
  id: 'sapi',
  voices: async () => {
    const { code, output, complaint } = await runProgram({ program: PROGRAM, args: argsOf(LIST_SCRIPT) });
    if (code !== 0)
      throw new AppError('provider_failed', `Windows did not list its voices: ${complaint || `code ${code}`}.`);
    return parseSapiVoices(output.toString('utf8'));
  },
  speak: ({ voice, text, speed }, signal) =>
    withTempWav(async (path) => {
      const input = asciiJson({ voice, text, rate: rateOf(speed), path });
      const { code, complaint } = await runProgram({ program: PROGRAM, args: argsOf(SPEAK_SCRIPT), input, signal });
      if (complaint.includes(VOICE_MISSING)) throw new AppError('voice_not_found', `Windows has no voice "${voice}".`);
      if (code !== 0)
        throw new AppError(
          'provider_failed',
          `Windows could not speak the text (code ${code}): ${complaint || 'no reason given'}.`,
        );
    }),
});
