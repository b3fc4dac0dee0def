// The part of WebAssembly that flite needs; the usual declarations come with the DOM library only.
declare namespace WebAssembly {
  interface Module {
    readonly __compiled: never;
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  interface Instance {
    readonly exports: { readonly memory: Memory; readonly _start: () => unknown };
  }
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(
    module: Module,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): Promise<Instance>;
}
