import { SERVICE_ROUTES_CHECKS, ServiceRoutes, type ServiceRoutesProps } from '../../../lib/kubernetes';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const routes = (props: Partial<ServiceRoutesProps> = {}): Manifest =>
  only(
    manifests((chart) => new ServiceRoutes(chart, 'Routes', { service: 'orders', ...props })),
    'VirtualService',
  );

const NEVER_SEEN = {
  name: 'primary',
  retries: { attempts: 2, retryOn: 'connect-failure,refused-stream' },
  route: [{ destination: { host: 'orders' } }],
};

const STAYS_OPEN = { upgrade: { regex: '.+' }, accept: { regex: '.*text/event-stream.*' } };

describe('ServiceRoutes', () => {
  test('repeats what changes nothing thrice, each for 2 s and all within 6 s; anything else if no pod has seen it', () => {
    expect(routes({ retries: {}, partOf: 'shop' })).toMatchObject({
      apiVersion: 'networking.istio.io/v1',
      metadata: { name: 'orders', labels: { 'app.kubernetes.io/part-of': 'shop' } },
      spec: {
        hosts: ['orders'],
        http: [
          {
            name: 'retried',
            match: ['GET', 'HEAD', 'OPTIONS'].map((exact) => ({ method: { exact }, withoutHeaders: STAYS_OPEN })),
            timeout: '6s',
            retries: {
              attempts: 3,
              perTryTimeout: '2s',
              retryOn: 'connect-failure,refused-stream,reset,gateway-error',
            },
            route: [{ destination: { host: 'orders' } }],
          },
          NEVER_SEEN,
        ],
      },
    });
  });

  test('without retries nothing has a deadline, and nothing that a pod has seen is repeated', () => {
    expect(routes().spec.http).toEqual([NEVER_SEEN]);
  });

  test('requests that match no method go on without deadline, whatever is declared', () => {
    const [, last] = routes({ retries: { attempts: 7, methods: ['PUT'] } }).spec.http;
    expect(last).toEqual(NEVER_SEEN);
  });

  test('writes what is declared', () => {
    const [first] = routes({
      retries: { attempts: 1, perTry: Duration.millis(250), deadline: Duration.seconds(1), methods: ['DELETE'] },
    }).spec.http;
    expect(first).toMatchObject({
      match: [{ method: { exact: 'DELETE' } }],
      timeout: '1s',
      retries: { attempts: 1, perTryTimeout: '250ms' },
    });
    expect(first.match).toHaveLength(1);
  });

  test.each([
    ['service-routes-service-is-a-dns-label', { service: 'Orders' }],
    ['service-routes-service-is-a-dns-label', { service: 'orders.shop' }],
    ['mesh-retries-are-counted', { retries: { attempts: 0 } }],
  ] as [string, Partial<ServiceRoutesProps>][])('%s fails (row %#)', (check, props) => {
    expect(ids(ServiceRoutes.inspect('shop/orders', { service: 'orders', ...props }))).toEqual([check]);
    expect(refused(() => routes(props))).toEqual([check]);
  });

  test('every check has a failing row', () => {
    expect(allIds(SERVICE_ROUTES_CHECKS)).toEqual(['service-routes-service-is-a-dns-label']);
  });
});
