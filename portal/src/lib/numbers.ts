/** Numbers as people type them: `62.000`, `1,5`, `62 000 €`; in English `62,000` and `1.5`. */
import { language } from './language.svelte';

const marks = () => (language.current === 'en' ? { decimal: '.', thousand: ',' } : { decimal: ',', thousand: '.' });

/** Thousands apart from five digits on, as one writes them. */
export function numberToText(value: number): string {
  const { decimal, thousand } = marks();
  const [whole = '', rest] = String(value).split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, thousand) : whole;
  return rest ? `${grouped}${decimal}${rest}` : grouped;
}

/** The number; null for nothing; undefined where it is none. */
export function textToNumber(text: string, whole = false): number | null | undefined {
  const { decimal, thousand } = marks();
  let plain = text.replace(/[\s€'’]/g, '').replace('−', '-');
  if (plain === '') return null;
  if (whole && /^\d{1,3}([.,]\d{3})+$/.test(plain)) plain = plain.replace(/[.,]/g, '');
  const grouped = new RegExp(`^-?\\d{1,3}(\\${thousand}\\d{3})+(\\${decimal}\\d+)?$`);
  if (grouped.test(plain)) plain = plain.replaceAll(thousand, '');
  plain = plain.replace(',', '.');
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return undefined;
  const value = Number(plain);
  return whole && !Number.isInteger(value) ? undefined : value;
}
