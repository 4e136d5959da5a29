import type { DatabasePoolerSpec } from '../../model';

/** Secret with a store's password, in the cluster; a cache's address too. */
export const authSecret = (store: string): string => `${store}-auth`;

/** Secret with a server's or client's certificate, key and authority. */
export const tlsSecret = (name: string): string => `${name}-tls`;

/** Folder in which a service finds what it needs for a store. */
export const secretsFolder = (platform: string, store: string): string => `/var/run/secrets/${platform}/${store}`;

/** Secret of a service with its role in a database. */
export const roleSecret = (service: string, database: string): string => `${service}-${database}`;

/** The same role where a pooler stands in front of the database: with the database itself, for what needs a session. */
export const directSecret = (service: string, database: string): string => `${roleSecret(service, database)}-direct`;

/** Secret of a pooler with host and port of its server. */
export const serverSecret = ({ name }: Pick<DatabasePoolerSpec, 'name'>): string => `${name}-server`;
