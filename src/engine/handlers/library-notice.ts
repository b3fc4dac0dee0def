/** Something about the library that its user should read. */
export interface LibraryNotice {
  readonly level: 'notice' | 'warning' | 'error';
  readonly code: string;
  readonly message: string;
}
