/** Whole sets of data that the hub keeps ready as files: each page that gives data names them. */

export interface Export {
  /** `/data/…`. */
  href: string;
  it: string;
  en: string;
}

export const EXPORTS: readonly Export[] = [];
