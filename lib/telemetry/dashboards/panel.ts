import type { PanelColor } from '../../model';

/** One line or number of a panel. */
export interface PanelQuery {
  readonly expr: string;
  /** Name of each of its series: `{{service}}`. */
  readonly legend: string;
}

/** What a panel shows, in which unit, and where its colours change. */
export interface PanelSpec {
  readonly title: string;
  /** What it says to somebody who sees it for the first time. */
  readonly description: string;
  /** Unit by Grafana's name: `s`, `reqps`, `percentunit`, `bytes`, or a word after `suffix:`. */
  readonly unit: string;
  readonly queries: readonly PanelQuery[];
  /** Colour below all others. @default 'green' */
  readonly base?: PanelColor['color'];
  /** Colours from values on, in any order. @default - one colour */
  readonly colors?: readonly PanelColor[];
  /** Lines over time, or what is true now. @default 'lines' */
  readonly as?: 'lines' | 'numbers';
}

/** Panels under a common heading. */
export interface PanelRow {
  readonly title: string;
  readonly panels: readonly PanelSpec[];
}

/** A dashboard before it is written as Grafana reads it. */
export interface DashboardSpec {
  /** Last part of its address. */
  readonly uid: string;
  readonly title: string;
  readonly rows: readonly PanelRow[];
}

/** A panel of one query. */
export const panel = (
  title: string,
  unit: string,
  description: string,
  expr: string,
  legend: string,
  more: Partial<PanelSpec> = {},
): PanelSpec => ({ title, unit, description, queries: [{ expr, legend }], ...more });

/** Red from a value on. */
export const redFrom = (value: number): Pick<PanelSpec, 'colors'> => ({ colors: [{ from: value, color: 'red' }] });

/** Red below a value. */
export const redBelow = (value: number): Pick<PanelSpec, 'base' | 'colors'> => ({
  base: 'red',
  colors: [{ from: value, color: 'green' }],
});
