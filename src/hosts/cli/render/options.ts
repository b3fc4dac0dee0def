/** What `cuebooth render` is told. */
export interface RenderOptions {
  readonly script: string;
  readonly variants?: string;
  readonly only?: readonly string[];
  readonly voice?: Readonly<Record<string, string>>;
  readonly takes: number;
  readonly retake?: boolean;
  readonly project: string;
  readonly out?: string;
  readonly name: string;
  readonly budget?: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}
