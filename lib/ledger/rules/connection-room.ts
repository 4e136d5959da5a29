import type { Database } from '../facts';

/** Connections that a server grants, and how they are known. */
export interface ConnectionRoom {
  readonly max: number;
  /** Kept from applications: for superusers and for RDS itself. */
  readonly reserved: number;
  /** Whether `max` is written, or comes of a formula of memory. */
  readonly isWritten: boolean;
}

const whole = (text: string | undefined, otherwise: number): number =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : otherwise;

/** Room for connections of a database; undefined where neither a number nor a class says it. */
export function connectionRoom({
  engine,
  maxConnections,
  parameters,
  instanceClass,
}: Database): ConnectionRoom | undefined {
  if (maxConnections === undefined) return undefined;
  const superuser = whole(parameters.superuser_reserved_connections, 3) + whole(parameters.reserved_connections, 0);
  const ofRds = instanceClass === undefined ? 0 : whole(parameters['rds.rds_superuser_reserved_connections'], 2);
  const reserved = engine.includes('postgres') ? superuser + ofRds : 1;
  const isWritten = /^\d+$/.test(parameters.max_connections ?? '');
  return { max: maxConnections, reserved, isWritten };
}
