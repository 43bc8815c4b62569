// The outlines of the Ambiti, projected and made into SVG paths once, so that the browser needs no map library.
import { readFileSync } from 'node:fs';
import { geoMercator, geoPath } from 'd3-geo';

const SOURCE = '../data/territories/puglia_ambiti.geojson';
const WIDTH = 480;
const HEIGHT = 400;

function draw() {
  const { features } = JSON.parse(readFileSync(SOURCE, 'utf8'));
  const rewound = { type: 'FeatureCollection', features: features.map(clockwise) };
  const projection = geoMercator().fitExtent([[4, 4], [WIDTH - 4, HEIGHT - 4]], rewound);
  const path = geoPath(projection).digits(1);
  const [x, y] = projection.translate();
  return {
    width: WIDTH,
    height: HEIGHT,
    // A place on the map: x + scale·λ, y − scale·ln(tan(π/4 + φ/2)), λ and φ in radians.
    projection: { scale: projection.scale(), x, y },
    ambiti: rewound.features.map((feature) => ({ ...feature.properties, d: path(feature) })),
  };
}

/** d3-geo draws the rest of the world where an outer ring runs the other way round. */
function clockwise(feature) {
  const turned = (rings) => rings.map((ring, at) => ((area(ring) > 0) === (at === 0) ? [...ring].reverse() : ring));
  const { type, coordinates } = feature.geometry;
  const straight = type === 'MultiPolygon' ? coordinates.map(turned) : turned(coordinates);
  return { ...feature, geometry: { type, coordinates: straight } };
}

function area(ring) {
  return ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0);
}

/** Serves the map as the module `virtual:boundaries`, whose default export is the address of a JSON file. */
export function boundaries() {
  let building = false;
  return {
    name: 'innesto-boundaries',
    configResolved: (config) => { building = config.command === 'build'; },
    resolveId: (id) => (id === 'virtual:boundaries' ? '\0virtual:boundaries' : undefined),
    load(id) {
      if (id !== '\0virtual:boundaries') return undefined;
      if (!building) return 'export default "/boundaries.json";';
      const file = this.emitFile({ type: 'asset', name: 'boundaries.json', source: JSON.stringify(draw()) });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
    configureServer(server) {
      server.middlewares.use('/boundaries.json', (_request, answer) => {
        answer.setHeader('content-type', 'application/json');
        answer.end(JSON.stringify(draw()));
      });
    },
  };
}
