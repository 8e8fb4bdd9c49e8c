// One binary search, for whatever stands in order.

/** The first place, up to `length`, where it is so; from there on it is. O(log n). */
export function firstWhere(length: number, isSo: (place: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isSo(middle)) high = middle
    else low = middle + 1
  }
  return low
}
