/** Where something is, as people copy it from a map. */
interface Spot {
  latitude: number;
  longitude: number;
}

const NUMBER = String.raw`(-?\d{1,3}(?:\.\d+)?)`;
const PAIRS = [
  // `#map=17/-12.1/-77.03`
  new RegExp(String.raw`map=[\d.]+/${NUMBER}/${NUMBER}`),
  // `!3d-12.1!4d-77.03`: the place itself, and not the middle of what is on the screen.
  new RegExp(`!3d${NUMBER}!4d${NUMBER}`),
  new RegExp(String.raw`mlat=${NUMBER}&mlon=${NUMBER}`),
  // `@-12.1,-77.03,17z`, `q=-12.1,-77.03`, and what stands alone.
  new RegExp(String.raw`(?:@|[?&](?:q|ll|query)=|^)${NUMBER}(?:,|%2C)\s*${NUMBER}`),
] as const;

/** Coordinates, alone or in the address of a map; undefined if there are none. */
export function spotOf(text: string): Spot | undefined {
  for (const pair of PAIRS) {
    const [, latitude, longitude] = pair.exec(text.trim()) ?? [];
    if (latitude === undefined || longitude === undefined) continue;
    const spot = { latitude: Number(latitude), longitude: Number(longitude) };
    if (Math.abs(spot.latitude) <= 90 && Math.abs(spot.longitude) <= 180) return spot;
  }
  return undefined;
}
