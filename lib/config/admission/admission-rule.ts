/** A name for a CEL expression, which later ones use as `variables.<name>`. */
export interface AdmissionVariable {
  readonly name: string;
  readonly expression: string;
}

/** What must hold of an object, in CEL, and what its author is told if it does not. */
export interface AdmissionValidation {
  readonly expression: string;
  readonly message: string;
}

/** Rules about one subject, as one ValidatingAdmissionPolicy holds them. Evaluated in order, each variable at most once. */
export interface AdmissionRule {
  /** Last part of the policy's name. */
  readonly name: string;
  readonly variables: readonly AdmissionVariable[];
  readonly validations: readonly AdmissionValidation[];
}

/** A text as CEL writes it. */
export const celText = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export const celList = (texts: readonly string[]): string => `[${texts.map(celText).join(', ')}]`;
