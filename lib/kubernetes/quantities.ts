import type { Amounts, Resources } from '../model';
import { IntOrString, Quantity, type ResourceRequirements } from './k8s';

export const quantity = (value: { toString(): string }): Quantity => Quantity.fromString(value.toString());

/** A port by number or name, or a number or percentage of pods. */
export const intOrString = (value: number | string): IntOrString =>
  typeof value === 'number' ? IntOrString.fromNumber(value) : IntOrString.fromString(value);

const amounts = ({ cpu, memory, ephemeralStorage }: Amounts): Record<string, Quantity> => ({
  cpu: quantity(cpu),
  memory: quantity(memory),
  'ephemeral-storage': quantity(ephemeralStorage),
});

/** Requests and limits as the API writes them. */
export const requirements = ({ requests, limits }: Resources): ResourceRequirements => ({
  requests: amounts(requests),
  limits: amounts(limits),
});
