import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { type StorePlan, storeCertificateNames, storeHost } from '../../model/store/store';
import type { Labels } from '../labels';
import { storeSelector } from './single-member';

/** A store of one pod, whatever its kind, and how others find it. */
export abstract class Store extends Construct {
  /** Name of the StatefulSet; its pod is `<name>-0`. */
  readonly name: string;
  /** Service that leads to it. */
  readonly serviceName: string;
  /** What clients connect to, with the namespace if the chart has one. */
  readonly host: string;
  /** Port of Service and pod; of HTTP, where it speaks something else besides. */
  readonly port: number;
  /** Names that its certificate must be valid for. */
  readonly certificateNames: readonly string[];
  /** Labels of its pod, for what may connect to it. */
  readonly selector: Labels;

  /** Says where the store will be; makes and checks nothing. */
  constructor(scope: Construct, id: string, plan: StorePlan) {
    super(scope, id);
    const { namespace } = Chart.of(this);
    this.name = plan.objectName;
    this.serviceName = plan.objectName;
    this.host = storeHost(plan, namespace);
    this.port = plan.port;
    this.certificateNames = storeCertificateNames(plan, namespace);
    this.selector = storeSelector(plan);
  }
}
