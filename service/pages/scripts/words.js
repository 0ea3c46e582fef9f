// How numbers are counted and written, just as the pages do it (service/pages/words.py, projections/wilson.py).

const FINE_POINTS = 4;
const NARROW_SPACE = "\u202f";
const plain = new Intl.NumberFormat("en-US");

/** Bounds a share as Wilson (1927) does; z is the standard-normal quantile. */
export function wilson(ship, votes, z) {
  if (!votes) return [0, 1];
  const share = ship / votes;
  const square = z * z;
  const middle = share + square / (2 * votes);
  const reach = z * Math.sqrt((share * (1 - share) + square / (4 * votes)) / votes);
  const whole = 1 + square / votes;
  return [ship ? (middle - reach) / whole : 0, ship < votes ? (middle + reach) / whole : 1];
}

/** Writes a number with so many decimals, and what lies right between two as the even one. */
export function fixed(value, decimals) {
  const scaled = value * 10 ** decimals;
  const floor = Math.floor(scaled);
  const tied = (value * 2 ** (decimals + 1)) % 1 === 0 && scaled - floor === 0.5;
  return (tied && floor % 2 === 0 ? floor / 10 ** decimals : value).toFixed(decimals);
}

const decimalsOf = ([low, high]) => Number(100 * (high - low) < FINE_POINTS);

export const percent = (share, interval) => fixed(100 * share, decimalsOf(interval)) + NARROW_SPACE + "%";

export const percents = (interval) =>
  interval.map((bound) => fixed(100 * bound, decimalsOf(interval))).join("–") + NARROW_SPACE + "%";

export const number = (value) => plain.format(value);

export const count = (votes, one) => `${number(votes)} ${one}${votes === 1 ? "" : "s"}`;
