import { yamlText } from '../yaml-text';

/** What each user of Elasticsearch may do, by the name of its role. */
export interface LogStoreRights {
  /** Data stream of logs. */
  readonly stream: string;
  /** What names of indices of traces start with. */
  readonly traces: string;
}

/**
 * The file of roles. What writes lines can neither read them nor make a stream; who reads cannot write.
 * Source: Elasticsearch reference, "Security privileges".
 */
export const logStoreRoles = ({ stream, traces }: LogStoreRights): string =>
  yamlText({
    'log-agent': { cluster: ['monitor'], indices: [{ names: [stream], privileges: ['create_doc'] }] },
    jaeger: {
      cluster: ['monitor', 'manage_index_templates'],
      indices: [{ names: [`${traces}*`], privileges: ['all'] }],
    },
    'log-reader': {
      cluster: ['monitor'],
      indices: [{ names: [stream, `${traces}*`], privileges: ['read', 'view_index_metadata'] }],
    },
    'log-keeper': {
      cluster: ['monitor', 'manage_ilm', 'manage_index_templates'],
      indices: [{ names: [stream], privileges: ['manage'] }],
    },
  });
