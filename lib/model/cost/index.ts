export { environmentCost } from './environment-cost';
export type { CostLine, MonthlyCost, Unpriced } from './monthly-cost';
export type { Range as CostRange } from './range';
export {
  type BreakEven,
  breakEven,
  inspectReservation,
  RESERVATION_CHECKS,
  type ReservationOffer,
  reservedNodes,
} from './reservation';
export {
  inspectReservedCapacity,
  RESERVED_CAPACITY_CHECKS,
  type ReservedCapacitySpec,
  type ReservedInstances,
  reservedCapacity,
} from './reserved-capacity';
export { ASSUMED_USAGE, inspectMonthlyUsage, MONTHLY_USAGE_CHECKS, type MonthlyUsage } from './usage';
