import type { IConstruct } from 'constructs';
import { describe, type Finding, isError } from './finding';

/** Metadata key under which a construct keeps the warnings about its own props. */
export const WARNING_METADATA = 'cdk-headroom:warning';

/**
 * Thrown when declarations break checks. Lists every finding, so that all can be fixed in one pass.
 *
 * @example
 * try {
 *   new WebService(chart, 'Api', { name: 'api', image: 'registry.example.com/shop/api:latest', port: 8080 });
 * } catch (error) {
 *   if (error instanceof InvalidPropsError) error.findings.map(describe);
 * }
 */
export class InvalidPropsError extends Error {
  /** Tells it from other errors where `instanceof` cannot, for example across copies of the package. */
  override readonly name = 'InvalidPropsError';

  constructor(
    /** The broken checks, errors only when `enforce` throws; the message has one line for each. */
    readonly findings: readonly Finding[],
  ) {
    super(findings.map(describe).join('\n'));
  }
}

/**
 * Ends a construct's constructor before anything is built if a finding is an error.
 * Warnings are kept on the construct as metadata, where a report finds them; nothing is printed.
 *
 * @throws InvalidPropsError listing every error.
 */
export function enforce(scope: IConstruct, findings: readonly Finding[]): void {
  const errors = findings.filter(isError);
  if (errors.length > 0) throw new InvalidPropsError(errors);
  for (const warning of findings) scope.node.addMetadata(WARNING_METADATA, warning);
}
