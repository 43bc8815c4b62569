/** The form of a page of plain text. */
import type { Section } from './Sections.svelte';

export interface PlainText {
  title: string;
  lead: string;
  sections: readonly Section[];
}
