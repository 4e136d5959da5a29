/** Pods that services are given at once when more users come than autoscalers can follow. */
export interface TrafficSpikeSpec {
  /** Minimum of the autoscaler of each service for as long as it lasts (above its own minimum, at most its maximum). */
  readonly pods: Readonly<Record<string, number>>;
}

/** A service and how many of its pods run while it lasts. */
export interface SpikeTarget {
  readonly service: string;
  readonly pods: number;
}

interface Spiking {
  readonly trafficSpike?: TrafficSpikeSpec;
  readonly services: readonly {
    readonly name: string;
    readonly isPublic?: boolean;
    readonly scaling: { readonly min: number; readonly max: number };
  }[];
}

/** As declared; else the services that users reach, each at its maximum, as far as that is above its minimum. */
export const spikeTargets = ({ trafficSpike, services }: Spiking): SpikeTarget[] =>
  trafficSpike === undefined
    ? services.flatMap(({ name, isPublic = false, scaling: { min, max } }) =>
        isPublic && max > min ? [{ service: name, pods: max }] : [],
      )
    : Object.entries(trafficSpike.pods).map(([service, pods]) => ({ service, pods }));
