import { recoverySection } from '../recovery/recovery-step';
import { kubectl, selector } from './runbook-commands';
import { opening, ROLLBACK, type RunbookPlace, type RunbookWorkload, table } from './runbook-props';

/** What is required of requests, and who asks for it. */
export interface ComplianceRunbookProps {
  readonly place: RunbookPlace;
  readonly workloads: readonly RunbookWorkload[];
  /** Header and its value; the setting that tells services the same. */
  readonly header: { readonly name: string; readonly value: string; readonly setting: string };
  /** Gateway and its port. @default - none */
  readonly gateway?: { readonly name: string; readonly port: number };
  /** Sidecars ask for it, too. */
  readonly sidecars: boolean;
  /** Alert that pages, and the dashboard that shows it. @default - nobody is told */
  readonly alert?: { readonly name: string; readonly dashboard: string };
}

/** Who refuses what. */
function refusals({ header, gateway, sidecars, workloads }: ComplianceRunbookProps): string[] {
  const rows = [
    ...(gateway === undefined
      ? []
      : [
          [
            gateway.name,
            `every request from outside without \`${header.name}: ${header.value}\``,
            '403, and a line in its log',
          ],
        ]),
    ...(sidecars
      ? [['sidecars', 'the same between services', '403 `RBAC: access denied`, in the log of the sidecar']]
      : []),
    ['services', `what they find not to be so, by \`${header.setting}\``, 'an error, and their compliance rate falls'],
  ];
  return [
    '## What is refused',
    '',
    'Each request by itself, and nothing is shut down: one client that sends rubbish must not be able to stop everybody.',
    '',
    ...table(['by', 'what', 'the caller sees'], rows),
    `GET and HEAD need it not where probes ask: ${[...new Set(workloads.map(({ healthPath }) => `\`${healthPath}\``))].join(', ')}.`,
    '',
  ];
}

function find({ place, header, gateway, workloads, sidecars, alert }: ComplianceRunbookProps): string {
  const values =
    'jsonpath=\'{range .items[*]}{.metadata.name}{"\\t"}{.spec.containers[*].env[?(@.name=="SETTING")].value}{"\\n"}{end}\'';
  const ofPods = values.replace('SETTING', header.setting);
  return recoverySection(
    'When it rings',
    alert === undefined
      ? 'Nothing rings by itself.'
      : `[${alert.name}](alerts.md#${alert.name.toLowerCase()}) pages when a service reports less than 100 %. It is seen on <${alert.dashboard}>. What the gateway refuses does not page: anybody can send that.`,
    [
      {
        what: `See which pods know another value than ${header.value}. None is printed if all is well.`,
        run: [kubectl(place, `get pods --output ${ofPods} | awk -F '\\t' '$2 != "" && $2 != "${header.value}"'`)],
      },
      {
        what: `If there are: a release brought them. Go back with [${ROLLBACK}](${ROLLBACK}); the pods refuse meanwhile, as they are meant to.`,
      },
      ...(gateway === undefined
        ? []
        : [
            {
              what: 'See what came through and what did not, by path, in the last hour.',
              run: [
                kubectl(place, `logs --selector app.kubernetes.io/name=${gateway.name} --since 1h --tail=-1 \\`),
                `  | jq --raw-input --raw-output 'fromjson? | select(.required_header) | [.required_header, .method, .path, .client] | @tsv' | sort | uniq --count | sort --reverse --numeric-sort | head -n 20`,
              ],
            },
          ]),
      ...(sidecars
        ? [
            {
              what: 'A caller of ours without the header is a fault in its program: find it by the refusals of sidecars.',
              run: workloads
                .slice(0, 1)
                .map((workload) =>
                  kubectl(
                    place,
                    `logs ${selector(workload)} --container istio-proxy --since 1h --tail=-1 | grep rbac_access_denied`,
                  ),
                ),
            },
          ]
        : []),
      {
        what: 'Read the audit log of the services: each violation was refused, and says who asked. Keep it.',
      },
      { what: 'Do not scale, and do not stop the platform: neither makes an answer right.' },
    ],
  );
}

function seen({ place, header, gateway, workloads }: ComplianceRunbookProps): string[] {
  const [first] = workloads.filter(({ isPublic }) => isPublic);
  if (gateway === undefined || first === undefined) return [];
  const ask = (path: string, more = '') =>
    `curl --silent --output /dev/null --write-out '%{http_code}\\n'${more} http://localhost:${gateway.port}/${first.service}${path}`;
  return [
    recoverySection(
      'Whether it holds',
      'Without the header 403, with another value 403; with it whatever the service says; a probe 200.',
      [
        {
          what: 'Ask the gateway.',
          run: [
            `${kubectl(place, `port-forward service/${gateway.name} ${gateway.port}:${gateway.port}`)} &`,
            'sleep 2',
            ask('/'),
            ask('/', ` --header '${header.name}: wrong'`),
            ask('/', ` --header '${header.name}: ${header.value}'`),
            ask(first.healthPath),
            'kill %1',
          ],
        },
      ],
    ),
  ];
}

const change = ({ header, place }: ComplianceRunbookProps): string =>
  recoverySection(
    'Another value',
    'One setting is the value of the gateway, of sidecars and of services. There is no moment at which two are good: it is a change with an outage, announced, at a quiet hour.',
    [
      {
        what: `Give \`${header.setting}\` of ${place.environment} its new value, and write everything anew. Keys of caches carry it, too: results of the old one are not found any more, and caches are cold.`,
        run: ['npm run synth'],
      },
      { what: 'Tell clients the moment, release the services, then the gateway, and see that it holds.' },
    ],
  );

/** What is done when a request that should have been refused was not: Markdown. */
export const complianceRunbook = (props: ComplianceRunbookProps): string =>
  [...opening('Compliance', props.place), ...refusals(props), find(props), ...seen(props), change(props)].join('\n');
