/** The hub's refusals (`userErrors`), sorted to the fields of a form. */
export interface UserError {
  code: string;
  field: readonly string[];
  message: string;
}

/** What is said beside the field of this name (`support.levels` for a field within). */
export const refusalOf = (errors: readonly UserError[], name: string): string | undefined =>
  errors.find((error) => error.field.join('.') === name || error.field.join('.').startsWith(`${name}.`))?.message;

/** What belongs to no field of the form. */
export const refusalsBeside = (errors: readonly UserError[], names: readonly string[]): UserError[] =>
  errors.filter((error) => !names.some((name) => refusalOf([error], name) !== undefined));
