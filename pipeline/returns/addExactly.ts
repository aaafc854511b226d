/**
 * The sum of decimal numbers as a person gets it: 0.1 + 0.2 is 0.3. Each number is taken as the digits it is written with
 * and added as an integer.
 */
export function addExactly(numbers: readonly number[]): number {
  let places = 0;
  let whole = true;
  for (const number of numbers) {
    if (Number.isInteger(number)) continue;
    whole = false;
    places = Math.max(places, decimals(number));
  }
  if (whole) {
    const sum = numbers.reduce((a, b) => a + b, 0);
    if (Number.isSafeInteger(sum)) return sum;
  }
  let sum = 0n;
  for (const number of numbers) sum += scaled(number, places);
  const sign = sum < 0n ? '-' : '';
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0');
  const point = digits.length - places;
  return Number(`${sign}${digits.slice(0, point)}.${digits.slice(point)}0`);
}

/** Digits after the point in the shortest notation of a number. */
function decimals(number: number): number {
  const [mantissa, exponent = '0'] = String(number).split('e') as [string, string?];
  const fraction = mantissa.split('.')[1]?.length ?? 0;
  return Math.max(0, fraction - Number(exponent));
}

function scaled(number: number, places: number): bigint {
  const [mantissa, exponent = '0'] = String(number).split('e') as [string, string?];
  const [whole, fraction = ''] = mantissa.split('.') as [string, string?];
  const zeros = places - fraction.length + Number(exponent);
  return BigInt(`${whole}${fraction}`) * 10n ** BigInt(zeros);
}
