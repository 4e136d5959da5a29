import type { NginxProxyPlan } from '../../model/nginx/nginx-proxy';
import { type Block, block } from './nginx-text';
import { headerVariable } from './nginx-values';

/** Says of each request how it stands with the header: `right`, `missing`, `wrong`, or `probe`, which needs none. */
export const HEADER_STATE = '$required_header';

/** Where a dot is a dot. */
const literally = (path: string): string => path.replaceAll('.', '[.]');

/**
 * Variables that tell whether a request is let through. Plain words of a map ignore case, so each is a pattern; the path is
 * compared as the client wrote it, so that no other spelling of it leads past the header.
 */
export function requiredHeaderMaps({ requiredHeader }: NginxProxyPlan): Block[] {
  if (requiredHeader === undefined) return [];
  const { name, value, exempt } = requiredHeader;
  return [
    block(`map ${headerVariable(name)} $sent_header`, ['default wrong', '"" missing', `"~^${value}$" right`]),
    block(`map "$request_method $request_uri" ${HEADER_STATE}`, [
      'default $sent_header',
      ...exempt.map((path) => `"~^(GET|HEAD) ${literally(path)}([?]|$)" probe`),
    ]),
    block(`map ${HEADER_STATE} $is_refused`, ['default 1', 'right 0', 'probe 0']),
  ];
}

/** Before any route is looked for, and before anything is counted. */
export const refusal = ({ requiredHeader }: NginxProxyPlan): Block[] =>
  requiredHeader === undefined
    ? []
    : [block('if ($is_refused)', [`return 403 "${requiredHeader.name} is missing or wrong\\n"`])];
